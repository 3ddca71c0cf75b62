/**
 * A Node program of ours in a process of its own, seen from both sides: the one that watches hears each beat of its
 * event loop, the one that is watched ends when its watcher is gone.
 */
import { spawn } from 'node:child_process';
import { killGroup } from './processes.ts';

export interface SupervisedProcess {
  readonly onBeat: (listener: () => void) => void;
  readonly onExit: (listener: (exit: { readonly code: number | null; readonly signal: string | null }) => void) => void;
  /** Its first screen is there. */
  readonly onShown: (listener: () => void) => void;
  signal(signal: NodeJS.Signals): void;
  stop(): void;
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

export const startSupervised = (script: string, args: readonly string[]): SupervisedProcess => {
  const command = [process.execPath, ...NODE_OPTIONS, script, ...args];
  // A core dump would put the memory of a dying process on the disk.
  const [program = '', ...rest] = process.platform === 'linux' ? ['prlimit', '--core=0', '--', ...command] : command;
  const child = spawn(program, rest, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...MEMORY_ENV },
    // A group of its own: a terminal's Ctrl+C reaches the watcher alone, and all that the program started dies with it.
    detached: true,
  });
  let beaten: () => void = () => undefined;
  let exited: (exit: { code: number | null; signal: string | null }) => void = () => undefined;
  let shown: () => void = () => undefined;
  child.on('message', (message) => (message === SHOWN ? shown() : beaten()));
  child.once('error', () => exited({ code: null, signal: null }));
  child.once('exit', (code, signal) => exited({ code, signal }));
  const kill = (): void => {
    if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
  };
  return {
    onBeat: (listener) => void (beaten = listener),
    onExit: (listener) => void (exited = listener),
    onShown: (listener) => void (shown = listener),
    signal: (signal) => void child.kill(signal),
    stop: () => void child.kill('SIGTERM'),
    kill,
  };
};

export const tellShown = (): void => void process.send?.(SHOWN);

/** Called by the program itself. `onAlone`: its watcher is gone, nobody would see it hang. */
export const beat = (onAlone: () => void): void => {
  if (process.send === undefined) return; // started by hand
  process.send('beat');
  const timer = setInterval(() => process.connected && process.send?.('beat'), BEAT_EVERY_MS);
  timer.unref();
  process.once('disconnect', () => {
    clearInterval(timer);
    onAlone();
  });
};
