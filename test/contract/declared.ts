/**
 * A promise of a port that one adapter's set-up can't check (a folder has no paper jam) is declared with its reason and
 * reported as skipped: it must not be missing without a word.
 */
import { it } from 'vitest';

export type Cannot<Name extends string> = Readonly<Partial<Record<Name, string>>>;

export const declared =
  <Name extends string>(cannot: Cannot<Name>) =>
  (promise: Name, what: string, body: () => Promise<void>): void => {
    const reason = cannot[promise];
    if (reason === undefined) it(what, body);
    else it.skip(`${what}: ${reason}`, body);
  };
