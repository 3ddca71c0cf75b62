/** Finds which account owns the other end of a loopback connection, from `/proc`. */
import { readFile } from 'node:fs/promises';

/** `/proc/net/tcp` writes addresses in the machine's byte order: 127.0.0.1 is `0100007F`. */
const LOOPBACK = '0100007F';

/** The uid of the socket connected from `fromPort` to `toPort`, both on 127.0.0.1; undefined when there is none. */
export const readOwner = (table: string, fromPort: number, toPort: number): number | undefined => {
  const end = (port: number): string => `${LOOPBACK}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const start = `: ${end(fromPort)} ${end(toPort)} `; // the number of the row ends in a colon
  const at = table.indexOf(start);
  if (at < 0) return undefined;
  const [, , , , uid] = table.slice(at + start.length, table.indexOf('\n', at)).split(/\s+/);
  return Number(uid);
};

export type SocketOwner = (fromPort: number, toPort: number) => Promise<number | undefined>;

/**
 * The kernel lists closed connections for another minute, and writing 5,000 rows takes it 30 ms. So our thread does not
 * wait for them, and there is one read at a time, however many connections come: those that come during a read share
 * the next one, because this one may be past their row.
 */
export const socketOwners = (read: () => Promise<string> = () => readFile('/proc/net/tcp', 'latin1')): SocketOwner => {
  let last: Promise<string> = Promise.resolve('');
  let next: Promise<string> | undefined;
  const table = (): Promise<string> => {
    next ??= last.then(() => {
      next = undefined;
      return read().catch(() => ''); // no /proc here
    });
    return (last = next);
  };
  // Rows move up when others go between two pieces of a read, so one may be missed.
  return async (fromPort, toPort) =>
    readOwner(await table(), fromPort, toPort) ?? readOwner(await table(), fromPort, toPort);
};
