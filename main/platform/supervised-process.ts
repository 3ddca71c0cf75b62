/**
 * A program of ours, on Node or on Electron, in a process of its own, seen from both sides: the one that watches hears each
 * beat of its event loop, the one that is watched ends in order when the channel between them is gone.
 */
import { spawn } from 'node:child_process';
import { killGroup } from './processes.ts';

export interface SupervisedProcess {
  readonly onBeat: (listener: () => void) => void;
  readonly onExit: (listener: (exit: { readonly code: number | null; readonly signal: string | null }) => void) => void;
  /** Its first screen is there. */
  readonly onShown: (listener: () => void) => void;
  signal(signal: NodeJS.Signals): void;
  /** Asks it to end in order. */
  stop(): void;
  /** Ends it and what it started, now. */
  kill(): void;
}

const SHOWN = 'shown';
const BEAT_EVERY_MS = 1_000;
const NODE_OPTIONS = [
  '--disable-warning=ExperimentalWarning',
  '--disable-sigusr1', // a signal must not open a debugger onto what people type
];

/**
 * A scanned page is 26 MB while it is worked on. glibc, seeing one freed, keeps the next ones in heaps of its own, one for each thread, and
 * never gives them back: 800 MB after ten pages, of which 500 stayed when every thread had ended. So told, it gives each back at once.
 */
export const MEMORY_ENV: Readonly<Record<string, string>> =
  process.platform === 'linux' ? { MALLOC_MMAP_THRESHOLD_: `${128 * 1024}`, MALLOC_ARENA_MAX: '2' } : {};

/**
 * Names are looked up by half of libuv's threads, of which there are four: the pages of a guest would wait for two names at a time,
 * where a browser asks for all of them at once (24 names of 40 ms each: 630 ms; with 32 threads 110).
 */
export const THREADS_ENV = { UV_THREADPOOL_SIZE: '32' } as const;

/** The command that has Node run one of our files. */
export const nodeProgram = (script: string): readonly string[] => [process.execPath, ...NODE_OPTIONS, script];

/**
 * A group of its own: a terminal's Ctrl+C reaches the watcher alone, and all that the program started dies with it. Windows
 * knows no such groups; there a child that is not detached dies with its parent, and so on down.
 */
const OWN_GROUP = process.platform !== 'win32';

/**
 * The channel between the two lies above the descriptors that Chromium gives to its own processes, from 3 on
 * (`base/posix/global_descriptors.h`, `kBaseDescriptor`; `content/public/common/content_descriptors.h`).
 */
const CHANNEL_AT = 16;
/** What follows standard error in `stdio`. */
export const CHANNEL_STDIO = [...Array.from({ length: CHANNEL_AT - 3 }, () => 'ignore' as const), 'ipc' as const];

export const startSupervised = (command: readonly string[]): SupervisedProcess => {
  // A core dump would put the memory of a dying process on the disk.
  const [program = '', ...rest] = process.platform === 'linux' ? ['prlimit', '--core=0', '--', ...command] : command;
  const child = spawn(program, rest, {
    stdio: ['ignore', 'inherit', 'inherit', ...CHANNEL_STDIO],
    env: { ...process.env, ...MEMORY_ENV, ...THREADS_ENV },
    detached: OWN_GROUP,
  });
  let beaten: () => void = () => undefined;
  let exited: (exit: { code: number | null; signal: string | null }) => void = () => undefined;
  let shown: () => void = () => undefined;
  child.on('message', (message) => (message === SHOWN ? shown() : beaten()));
  child.once('error', () => exited({ code: null, signal: null }));
  child.once('exit', (code, signal) => exited({ code, signal }));
  const kill = (): void => {
    if (OWN_GROUP && child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  };
  return {
    onBeat: (listener) => void (beaten = listener),
    onExit: (listener) => void (exited = listener),
    onShown: (listener) => void (shown = listener),
    signal: (signal) => void child.kill(signal),
    // Not by a signal: on Windows each of them kills, on Linux Electron has its own idea of them.
    stop() {
      if (child.connected) child.disconnect();
    },
    kill,
  };
};

/** A watcher that is going closes the channel when it likes: without a listener for the failure, telling it would be a bug of ours. */
const tell = (message: string): void => {
  if (process.connected) process.send?.(message, () => undefined);
};

export const tellShown = (): void => tell(SHOWN);

/** Called by the program itself. `onAlone`: its watcher wants it to end, or is gone, and nobody would see it hang. */
export const beat = (onAlone: () => void): void => {
  if (process.send === undefined) return; // started by hand
  if (!process.connected) return onAlone();
  tell('beat');
  const timer = setInterval(() => tell('beat'), BEAT_EVERY_MS);
  timer.unref();
  process.once('disconnect', () => {
    clearInterval(timer);
    onAlone();
  });
};
