/**
 * Converts letters (Word, LibreOffice, plain text) to PDF with LibreOffice, one at a time, in a sandbox with limits.
 */
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Logger } from '../../../log/logger.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Owner } from '../../../platform/memory-folder.ts';
import { oneAtATime } from '../../../platform/one-at-a-time.ts';
import type { TreeUse } from '../../../platform/process-tree.ts';
import type { Run, RunFailure } from '../../../platform/run.ts';
import type { Convertible } from '../sniff.ts';
import { conversionOf, exitCodes } from './sandbox.ts';

/**
 * `no-converter`: LibreOffice or its sandbox is missing; nothing is ever opened without the sandbox. `too-heavy`: the
 * conversion reached a limit. `damaged`: LibreOffice could not read the file. `cut`: the session ended.
 */
export type OfficeFault = 'no-converter' | 'too-heavy' | 'damaged' | 'cut';

export interface Office {
  toPdf(kind: Convertible, bytes: Uint8Array): Promise<Result<Uint8Array, OfficeFault>>;
  /** Aborts the running conversion with all its processes. */
  clear(): Promise<void>;
  /** Conversions that still run, for the audit. */
  leftovers(): readonly string[];
}

export interface OfficeDeps {
  readonly run: Run;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The account that it runs as, when the kiosk runs as root. */
  readonly account: Owner | undefined;
  readonly treeUse: (pid: number) => TreeUse;
  /** Limits of one conversion; `LIMITS` by default. */
  readonly limits?: Partial<OfficeLimits>;
}

export interface OfficeLimits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

/** For comparison, a letter takes 1.5 s and 150 MB. */
const LIMITS: OfficeLimits = { timeoutMs: 20_000, memoryBytes: 400 * 1024 * 1024 };
const MAX_THREADS = 100;
const MAX_INPUT_BYTES = 40_000_000;
/** A site may send a thousand files; nobody waits for so many. */
const MAX_WAITING = 8;
const MAX_PDF_BYTES = 80_000_000;
/** Memory grows by at most about 100 MB between two checks. */
const CHECK_EVERY_MS = 150;

export const createOffice = (deps: OfficeDeps): Office => {
  const limits = { ...LIMITS, ...deps.limits };
  let generation = 0;
  let waiting = 0;
  // One at a time, since the memory limit is for all conversions together.
  const inTurn = oneAtATime();
  const living = new Set<AbortController>();

  let isLogged = false;
  const faultOf = (failure: RunFailure): OfficeFault => {
    if (failure.kind === 'timeout' || failure.kind === 'too-much-output' || failure.kind === 'signal')
      return 'too-heavy';
    if (failure.kind === 'aborted') return 'too-heavy';
    if (failure.kind === 'exit' && failure.code === exitCodes.noPdf) return 'damaged';
    const reason = failure.kind === 'exit' && failure.code === exitCodes.noOffice ? 'libreoffice' : 'sandbox';
    // Log it once: it does not change while the kiosk runs, and a line per letter would record when people bring one.
    if (!isLogged) deps.logger.log('documents.no-converter', { reason });
    isLogged = true;
    return 'no-converter';
  };

  const convert = async (kind: Convertible, bytes: Uint8Array): Promise<Result<Uint8Array, OfficeFault>> => {
    const startGeneration = generation;
    const [program, ...args] = conversionOf(kind, deps.account);
    const end = new AbortController();
    living.add(end);
    let stopChecking = (): void => undefined;
    try {
      const made = await deps.run(program, args, {
        timeoutMs: limits.timeoutMs,
        input: bytes,
        maxOutputBytes: MAX_PDF_BYTES,
        signal: end.signal,
        onStarted: (pid) => {
          stopChecking = deps.clock.every(CHECK_EVERY_MS, () => {
            const { memoryBytes, threads } = deps.treeUse(pid);
            if (memoryBytes > limits.memoryBytes || threads > MAX_THREADS) end.abort();
          });
        },
      });
      if (startGeneration !== generation) return fail('cut');
      if (!made.ok) return fail(faultOf(made.error));
      return ok(new Uint8Array(made.value.stdout));
    } finally {
      stopChecking();
      living.delete(end);
    }
  };

  return {
    toPdf(kind, bytes) {
      if (bytes.length > MAX_INPUT_BYTES || waiting >= MAX_WAITING) return Promise.resolve(fail('too-heavy'));
      waiting += 1;
      const startGeneration = generation;
      return inTurn(() =>
        startGeneration === generation ? convert(kind, bytes) : Promise.resolve(fail('cut' as const)),
      ).finally(() => (waiting -= 1));
    },
    async clear() {
      generation += 1;
      for (const one of living) one.abort();
      await inTurn(() => Promise.resolve());
    },
    leftovers: () => (living.size > 0 ? ['un document est encore en cours de conversion'] : []),
  };
};
