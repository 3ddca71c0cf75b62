/** Asks several candidates side by side, some of which may never answer, and takes the first of the list that does. */
import { pause, type Clock } from '../platform/clock.ts';

/** A neighbour may announce hundreds of addresses that take a connection and say nothing. */
const AT_ONCE = 10;

/**
 * `ask` gives undefined for a candidate that is not the one. The order of the list decides, not who is fastest; when
 * the time is up, whoever answered so far. All others are aborted.
 */
export const firstAnswer = async <Candidate, Answer>(
  clock: Clock,
  withinMs: number,
  candidates: readonly Candidate[],
  ask: (one: Candidate, signal: AbortSignal) => Promise<Answer | undefined>,
): Promise<Answer | undefined> => {
  const over = new AbortController();
  const { signal } = over;
  const asked: Promise<void>[] = [];
  const answers = new Map<number, Answer>();
  const begin = (one: Candidate, at: number): void => {
    const answered = ask(one, signal).then((answer) => {
      if (answer !== undefined && !signal.aborted) answers.set(at, answer);
    });
    asked.push(answered);
    void answered.catch(() => undefined); // it may fail before its turn; whoever waits for it is told
  };
  const late = pause(clock, withinMs, signal).then(() => over.abort());
  try {
    for (let at = 0; at < candidates.length && !signal.aborted; at += 1) {
      for (const one of candidates.slice(asked.length, at + AT_ONCE)) begin(one, asked.length);
      await Promise.race([asked[at], late]);
      if (answers.has(at)) return answers.get(at);
    }
    return [...answers].sort(([a], [b]) => a - b)[0]?.[1];
  } finally {
    over.abort();
  }
};
