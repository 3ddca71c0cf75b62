/**
 * A scanner driven by Windows (WIA), through one short PowerShell script. Kept thin on purpose: the error-prone part is
 * `parse-wia.ts`, which is testable.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import { systemCodeOf, type PrivateFiles } from '../../platform/private-files.ts';
import type { Run, RunFailure } from '../../platform/run.ts';
import { createScanQueue, type ScanQueue } from '../scan-queue.ts';
import { scannerFault, type FoundScanner, type Scanner, type ScannerFault, type ScanSettings } from '../scanner.ts';
import { createLineReader, faultOfHresult, parseWiaLine, type WiaDevice, type WiaLine } from './parse-wia.ts';

export interface WiaDeps {
  readonly run: Run;
  readonly clock: Clock;
  readonly files: Pick<PrivateFiles, 'makeFolder' | 'remove'>;
  /** In the session's memory folder. Each scan makes its temporary folder below it. */
  readonly folder: string;
  /** Absolute path of Windows' PowerShell: a bare name would be searched in the working folder first. */
  readonly powershell: string;
  /** Installed path of `scan.ps1`. */
  readonly script: string;
}

const LIST_TIMEOUT_MS = 30_000;
/** After this long without a line, the scanner counts as hung. */
const STALL_MS = 90_000;
const MAX_LINE_BYTES = 200 * 1024 * 1024;
const MM_A_MIL = 0.0254;
/** Defaults when the driver reports nothing: an A4 sheet on an ordinary glass. */
const USUAL = { widthMm: 216, heightMm: 297, dpi: [75, 100, 150, 200, 300, 600] } as const;

const faultOfRun = (failure: RunFailure): ScannerFault => {
  switch (failure.kind) {
    case 'missing':
      return scannerFault('program-missing', 'powershell');
    case 'timeout':
      return scannerFault('no-answer', 'timeout');
    case 'exit':
      // A local policy forbids scripts. This identifier is the same in every language of PowerShell.
      return failure.output.stderr.includes('UnauthorizedAccess')
        ? scannerFault('denied', 'execution-policy')
        : scannerFault('garbled', `exit ${failure.code}`);
    case 'too-much-output':
    case 'signal':
    case 'aborted':
      return scannerFault('garbled', failure.kind);
  }
};

/** Quotes a string for PowerShell, which treats each of these characters as a single quote. */
const quoted = (text: string): string => `'${text.replace(/['\u2018-\u201B]/g, '$&$&')}'`;

/** Calls `onLine` for each parsed line; resolves to undefined when the program succeeded. */
const powershell = async (
  deps: WiaDeps,
  options: Readonly<Record<string, string | number>>,
  within: { readonly timeoutMs: number; readonly signal?: AbortSignal; readonly temporary?: string },
  onLine: (line: WiaLine) => void,
): Promise<ScannerFault | undefined> => {
  const tooLong = new AbortController();
  const read = createLineReader((text) => {
    const line = parseWiaLine(text);
    if (line) onLine(line);
  }, MAX_LINE_BYTES);
  // Run with the call operator rather than `-File`: where AppLocker restricts the language of untrusted scripts,
  // `-File` is refused.
  const words = Object.entries(options).map(([name, value]) => ` -${name} ${quoted(`${value}`)}`);
  const answer = await deps.run(
    deps.powershell,
    [
      ...['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass'],
      ...['-Command', `& ${quoted(deps.script)}${words.join('')}`],
    ],
    {
      timeoutMs: within.timeoutMs,
      ...(within.temporary === undefined ? {} : { env: { TMP: within.temporary, TEMP: within.temporary } }),
      signal: within.signal ? AbortSignal.any([within.signal, tooLong.signal]) : tooLong.signal,
      onStdout: (chunk) => void (read(chunk) || tooLong.abort()),
    },
  );
  if (tooLong.signal.aborted) return scannerFault('too-large', 'line');
  return answer.ok ? undefined : faultOfRun(answer.error);
};

/**
 * WIA writes each page to a temporary file, and a PowerShell that is killed leaves it there. So give each scan a
 * temporary folder of ours.
 */
const withTemporaryFolder = async (
  { files, folder }: WiaDeps,
  scan: (temporary: string) => Promise<ScannerFault | undefined>,
): Promise<ScannerFault | undefined> => {
  const temporary = join(folder, `wia-${randomUUID()}`);
  try {
    await files.makeFolder(temporary);
  } catch (error) {
    return scannerFault('garbled', systemCodeOf(error) ?? 'no folder');
  }
  const fault = await scan(temporary);
  await files.remove(temporary).catch(() => undefined); // still open elsewhere: the audit lists the parent folder
  return fault;
};

/** Fixed by the IT department, who sign the script or allow it. A scanner with eSCL needs no script. */
const LIMITED = scannerFault('denied', 'constrained-language');

