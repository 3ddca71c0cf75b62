/**
 * Finds démarches by how people speak: `apl`, `sécu`, `carte grise`, `papiers didentite`, with typing mistakes.
 * Pure: an index made once from the catalogue, then one call a keystroke.
 */
import MiniSearch from 'minisearch';
import type { DemarcheSummary } from '../../../main/contract/catalogue.ts';
import { readings, words } from './fold.ts';

export type Synonyms = Readonly<Record<string, readonly string[]>>;
export type Search = (question: string, limit: number) => readonly DemarcheSummary[];

const BOOST = { title: 4, words: 3, organism: 2, sentence: 1 } as const;
/** A démarche asked often comes before one that fits as well. */
const PRIORITY = { 1: 1.35, 2: 1.1, 3: 1 } as const;

export function makeSearch(demarches: readonly DemarcheSummary[], synonyms: Synonyms): Search {
  const byId = new Map(demarches.map((demarche) => [demarche.id, demarche]));
  const index = new MiniSearch<DemarcheSummary>({
    fields: Object.keys(BOOST),
    tokenize: words,
    processTerm: (term) => term,
    extractField: (demarche, field) => {
      if (field === 'words') return demarche.words.join(' ');
      return String(demarche[field as keyof DemarcheSummary]);
    },
  });
  index.addAll(demarches);
  const others = foldSynonyms(synonyms);

  const termQuery = (term: string, last: boolean) => ({
    queries: [term],
    prefix: last || term.length > 3,
    // One mistake from four letters on, two in long words. Digits are exact: 2042 is not 2044.
    fuzzy: /\d/.test(term) || term.length < 4 ? (false as const) : term.length < 7 ? 1 : 2,
    maxFuzzy: 2,
    boost: BOOST,
    weights: { prefix: 0.6, fuzzy: 0.3 },
    tokenize: (text: string) => [text],
    combineWith: 'OR' as const,
  });

  const rank = (combineWith: 'AND' | 'OR', asked: readonly (readonly string[])[], expansions: readonly string[][]) => {
    const own = {
      combineWith,
      queries: asked.map((alternatives, at) => ({
        combineWith: 'OR' as const,
        queries: alternatives.map((term) => termQuery(term, at === asked.length - 1)),
      })),
    };
    const expanded = expansions.map((terms) => ({
      combineWith: 'AND' as const,
      queries: terms.map((term) => termQuery(term, false)),
    }));
    return index.search(
      { combineWith: 'OR', queries: [own, ...expanded] },
      { boostDocument: (id) => PRIORITY[(byId.get(id as string)?.priority ?? 3) as keyof typeof PRIORITY] },
    );
  };

  return (question, limit) => {
    const asked = readings(question);
    if (asked.length === 0) return [];
    const expansions = others(asked.map(([word]) => word ?? ''));
    let found = rank('AND', asked, expansions);
    // Not one démarche has all the words: those with most of them are better than none.
    if (found.length === 0) found = rank('OR', asked, expansions);
    const results: DemarcheSummary[] = [];
    for (const { id } of found) {
      const demarche = byId.get(id as string);
      if (demarche) results.push(demarche);
      if (results.length === limit) break;
    }
    return results;
  };
}

/** Synonyms answer whole words or groups of words, wherever they stand in the question. */
function foldSynonyms(synonyms: Synonyms): (asked: readonly string[]) => string[][] {
  const table = Object.entries(synonyms).map(([key, meanings]) => ({
    key: ` ${words(key).join(' ')} `,
    meanings: meanings.map((meaning) => words(meaning)).filter((terms) => terms.length > 0),
  }));
  return (asked) => {
    const question = ` ${asked.join(' ')} `;
    return table.filter(({ key }) => key.trim() !== '' && question.includes(key)).flatMap(({ meanings }) => meanings);
  };
}
