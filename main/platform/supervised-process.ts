/**
 * A program of ours, on Node or on Electron, in its own process, seen from both sides. The watcher receives a heartbeat
 * of the program's event loop; the program shuts down cleanly when the channel closes.
 */
import { spawn } from 'node:child_process';
import { killGroup } from './processes.ts';
import { unlessRefused } from './run.ts';

export interface SupervisedProcess {
  readonly onBeat: (listener: () => void) => void;
  readonly onExit: (listener: (exit: { readonly code: number | null; readonly signal: string | null }) => void) => void;
  /** Its first screen is shown. */
  readonly onShown: (listener: () => void) => void;
  signal(signal: NodeJS.Signals): void;
  /** Asks it to shut down cleanly. */
  stop(): void;
  /** Kills it and its children at once. */
  kill(): void;
}

const SHOWN = 'shown';
const BEAT_EVERY_MS = 1_000;
const NODE_OPTIONS = [
  '--disable-warning=ExperimentalWarning',
  '--disable-sigusr1', // a signal must not open a debugger onto what people type
  // While the browser starts, it needs both cores of a small PC: fewer collections, and no threads for them.
  '--min-semi-space-size=16',
  '--no-parallel-scavenge',
];

/**
 * A scanned page takes 26 MB while it is processed. By default glibc, after one such block is freed, raises its mmap
 * threshold and keeps the next ones in per-thread heaps that it never returns: 800 MB after ten pages, of which 500 MB
 * remained after every thread had ended. With these settings it returns each block at once.
 */
export const MEMORY_ENV: Readonly<Record<string, string>> =
  process.platform === 'linux' ? { MALLOC_MMAP_THRESHOLD_: `${128 * 1024}`, MALLOC_ARENA_MAX: '2' } : {};

/**
 * libuv resolves names on half of its threads, four by default, so a guest's page could resolve only two names at a
 * time (24 names of 40 ms each: 630 ms). With 32 threads, 16 resolve names; `resolve-host.ts` shares them out.
 */
export const THREADS_ENV = { UV_THREADPOOL_SIZE: '32' } as const;

/** The command that runs one of our files with Node. */
export const nodeProgram = (script: string): readonly string[] => [process.execPath, ...NODE_OPTIONS, script];

/**
 * The child gets its own process group: a terminal's Ctrl+C reaches the watcher alone, and killing the group kills
 * everything the program started. Windows has no such groups; there a child that is not detached dies with its parent,
 * recursively.
 */
const OWN_GROUP = process.platform !== 'win32';

/**
 * The channel's descriptor is above those that Chromium passes to its own processes, from 3 on
 * (`base/posix/global_descriptors.h`, `kBaseDescriptor`; `content/public/common/content_descriptors.h`).
 */
const CHANNEL_AT = 16;
/** The `stdio` entries after standard error. */
export const CHANNEL_STDIO = [...Array.from({ length: CHANNEL_AT - 3 }, () => 'ignore' as const), 'ipc' as const];

const ignore = (): void => undefined;

/**
 * When the PC is switched off, the terminal of an installed kiosk goes first. Each write to it then fails, which Node
 * takes for a bug unless the error is handled: the kiosk would end in the middle of its shutdown, and report a restart
 * in the morning.
 */
const outliveTerminal = (): void => {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners('error').includes(ignore)) stream.on('error', ignore);
};

export const startSupervised = (command: readonly string[]): SupervisedProcess => {
  outliveTerminal();
  // A core dump would put the memory of a dying process on the disk.
  const [program = '', ...rest] = process.platform === 'linux' ? ['prlimit', '--core=0', '--', ...command] : command;
  const child = unlessRefused(() =>
    spawn(program, rest, {
      stdio: ['ignore', 'inherit', 'inherit', ...CHANNEL_STDIO],
      env: { ...process.env, ...MEMORY_ENV, ...THREADS_ENV },
      detached: OWN_GROUP,
    }),
  );
  let beatListener: () => void = () => undefined;
  let exitListener: (exit: { code: number | null; signal: string | null }) => void = () => undefined;
  let shownListener: () => void = () => undefined;
  if (!child) setImmediate(() => exitListener({ code: null, signal: null }));
  child?.on('message', (message) => (message === SHOWN ? shownListener() : beatListener()));
  child?.once('error', () => exitListener({ code: null, signal: null }));
  child?.once('exit', (code, signal) => exitListener({ code, signal }));
  const kill = (): void => {
    if (OWN_GROUP && child?.pid !== undefined) killGroup(child.pid, 'SIGKILL');
    else child?.kill('SIGKILL');
  };
  return {
    onBeat: (listener) => void (beatListener = listener),
    onExit: (listener) => void (exitListener = listener),
    onShown: (listener) => void (shownListener = listener),
    signal: (signal) => void child?.kill(signal),
    // Not by a signal: on Windows every signal kills, and on Linux Electron handles signals its own way.
    stop() {
      if (child?.connected) child.disconnect();
    },
    kill,
  };
};

/**
 * A watcher that shuts down may close the channel at any moment. Without a callback, the failed send would surface as
 * an uncaught error of ours.
 */
const tell = (message: string): void => {
  if (process.connected) process.send?.(message, () => undefined);
};

export const tellShown = (): void => tell(SHOWN);

/**
 * Thrown where the program cannot start, for a cause that a person can mend. The message is one of our own fixed
 * sentences, for whoever started it. The log never has the message of an error.
 */
export class StartRefused extends Error {
  /** Whether a later try may succeed by itself. */
  readonly mayPass: boolean;

  constructor(message: string, { mayPass = false, ...options }: ErrorOptions & { readonly mayPass?: boolean } = {}) {
    super(message, options);
    this.mayPass = mayPass;
  }
}

/**
 * Called by the program itself. `onOrphaned`: the watcher asks it to stop, or is gone, and nothing would notice if it
 * hung.
 */
export const sendHeartbeats = (onOrphaned: () => void): void => {
  outliveTerminal();
  if (process.send === undefined) return; // started by hand
  if (!process.connected) return onOrphaned();
  tell('beat');
  const timer = setInterval(() => tell('beat'), BEAT_EVERY_MS);
  timer.unref();
  process.once('disconnect', () => {
    clearInterval(timer);
    onOrphaned();
  });
};
