/**
 * Connects to whichever address of a host answers first (RFC 8305). Node's own `autoSelectFamily` ends each attempt
 * after 250 ms, so on a slow line, or where IPv6 leads nowhere, it fails although the site would have answered.
 */
import { connect, type Socket } from 'node:net';

/** `unanswered`: none of the addresses answered, or none can be reached from here. */
export type ConnectFailure = 'refused' | 'unanswered';

const NO_ANSWER: ReadonlySet<string | undefined> = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);

/** The attempts before it go on. */
const NEXT_AFTER_MS = 250;
export const CONNECTS_WITHIN_MS = 20_000;

const isIPv6 = (address: string): boolean => address.includes(':');

/** Begins with the family of the first. Either may lead nowhere. */
export const familiesInTurn = (addresses: readonly string[]): readonly string[] => {
  const [first = ''] = addresses;
  const same = addresses.filter((one) => isIPv6(one) === isIPv6(first));
  const other = addresses.filter((one) => isIPv6(one) !== isIPv6(first));
  return same.flatMap((one, at) => [one, ...other.slice(at, at + 1)]).concat(other.slice(same.length));
};

const MOST_ASKED = 3;

/**
 * Asks one address after another, for a single answer. IPv4 first: where IPv6 leads nowhere, each of its addresses
 * costs the whole wait.
 */
export const askInTurn = async <T>(
  addresses: readonly string[],
  ask: (address: string) => Promise<T | undefined>,
): Promise<T | undefined> => {
  const order = addresses.toSorted((a, b) => Number(isIPv6(a)) - Number(isIPv6(b)));
  for (const address of order.slice(0, MOST_ASKED)) {
    const answer = await ask(address);
    if (answer !== undefined) return answer;
  }
  return undefined;
};

/** `addresses`: best first; numeric, but for the name of a machine of the place. */
export const connectToFirst = (
  addresses: readonly string[],
  port: number,
  withinMs = CONNECTS_WITHIN_MS,
): Promise<Socket | ConnectFailure> =>
  new Promise((resolve) => {
    const waiting = [...familiesInTurn(addresses)];
    const attempts = new Set<Socket>();
    let hasRefused = waiting.length === 0;
    let next: NodeJS.Timeout | undefined;
    const end = (outcome: Socket | ConnectFailure): void => {
      clearTimeout(next);
      clearTimeout(deadline);
      for (const one of attempts) if (one !== outcome) one.destroy();
      attempts.clear();
      resolve(outcome);
    };
    const deadline = setTimeout(() => end('unanswered'), withinMs);
    const tryNext = (): void => {
      clearTimeout(next);
      const host = waiting.shift();
      if (host === undefined) {
        if (attempts.size === 0) end(hasRefused ? 'refused' : 'unanswered');
        return;
      }
      const socket = connect({ host, port, noDelay: true });
      attempts.add(socket);
      socket.once('connect', () => end(socket));
      socket.on('error', ({ code }: NodeJS.ErrnoException) => {
        if (!attempts.delete(socket)) return;
        hasRefused ||= !NO_ANSWER.has(code);
        tryNext();
      });
      next = setTimeout(tryNext, NEXT_AFTER_MS);
    };
    tryNext();
  });