const devicesOf = async (deps: WiaDeps, signal?: AbortSignal): Promise<readonly WiaDevice[] | ScannerFault> => {
  const found: WiaDevice[] = [];
  let limited = false;
  const fault = await powershell(
    deps,
    { Act: 'list' },
    { timeoutMs: LIST_TIMEOUT_MS, ...(signal ? { signal } : {}) },
    (line) => {
      if (line.kind === 'device') found.push(line);
      if (line.kind === 'limited') limited = true;
    },
  );
  return fault ?? (limited ? LIMITED : found);
};

export const findWiaScanners = async (
  deps: WiaDeps & { readonly logger: Pick<Logger, 'log'> },
): Promise<readonly FoundScanner[]> => {
  const found = await devicesOf(deps);
  if ('code' in found) {
    deps.logger.log('scanner.wia-refused', { code: found.code, detail: found.detail });
    return [];
  }
  return found.map(({ id, name }) => ({ kind: 'wia', address: id, name }));
};

export const createWiaScanner = (deps: WiaDeps & { readonly device: string }): Scanner => {
  const findDevice = async (signal?: AbortSignal): Promise<WiaDevice | ScannerFault> => {
    const found = await devicesOf(deps, signal);
    return 'code' in found ? found : (found.find(({ id }) => id === deps.device) ?? scannerFault('not-found'));
  };

  const batch = async (settings: ScanSettings, queue: ScanQueue, signal: AbortSignal): Promise<void> => {
    const stall = new AbortController();
    let stopStall: () => void = () => undefined;
    const restartStallTimer = (): void => {
      stopStall();
      stopStall = deps.clock.after(STALL_MS, () => stall.abort());
    };
    let pages = 0;
    let verdict: ScannerFault | undefined;
    let ended = false;
    const options = {
      Act: 'scan',
      Device: deps.device,
      Source: settings.source,
      Dpi: settings.dpi,
      Colour: settings.colour,
      WidthMm: Math.round(settings.widthMm),
      HeightMm: Math.round(settings.heightMm),
      Pages: settings.source === 'flatbed' ? 1 : settings.maxPages,
    };
    restartStallTimer();
    const fault = await withTemporaryFolder(deps, (temporary) =>
      powershell(
        deps,
        options,
        { timeoutMs: STALL_MS * (options.Pages + 1), signal: AbortSignal.any([signal, stall.signal]), temporary },
        (line) => {
          restartStallTimer();
          if (line.kind === 'end') ended = true;
          if (line.kind === 'limited') verdict = LIMITED;
          if (line.kind === 'fault') verdict ??= faultOfHresult(line.hresult);
          if (line.kind !== 'page' || verdict) return;
          const bytes = new Uint8Array(Buffer.from(line.data, 'base64'));
          if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return void (verdict = scannerFault('garbled', 'not a JPEG'));
          pages += 1;
          queue.push({ kind: 'page', page: { number: line.number, dpi: line.dpi, image: { format: 'jpeg', bytes } } });
          if (settings.source !== 'flatbed') queue.push({ kind: 'progress', page: pages + 1, fraction: null });
        },
      ),
    );
    stopStall();
    if (signal.aborted) return queue.push({ kind: 'ended', pages, cancelled: true });
    if (stall.signal.aborted) verdict ??= scannerFault('no-answer', 'stalled');
    verdict ??= fault ?? (ended ? undefined : scannerFault('garbled', 'no end'));
    queue.push(verdict ? { kind: 'failed', fault: verdict } : { kind: 'ended', pages, cancelled: false });
  };

  return {
    async describe(signal) {
      const found = await findDevice(signal);
      if ('code' in found) return fail(found);
      const only = found.dpi.length > 0 ? [...found.dpi].sort((a, b) => a - b) : [...USUAL.dpi];
      return ok({
        name: found.name,
        sources: [
          ...(found.glass ? (['flatbed'] as const) : []),
          ...(found.feeder ? (['feeder'] as const) : []),
          ...(found.feeder && found.duplex ? (['feeder-duplex'] as const) : []),
        ],
        dpi: { min: only[0] ?? 75, max: only.at(-1) ?? 600, only },
        colours: ['colour', 'grey'],
        widthMm: found.widthMil > 0 ? Math.floor(found.widthMil * MM_A_MIL) : USUAL.widthMm,
        heightMm: found.heightMil > 0 ? Math.floor(found.heightMil * MM_A_MIL) : USUAL.heightMm,
      });
    },
    async status(signal) {
      const found = await findDevice(signal);
      return 'code' in found ? { kind: 'fault', fault: found } : { kind: 'ready' };
    },
    async *scan(settings, signal) {
      if (signal.aborted) {
        yield { kind: 'ended', pages: 0, cancelled: true };
        return;
      }
      const left = new AbortController();
      const queue = createScanQueue();
      queue.push({ kind: 'progress', page: 1, fraction: null });
      const running = batch(settings, queue, AbortSignal.any([signal, left.signal])).finally(() => queue.end());
      try {
        yield* queue.drain();
      } finally {
        // The consumer has left its loop, perhaps before the end.
        left.abort();
        await running;
      }
    },
  };
};
