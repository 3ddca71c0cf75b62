/** Finds which account owns the other end of a loopback connection, from `/proc`. */
import { readFileSync } from 'node:fs';

/** `/proc/net/tcp` writes addresses in the machine's byte order: 127.0.0.1 is `0100007F`. */
const LOOPBACK = '0100007F';

/** The uid of the socket connected from `fromPort` to `toPort`, both on 127.0.0.1; undefined when there is none. */
export const readOwner = (table: string, fromPort: number, toPort: number): number | undefined => {
  const end = (port: number): string => `${LOOPBACK}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const wanted = `${end(fromPort)} ${end(toPort)}`;
  for (const line of table.split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (`${fields[1]} ${fields[2]}` === wanted) return Number(fields[7]);
  }
  return undefined;
};

export const socketOwner = (fromPort: number, toPort: number): number | undefined => {
  try {
    return readOwner(readFileSync('/proc/net/tcp', 'utf8'), fromPort, toPort);
  } catch {
    return undefined; // no /proc here
  }
};
