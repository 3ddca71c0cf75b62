/**
 * Finds démarches by everyday words, with typing mistakes: `apl`, `sécu`, `carte grise`, `papiers didentite`. Pure: the
 * index is built once from the catalogue, then queried at each keystroke.
 */
import { stemmer } from '@orama/stemmers/french';
import MiniSearch, { type SearchResult } from 'minisearch';
import type { DemarcheSummary } from '../../../main/contract/catalogue.ts';
import { readings, words, type IsKnown } from './fold.ts';
import { phoneticKey } from './phonetic-key.ts';

export type Synonyms = Readonly<Record<string, readonly string[]>>;
export interface Search {
  (question: string, limit: number): readonly DemarcheSummary[];
  /** Whether some démarche is named by all the words. Otherwise the answers are only the nearest ones. */
  readonly isNamed: (question: string) => boolean;
}

const BOOST = { title: 4, words: 3, organism: 2, sentence: 1 } as const;
/** The typed words weigh more than their synonyms. */
const TYPED = { ...BOOST, joined: 2 } as const;
const MEANT = { title: 3, words: 2, organism: 1.5, sentence: 0.5 } as const;
/** A word with the same stem counts as much as a word of the sentence. */
const STEM = 1;
/** Phonetic matches: used only when no démarche is named by everything that was typed. */
const HEARD = 0.8;
/** Between equally good matches, the more frequent démarche comes first. */
const PRIORITY = { 1: 1.35, 2: 1.1, 3: 1 } as const;

/** When fewer démarches have all the words, those that have some of them follow. */
const FEW = 3;
/** They follow only with this share of the best score: the others would be noise. */
const CLOSE = 0.3;

export function makeSearch(demarches: readonly DemarcheSummary[], synonyms: Synonyms): Search {
  const byId = new Map(demarches.map((demarche) => [demarche.id, demarche]));
  const index = new MiniSearch<DemarcheSummary>({
    fields: [...Object.keys(BOOST), 'joined', 'stems', 'sounds'],
    tokenize: words,
    processTerm: (term) => term,
    extractField: (demarche, field) => {
      if (field === 'words') return demarche.words.join(' ');
      if (field === 'joined') return joinedPairs([demarche.title, ...demarche.words]);
      const keyOf = field === 'stems' ? stemmer : field === 'sounds' ? phoneticKey : undefined;
      if (keyOf)
        return words([demarche.title, ...demarche.words].join(' '))
          .map(keyOf)
          .join(' ');
      return String(demarche[field as keyof DemarcheSummary]);
    },
  });
  index.addAll(demarches);
  const known = new Set([
    ...demarches.flatMap(({ title, organism, words: said }) => words([title, organism, ...said].join(' '))),
    ...Object.keys(synonyms).flatMap(words),
  ]);
  const isKnown = (word: string): boolean => known.has(word);
  const others = foldSynonyms(synonyms, isKnown);
  const phrases = new Map(
    demarches.map(({ id, title, words: said }) => [
      id,
      { title: ` ${words(title).join(' ')} `, said: new Set(said.map((one) => words(one).join(' '))) },
    ]),
  );

  const termQuery = (term: string, last: boolean, boost: Boost) => ({
    queries: [term],
    fields: Object.keys(boost),
    prefix: last || term.length > 3,
    // One mistake from four letters on, two from seven. Numbers must match exactly: 2042 is not 2044.
    fuzzy: /\d/.test(term) || term.length < 4 || known.has(term) ? (false as const) : term.length < 7 ? 1 : 2,
    maxFuzzy: 2,
    boost,
    weights: { prefix: 0.6, fuzzy: 0.3 },
    bm25: { k: 1.2, b: 0.4, d: 0.5 },
    tokenize: (text: string) => [text],
    combineWith: 'OR' as const,
  });
  /** `me sépare` finds `séparation`: the stems must be equal, fuzzy stems would match too much. */
  const stemQuery = (term: string, boost: number) => ({
    queries: [stemmer(term)],
    fields: ['stems'],
    prefix: false,
    fuzzy: false as const,
    boost: { stems: boost },
    tokenize: (text: string) => [text],
    combineWith: 'OR' as const,
  });
  /** `retrete` finds `retraite`: another spelling of the same sound. */
  const soundQuery = (term: string) => ({
    queries: [phoneticKey(term)],
    fields: ['sounds'],
    prefix: false,
    fuzzy: false as const,
    boost: { sounds: HEARD },
    tokenize: (text: string) => [text],
    combineWith: 'OR' as const,
  });
  /** Matches the typed words or their synonyms. */
  const partQuery = ({ own, meanings }: Part, last: boolean, { heard, typed, meant }: Reach) => ({
    combineWith: 'OR' as const,
    queries: [
      {
        combineWith: 'AND' as const,
        queries: own.map((alternatives, at) => ({
          combineWith: 'OR' as const,
          queries: alternatives.flatMap((term) => [
            termQuery(term, last && at === own.length - 1, typed),
            stemQuery(term, STEM),
            ...(heard ? [soundQuery(term)] : []),
          ]),
        })),
      },
      ...meanings.map((terms) => ({
        combineWith: 'AND' as const,
        queries: terms.map((term) => termQuery(term, false, meant)),
      })),
    ],
  });
  const find = (combineWith: 'AND' | 'OR', parts: readonly Part[], reach: Reach) =>
    index.search(
      { combineWith, queries: parts.map((part, at) => partQuery(part, at === parts.length - 1, reach)) },
      { boostDocument: (id) => PRIORITY[(byId.get(id as string)?.priority ?? 3) as keyof typeof PRIORITY] },
    );

  const isNamed = (question: string): boolean => find('AND', others(readings(question, isKnown)), NAMES).length > 0;
  const search = (question: string, limit: number): readonly DemarcheSummary[] => {
    const asked = readings(question, isKnown);
    if (asked.length === 0) return [];
    const parts = others(asked);
    // `passeport perdu` is not the stamp to buy, whose sentence happens to have both words: only names count here.
    const all = find('AND', parts, NAMES);
    const some = all.length < FEW ? find('OR', parts, all.length > 0 ? AS_TYPED : AS_HEARD) : [];
    const whole = asked.map(([word]) => word ?? '').join(' ');
    /** A search equal to the name of a démarche means that démarche. */
    const named = (id: string): number => {
      const phrase = phrases.get(id);
      if (phrase?.said.has(whole)) return 2.5;
      return phrase?.title.includes(` ${whole} `) ? 1 + whole.length / phrase.title.length : 1;
    };
    const ranked = (found: readonly SearchResult[]): readonly Scored[] =>
      found
        .map(({ id, score }) => ({ id: id as string, score: score * named(id as string) }))
        .sort((a, b) => b.score - a.score);
    const close = ranked(some).filter(({ score }, _, [best]) => score >= (best?.score ?? 0) * CLOSE);
    const ids = new Set([...ranked(all), ...close].map(({ id }) => id));
    return [...ids].flatMap((id) => byId.get(id) ?? []).slice(0, limit);
  };
  return Object.assign(search, { isNamed });
}

