/**
 * Search queries as people type them, with their expected results (`test/fixtures/search-queries/`). A hash of each
 * query splits them in two: the search is tuned on one half and only measured on the other.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Search } from '../../renderer/features/catalogue/search.ts';

export interface AskedQuery {
  readonly question: string;
  /** Ids of which any is a good first result. */
  readonly accepted: readonly string[];
  readonly half: 'tuned' | 'untouched';
}

export interface SearchFigures {
  readonly asked: number;
  /** Shares of the queries, 0 to 1. */
  readonly first: number;
  readonly firstThree: number;
  readonly nothing: number;
  readonly missed: readonly { readonly question: string; readonly got: readonly string[] }[];
}

const folder = join(import.meta.dirname, '../fixtures/search-queries');
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));

export const readQueries = (): readonly AskedQuery[] =>
  Object.values(read('queries.yaml') as Record<string, Record<string, string[]>>).flatMap((theme) =>
    Object.entries(theme).map(([question, accepted]) => ({
      question,
      accepted,
      half: createHash('sha256').update(question).digest()[0]! % 2 === 0 ? ('tuned' as const) : ('untouched' as const),
    })),
  );

/** Queries typed by people in danger. `help` is the card of `urgences.yaml` that must be shown. */
export const readUrgentQueries = (): readonly { readonly help: string; readonly question: string }[] =>
  Object.entries(read('urgent.yaml') as Record<string, string[]>).flatMap(([help, questions]) =>
    questions.map((question) => ({ help, question })),
  );

export const measureSearch = (search: Search, queries: readonly AskedQuery[]): SearchFigures => {
  const answers = queries.map(({ question, accepted }) => {
    const got = search(question, 8).map(({ id }) => id);
    return { question, got, rank: got.findIndex((id) => accepted.includes(id)) };
  });
  const share = (kept: (answer: (typeof answers)[number]) => boolean): number =>
    answers.filter(kept).length / answers.length;
  return {
    asked: answers.length,
    first: share(({ rank }) => rank === 0),
    firstThree: share(({ rank }) => rank >= 0 && rank < 3),
    nothing: share(({ got }) => got.length === 0),
    missed: answers.filter(({ rank }) => rank !== 0),
  };
};
