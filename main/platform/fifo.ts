/**
 * Named pipes: how a program that insists on writing "files" hands its output to us without one byte reaching a file
 * system. POSIX only.
 */
import { close, constants, open } from 'node:fs';
import { promisify } from 'node:util';
import { Socket } from 'node:net';
import type { Run } from './run.ts';

export interface Fifos {
  /** Makes the pipes, readable by this account alone. False when the system can't. */
  make(paths: readonly string[]): Promise<boolean>;
  /** Everything a writer puts in until it closes. Ends early, quietly, when the signal aborts. */
  read(path: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/**
 * A bare number and not a `FileHandle`: the socket alone owns the descriptor, and closes it once. Closed a second time,
 * the number may already be another file's, a running program's output for one.
 */
const openSocket = async (path: string): Promise<Socket> => {
  const fd = await promisify(open)(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return new Socket({ fd, readable: true, writable: false });
  } catch (error) {
    await promisify(close)(fd);
    throw error;
  }
};

export const createFifos = (deps: { run: Run }): Fifos => ({
  async make(paths) {
    return (await deps.run('mkfifo', ['-m', '600', '--', ...paths], { timeoutMs: 5_000 })).ok;
  },
  async *read(path, signal) {
    // Non-blocking: a plain open would hold one of the few worker threads until a writer comes, maybe never.
    const socket = await openSocket(path);
    const stop = (): void => void socket.destroy();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const chunk of socket) yield chunk as Uint8Array;
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      socket.destroy();
    }
  },
});
