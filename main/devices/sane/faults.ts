/** Maps SANE's messages (`sane_strstatus`, never translated under LC_ALL=C) to scanner faults. */
import type { RunFailure } from '../../platform/run.ts';
import { scannerFault, type ScannerFault, type ScannerFaultCode } from '../scanner.ts';

const SENTENCES: readonly (readonly [RegExp, ScannerFaultCode])[] = [
  [/Document feeder jammed/i, 'jam'],
  [/Document feeder out of documents/i, 'feeder-empty'],
  [/cover is open/i, 'cover-open'],
  [/Device busy/i, 'busy'],
  [/Access to resource has been denied/i, 'denied'],
  [/no SANE devices found|open of device .* failed: Invalid argument/i, 'not-found'],
  [/Error during device I\/O/i, 'unplugged'],
  [/Out of memory/i, 'too-large'],
  [/Operation not supported|Invalid argument|unrecognized option|setting of option .* failed/i, 'unsupported'],
  [/End of file reached/i, 'garbled'],
  [/Operation was cancell?ed/i, 'no-answer'],
];

/** The last message wins, because earlier ones may be warnings. `undefined` when none is known. */
export const faultFromMessages = (stderr: string): ScannerFault | undefined => {
  for (const line of stderr.split(/[\n\r]/).reverse()) {
    const match = SENTENCES.find(([pattern]) => pattern.test(line));
    if (match) return scannerFault(match[1], line.trim().slice(0, 160));
  }
  return undefined;
};

export const faultOfRun = (failure: RunFailure): ScannerFault => {
  switch (failure.kind) {
    case 'missing':
      return scannerFault('program-missing', 'scanimage');
    case 'timeout':
      return scannerFault('no-answer');
    case 'aborted':
    case 'signal':
      return scannerFault('unplugged', failure.kind);
    case 'too-much-output':
      return scannerFault('garbled');
    case 'exit':
      return faultFromMessages(failure.output.stderr) ?? scannerFault('not-found', `exit ${failure.code}`);
  }
};
