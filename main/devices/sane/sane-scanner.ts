/**
 * A scanner driven by SANE, through `scanimage`. One run scans the whole batch, because a feeder would eject its sheets
 * between two runs. The "files" that it writes are named pipes which we read: a page never touches a file system, and
 * its first lines arrive while it is still being scanned.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Fifos } from '../../platform/fifo.ts';
import type { PrivateFiles } from '../../platform/private-files.ts';
import type { Run } from '../../platform/run.ts';
import { createScanQueue, type ScanQueue } from '../scan-queue.ts';
import { scannerFault, type ScanEvent, type Scanner, type ScannerFault, type ScanSettings } from '../scanner.ts';
import { faultFromMessages } from './faults.ts';
import { createOptionReader } from './option-reader.ts';
import { readPnm } from './pnm-stream.ts';
import { planScan, type SanePlan } from './scan-arguments.ts';

export interface SaneScannerDeps {
  readonly run: Run;
  readonly spawn: (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  readonly fifos: Fifos;
  readonly files: PrivateFiles;
  readonly clock: Clock;
  /** Where the pipes are created and removed; nothing is stored in it. */
  readonly folder: string;
  /** The name shown by `scanimage -L`. */
  readonly device: string;
  readonly name?: string;
  /** Extra driver options for this device (`site.yaml`), such as `{ 'swdeskew': 'no' }`. */
  readonly options?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly program?: string;
  /** After this long without data or messages, the scanner counts as hung. */
  readonly stallMs?: number;
  readonly maxPageBytes?: number;
}

const STALL_MS = 60_000;
/** The lamp's way back, after the last page. A driver may hang there, and so does SANE's own `test` at times. */
const CLOSES_WITHIN_MS = 20_000;
/** A3 in colour at 600 dpi is 209 MB. */
const MAX_PAGE_BYTES = 260 * 1024 * 1024;
/** Between SIGINT and SIGKILL: on SIGINT, `scanimage` moves the lamp back. */
const GRACE_MS = 4_000;
/** Time left to read the last messages after the program exited. */
const LAST_MESSAGES_MS = 150;

/**
 * Resolves when the program has ended. `close` also waits for processes that inherited stderr, and a driver's child
 * must not block us for ever. So `exit` counts too.
 */
const exitOf = (
  program: ChildProcess,
  clock: Clock,
): Promise<{ readonly missing: boolean; readonly killed: boolean }> =>
  new Promise((resolve) => {
    program.on('error', () => resolve({ missing: true, killed: false }));
    program.on('exit', (_code, killedBy) =>
      clock.after(LAST_MESSAGES_MS, () => resolve({ missing: false, killed: killedBy !== null })),
    );
    program.on('close', (_code, killedBy) => resolve({ missing: false, killed: killedBy !== null }));
  });

/** How a batch ended, when nobody stopped it. `said`: the fault that was found or that the driver named. */
const lastEvent = (batch: {
  readonly pages: number;
  readonly said: ScannerFault | undefined;
  readonly isMissing: boolean;
  /** By another than us. */
  readonly isKilled: boolean;
}): ScanEvent => {
  const { pages, said, isMissing, isKilled } = batch;
  if (isMissing) return { kind: 'failed', fault: scannerFault('program-missing', 'scanimage') };
  const emptyIsTheEnd = said?.code === 'feeder-empty' && pages > 0;
  if (said && !emptyIsTheEnd) return { kind: 'failed', fault: said };
  if (isKilled) return { kind: 'failed', fault: scannerFault('unplugged', 'killed') };
  if (pages === 0) return { kind: 'failed', fault: scannerFault('garbled', 'no page') };
  return { kind: 'ended', pages, cancelled: false };
};