interface Scored {
  readonly id: string;
  readonly score: number;
}

type Boost = Readonly<Record<string, number>>;
/** Which fields a search reads; with `heard`, also words that sound the same. */
interface Reach {
  readonly heard: boolean;
  readonly typed: Boost;
  readonly meant: Boost;
}
const { sentence: _, ...typedNames } = TYPED;
const { sentence: __, ...meantNames } = MEANT;
const NAMES: Reach = { heard: false, typed: typedNames, meant: meantNames };
const AS_TYPED: Reach = { heard: false, typed: TYPED, meant: MEANT };
const AS_HEARD: Reach = { ...AS_TYPED, heard: true };
/** One or several words of the question, with their synonyms. */
interface Part {
  readonly own: readonly (readonly string[])[];
  readonly meanings: readonly (readonly string[])[];
}

/** `carte grise` is often typed `cartegrise`. */
const joinedPairs = (texts: readonly string[]): string =>
  texts
    .flatMap((text) => words(text).flatMap((word, at, all) => (at === 0 ? [] : [`${all[at - 1]}${word}`])))
    .join(' ');

/**
 * Splits a question where synonyms match whole words or groups of words. The longest group wins, so that `mon ex ne
 * paie pas` is one part. A word belongs to one part only, so that its synonyms cannot drown the other words.
 */
function foldSynonyms(
  synonyms: Synonyms,
  isKnown: IsKnown,
): (asked: readonly (readonly string[])[]) => readonly Part[] {
  const table = new Map<string, string[][]>();
  const heard = new Map<string, string[][]>();
  let longest = 1;
  for (const [key, meanings] of Object.entries(synonyms)) {
    const typed = words(key);
    const meant = meanings.map((meaning) => words(meaning)).filter((terms) => terms.length > 0);
    if (typed.length === 0) continue;
    longest = Math.max(longest, typed.length);
    table.set(typed.join(' '), [...(table.get(typed.join(' ')) ?? []), ...meant]);
    heard.set(typed.map(phoneticKey).join(' '), [...(heard.get(typed.map(phoneticKey).join(' ')) ?? []), ...meant]);
  }
  /** As typed, then without forgotten apostrophes; by its sound only when a word is not known as it is written. */
  const meaningsOf = (own: readonly (readonly string[])[]): string[][] | undefined => {
    const as = (at: number): readonly string[] => own.map((alternatives) => alternatives.at(at) ?? '');
    const found = table.get(as(0).join(' ')) ?? table.get(as(-1).join(' '));
    if (found || as(0).every(isKnown)) return found;
    const sound = as(0).map(phoneticKey);
    return sound.every((key) => key.length > 2) ? heard.get(sound.join(' ')) : undefined;
  };
  const groupAt = (asked: readonly (readonly string[])[], at: number): Part => {
    for (let length = Math.min(longest, asked.length - at); length > 0; length--) {
      const own = asked.slice(at, at + length);
      const meanings = meaningsOf(own);
      if (meanings) return { own, meanings };
    }
    return { own: asked.slice(at, at + 1), meanings: [] };
  };
  return (asked) => {
    const parts: Part[] = [];
    for (let at = 0; at < asked.length; at += parts.at(-1)?.own.length ?? 1) parts.push(groupAt(asked, at));
    return parts;
  };
}
