/**
 * Named pipes: how a program that insists on writing "files" hands its output to us without one byte reaching a file
 * system. POSIX only.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Run } from './run.ts';

export interface Fifos {
  /** Makes the pipes, readable by this account alone. False when the system can't. */
  make(paths: readonly string[]): Promise<boolean>;
  /** Everything a writer puts in until it closes. Ends early, quietly, when the signal aborts. */
  read(path: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

export const createFifos = (deps: { run: Run }): Fifos => ({
  async make(paths) {
    return (await deps.run('mkfifo', ['-m', '600', '--', ...paths], { timeoutMs: 5_000 })).ok;
  },
  async *read(path, signal) {
    // Non-blocking: a plain open would hold one of the few worker threads until a writer comes, maybe never.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const socket = new Socket({ fd: handle.fd, readable: true, writable: false });
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
      await handle.close().catch(() => undefined); // the socket has closed the descriptor already
    }
  },
});