export const createSaneScanner = (deps: SaneScannerDeps): Scanner => {
  const program = deps.program ?? 'scanimage';
  const env = { ...deps.env, LC_ALL: 'C', LANGUAGE: 'C' };
  const extra = Object.entries(deps.options ?? {}).map(([key, value]) => `--${key}=${value}`);
  const optionReader = createOptionReader({ ...deps, program, env, extra });

  const batch = async (
    settings: ScanSettings,
    plan: SanePlan,
    queue: ScanQueue,
    signal: AbortSignal,
  ): Promise<void> => {
    const maxPages = settings.source === 'flatbed' ? 1 : settings.maxPages;
    const folder = join(deps.folder, `scan-${randomUUID()}`);
    // scanimage writes `p1.part`, then renames it to `p1`, so the pipe must have the first name.
    const pipe = (page: number): string => join(folder, `p${page}.part`);
    const over = new AbortController();
    let child: ChildProcess | undefined;
    let verdict: ScannerFault | undefined;
    let messages = '';
    let pages = 0;
    let stopKill: () => void = () => undefined;
    let stopStall: () => void = () => undefined;
    const end = (): void => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGINT');
      const running = child;
      stopKill = deps.clock.after(GRACE_MS, () => running.kill('SIGKILL'));
    };
    const failWith = (fault: ScannerFault): void => {
      verdict ??= fault;
      end();
    };
    let hasHung = false;
    const stallMs = deps.stallMs ?? STALL_MS;
    const closesWithinMs = Math.min(stallMs, CLOSES_WITHIN_MS);
    const restartStallTimer = (withinMs = stallMs): void => {
      stopStall();
      stopStall = deps.clock.after(withinMs, () => {
        hasHung = true;
        if (pages < maxPages) verdict ??= faultFromMessages(messages) ?? scannerFault('no-answer', 'stalled');
        child?.kill('SIGKILL');
      });
    };
    try {
      await deps.files.makeFolder(folder);
      if (!(await deps.fifos.make(Array.from({ length: maxPages + 1 }, (_, i) => pipe(i + 1)))))
        return queue.push({ kind: 'failed', fault: scannerFault('program-missing', 'mkfifo') });
      const running = deps.spawn(
        program,
        [
          '-d',
          deps.device,
          ...plan.args,
          ...extra,
          '--format=pnm',
          '--progress',
          `--batch=${join(folder, 'p%d')}`,
          `--batch-count=${maxPages}`,
        ],
        { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } },
      );
      child = running;
      signal.addEventListener('abort', end, { once: true });
      running.stderr?.on('data', (chunk: Buffer) => {
        restartStallTimer();
        messages = (messages + chunk.toString('latin1')).slice(-8_192);
      });
      const closed = exitOf(running, deps.clock);
      // Once the program has exited, no writer will come; drain the pipe first.
      void closed.then(() => deps.clock.after(50, () => over.abort()));
      restartStallTimer();
      if (signal.aborted) end();
      while (pages < maxPages && !over.signal.aborted && !verdict) {
        const number = pages + 1;
        let shown = -1;
        const page = await readPnm(deps.fifos.read(pipe(number), over.signal), {
          maxBytes: deps.maxPageBytes ?? MAX_PAGE_BYTES,
          onFraction(fraction) {
            restartStallTimer();
            if (Math.floor(fraction * 50) === shown) return;
            shown = Math.floor(fraction * 50);
            queue.push({ kind: 'progress', page: number, fraction });
          },
        });
        if (page === undefined) break;
        // A truncated page is reported with the driver's own message, once that has arrived.
        if (!page.ok) {
          if (page.error.code !== 'unplugged') failWith(page.error);
          else if (!signal.aborted) {
            restartStallTimer(closesWithinMs);
            await closed;
            verdict ??= faultFromMessages(messages) ?? page.error;
          }
          break;
        }
        pages = number;
        queue.push({ kind: 'page', page: { number, dpi: plan.dpi, image: page.value } });
        // Meanwhile the program is blocked on the next pipe: that is not a stall.
        stopStall();
        await queue.room();
        restartStallTimer();
      }
      restartStallTimer(closesWithinMs);
      const how = await closed;
      if (signal.aborted) return queue.push({ kind: 'ended', pages, cancelled: true });
      const said = verdict ?? (pages < maxPages ? faultFromMessages(messages) : undefined);
      queue.push(lastEvent({ pages, said, isMissing: how.missing, isKilled: how.killed && !hasHung }));
    } catch (error) {
      queue.push({
        kind: 'failed',
        fault: scannerFault('garbled', error instanceof Error ? error.message.slice(0, 80) : 'unknown'),
      });
    } finally {
      stopKill();
      stopStall();
      signal.removeEventListener('abort', end);
      over.abort();
      child?.kill('SIGKILL');
      // only empty pipes remain; the audit lists the folder above
      await deps.files.remove(folder).catch(() => undefined);
    }
  };

  return {
    describe: (signal) => optionReader.describe(signal),
    async status(signal) {
      // SANE has no status call: without scanning, we can only try to open the device.
      const answer = await optionReader.openAgain(signal);
      if (answer.ok) return { kind: 'ready' };
      return answer.error.code === 'busy' ? { kind: 'busy' } : { kind: 'fault', fault: answer.error };
    },
    async *scan(settings, signal) {
      const options = await optionReader.optionsFor(settings, signal);
      if (signal.aborted) {
        yield { kind: 'ended', pages: 0, cancelled: true };
        return;
      }
      if (!options.ok) {
        yield { kind: 'failed', fault: options.error };
        return;
      }
      const leave = new AbortController();
      const queue = createScanQueue();
      const plan = planScan(settings, options.value);
      const work = batch(settings, plan, queue, AbortSignal.any([signal, leave.signal])).finally(queue.end);
      try {
        for await (const event of queue.drain()) {
          // The driver refused a value that it had offered: new firmware, or another device under the same name.
          if (event.kind === 'failed' && event.fault.code === 'unsupported') optionReader.forget();
          yield event;
        }
      } finally {
        leave.abort();
        await work;
      }
    },
  };
};
