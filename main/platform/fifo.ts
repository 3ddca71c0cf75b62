/**
 * Named pipes: they let a program that can only write "files" hand its output to us without writing a byte to a file
 * system. POSIX only.
 */
import { close, constants, open } from 'node:fs';
import { promisify } from 'node:util';
import { Socket } from 'node:net';
import type { Run } from './run.ts';

export interface Fifos {
  /** Creates the pipes, readable by this account alone. False when the system cannot. */
  make(paths: readonly string[]): Promise<boolean>;
  /** Reads until the writer closes. Ends early, without an error, when the signal aborts. */
  read(path: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/**
 * A bare descriptor and not a `FileHandle`: only the socket owns it, and closes it once. A second close could hit a
 * number that the system has reused meanwhile, for example the output of a running program.
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
    // Non-blocking: a plain open would occupy one of libuv's few worker threads until a writer comes, maybe never.
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
