/** Finds the scanners that SANE sees, on cable and network. Slow (seconds): run it once, at start and on demand. */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Run } from '../../platform/run.ts';
import type { FoundScanner, ScannerFault } from '../scanner.ts';
import { faultOfRun } from './faults.ts';

const FIND_TIMEOUT_MS = 30_000;

/** Cameras and SANE's own test devices are not real scanners. */
const NOT_A_SCANNER = /^(v4l|test|pnm):/;

export const findSaneScanners = async (
  deps: { run: Run; env?: Readonly<Record<string, string>>; program?: string },
  signal?: AbortSignal,
): Promise<Result<readonly FoundScanner[], ScannerFault>> => {
  const answer = await deps.run(
    deps.program ?? 'scanimage',
    ['--formatted-device-list=%d%t%v%t%m%n'.replaceAll('%t', '\t')],
    {
      timeoutMs: FIND_TIMEOUT_MS,
      env: { ...deps.env, LC_ALL: 'C' },
      ...(signal ? { signal } : {}),
    },
  );
  if (!answer.ok) return fail(faultOfRun(answer.error));
  const found = answer.value.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([address]) => address && !NOT_A_SCANNER.test(address))
    .map(([address = '', vendor = '', model = '']): FoundScanner => ({
      kind: 'sane',
      address,
      name: `${vendor} ${model}`.trim(),
    }));
  return ok(found);
};
