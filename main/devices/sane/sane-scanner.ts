/**
 * A scanner that SANE drives, through `scanimage`. One run of the program gives the whole batch (a feeder would throw
 * its sheets out between two runs): the "files" it writes are named pipes that we read, so a page never touches a file system
 * and its first lines are here while the lamp still moves.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok } from '../../contract/result.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Fifos } from '../../platform/fifo.ts';
import type { PrivateFiles } from '../../platform/private-files.ts';
import type { Run } from '../../platform/run.ts';
import { createScanQueue, type ScanQueue } from '../scan-queue.ts';
import { nearestDpi, scannerFault, type Scanner, type ScannerFault, type ScanSettings } from '../scanner.ts';
import { faultInWords, faultOfRun } from './faults.ts';
import { parseSaneOptions, type SaneOptions } from './options.ts';
import { readPnm } from './pnm-stream.ts';

export interface SaneScannerDeps {
  readonly run: Run;
  readonly spawn: (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  readonly fifos: Fifos;
  readonly files: PrivateFiles;
  readonly clock: Clock;
  /** Where the pipes are made and removed; they hold nothing. */
  readonly folder: string;
  /** As `scanimage -L` names it. */
  readonly device: string;
  readonly name?: string;
  /** Options of this one machine that nothing else sets (`site.yaml`), such as `{ 'swdeskew': 'no' }`. */
  readonly options?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly program?: string;
  /** No byte and no word from the machine for so long: it is taken for gone. */
  readonly stallMs?: number;
  readonly maxPageBytes?: number;
}

const DESCRIBE_TIMEOUT_MS = 20_000;
const STALL_MS = 60_000;
/** A3 in colour at 600 dpi is 209 MB. */
const MAX_PAGE_BYTES = 260 * 1024 * 1024;
/** After asking politely: `scanimage` moves the lamp back on SIGINT. */
const GRACE_MS = 4_000;
/** After the program ended, for what it said last. */
const LAST_WORDS_MS = 150;

export const saneArguments = (settings: ScanSettings, known: SaneOptions, device: string): readonly string[] => {
  const { description, sources, modes, has } = known;
  const args = ['-d', device];
  // The source comes first: many drivers change the limits of every other option with it.
  const source = sources[settings.source] ?? (settings.source === 'feeder-duplex' ? sources.feeder : undefined);
  if (source) args.push(`--source=${source}`);
  if (has.duplexSwitch && settings.source === 'feeder-duplex' && !sources['feeder-duplex'])
    args.push('--adf-mode=Duplex');
  const mode = modes[settings.colour] ?? modes.colour ?? modes.grey;
  if (mode) args.push(`--mode=${mode}`);
  args.push(`--resolution=${nearestDpi(settings.dpi, description.dpi)}`);
  if (has.area)
    args.push(
      '-x',
      `${Math.min(settings.widthMm, description.widthMm)}`,
      '-y',
      `${Math.min(settings.heightMm, description.heightMm)}`,
    );
  return args;
};

export const createSaneScanner = (deps: SaneScannerDeps): Scanner => {
  const program = deps.program ?? 'scanimage';
  const env = { ...deps.env, LC_ALL: 'C', LANGUAGE: 'C' };
  const extra = Object.entries(deps.options ?? {}).map(([key, value]) => `--${key}=${value}`);
  let known: SaneOptions | undefined;

  const learn = async (signal?: AbortSignal): Promise<{ options: SaneOptions } | { fault: ScannerFault }> => {
    if (known) return { options: known };
    const args = ['-d', deps.device, ...extra, '--all-options'];
    const answer = await deps.run(program, args, {
      timeoutMs: DESCRIBE_TIMEOUT_MS,
      env,
      ...(signal ? { signal } : {}),
    });
    if (!answer.ok) return { fault: faultOfRun(answer.error) };
    const options = parseSaneOptions(deps.name ?? deps.device, answer.value.stdout.toString('utf8'));
    if (!options) return { fault: scannerFault('garbled', 'no options') };
    known = options;
    return { options };
  };

  const batch = async (
    settings: ScanSettings,
    options: SaneOptions,
    queue: ScanQueue,
    signal: AbortSignal,
  ): Promise<void> => {
    const maxPages = settings.source === 'flatbed' ? 1 : settings.maxPages;
    const folder = join(deps.folder, `scan-${randomUUID()}`);
    // scanimage writes `p1.part`, then renames it `p1`: the pipe has the first name.
    const pipe = (page: number): string => join(folder, `p${page}.part`);
    const over = new AbortController();
    let child: ChildProcess | undefined;
    let verdict: ScannerFault | undefined;
    let pages = 0;
    let stopKill: () => void = () => undefined;
    let stopStall: () => void = () => undefined;
    const end = (): void => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGINT');
      const running = child;
      stopKill = deps.clock.after(GRACE_MS, () => running.kill('SIGKILL'));
    };
    const give = (fault: ScannerFault): void => {
      verdict ??= fault;
      end();
    };
    const alive = (): void => {
      stopStall();
      stopStall = deps.clock.after(deps.stallMs ?? STALL_MS, () => {
        verdict ??= scannerFault('no-answer', 'stalled');
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
          ...saneArguments(settings, options, deps.device),
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
      let words = '';
      running.stderr?.on('data', (chunk: Buffer) => {
        alive();
        words = (words + chunk.toString('latin1')).slice(-8_192);
      });
      const closed = new Promise<{ missing: boolean; killed: boolean }>((resolve) => {
        running.on('error', () => resolve({ missing: true, killed: false }));
        // `close` waits for whoever inherited the error output; a driver's own child must not hold us for ever.
        running.on('exit', (_code, killedBy) =>
          deps.clock.after(LAST_WORDS_MS, () => resolve({ missing: false, killed: killedBy !== null })),
        );
        running.on('close', (_code, killedBy) => resolve({ missing: false, killed: killedBy !== null }));
      });
      // When the program is gone no more writers come; what a pipe still holds is read first.
      void closed.then(() => deps.clock.after(50, () => over.abort()));
      alive();
      if (signal.aborted) end();
      while (pages < maxPages && !over.signal.aborted && !verdict) {
        const number = pages + 1;
        let shown = -1;
        const page = await readPnm(deps.fifos.read(pipe(number), over.signal), {
          maxBytes: deps.maxPageBytes ?? MAX_PAGE_BYTES,
          onFraction(fraction) {
            alive();
            if (Math.floor(fraction * 50) === shown) return;
            shown = Math.floor(fraction * 50);
            queue.push({ kind: 'progress', page: number, fraction });
          },
        });
        if (page === undefined) break;
        // A page cut by a fault is told in the machine's own words, once it has said them.
        if (!page.ok) {
          if (page.error.code !== 'unplugged') give(page.error);
          else if (!signal.aborted) {
            await closed;
            verdict ??= faultInWords(words) ?? page.error;
          }
          break;
        }
        pages = number;
        const dpi = nearestDpi(settings.dpi, options.description.dpi);
        queue.push({ kind: 'page', page: { number, dpi, image: page.value } });
        // The program, and the machine with it, waits at the next pipe meanwhile: that is not silence.
        stopStall();
        await queue.room();
        alive();
      }
      const how = await closed;
      if (signal.aborted) return queue.push({ kind: 'ended', pages, cancelled: true });
      if (how.missing) return queue.push({ kind: 'failed', fault: scannerFault('program-missing', 'scanimage') });
      const said = verdict ?? (pages < maxPages ? faultInWords(words) : undefined);
      const emptyIsTheEnd = said?.code === 'feeder-empty' && pages > 0;
      if (said && !emptyIsTheEnd) return queue.push({ kind: 'failed', fault: said });
      if (how.killed) return queue.push({ kind: 'failed', fault: scannerFault('unplugged', 'killed') });
      if (pages === 0) return queue.push({ kind: 'failed', fault: scannerFault('garbled', 'no page') });
      queue.push({ kind: 'ended', pages, cancelled: false });
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
      await deps.files.remove(folder).catch(() => undefined); // empty pipes; the audit lists the folder above
    }
  };

  return {
    async describe(signal) {
      const learnt = await learn(signal);
      return 'fault' in learnt ? fail(learnt.fault) : ok(learnt.options.description);
    },
    async status(signal) {
      // SANE has no status call: being able to open the device is all that can be asked without scanning.
      known = undefined;
      const learnt = await learn(signal);
      if ('options' in learnt) return { kind: 'ready', feeder: 'unknown' };
      return learnt.fault.code === 'busy' ? { kind: 'busy' } : { kind: 'fault', fault: learnt.fault };
    },
    async *scan(settings, signal) {
      const learnt = await learn(signal);
      if (signal.aborted) return yield { kind: 'ended', pages: 0, cancelled: true };
      if ('fault' in learnt) return yield { kind: 'failed', fault: learnt.fault };
      const leave = new AbortController();
      const queue = createScanQueue();
      const work = batch(settings, learnt.options, queue, AbortSignal.any([signal, leave.signal])).finally(queue.end);
      try {
        yield* queue.drain();
      } finally {
        leave.abort();
        await work;
      }
    },
  };
};
