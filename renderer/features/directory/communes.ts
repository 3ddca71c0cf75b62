/**
 * Finds a commune as people type it: "bourbon l archambo", "st pourcain", "03190" (a postcode here, never an INSEE
 * code).
 */
import type { Commune } from '../../../main/contract/directory.ts';
import { fold } from '../catalogue/fold.ts';
import { phoneticKey } from '../catalogue/phonetic-key.ts';

export interface CommuneSearch {
  (typed: string, limit: number): readonly Commune[];
}

const SHORT: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', s: 'sur', sts: 'saints' };

const wordsOf = (text: string): readonly string[] =>
  fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (Object.hasOwn(SHORT, word) ? (SHORT[word] ?? word) : word));

interface Entry {
  readonly commune: Commune;
  /** Between blanks, so that only whole words match. */
  readonly spaced: string;
  readonly joined: string;
  readonly heard: string;
  /** The name from its second word on, from its third… */
  readonly endings: readonly string[];
}

/** Three rows of one table, used in turn. Reused between calls, because a keystroke compares several hundred names. */
let table = new Uint8Array(3 * 64);

/** The edit distance from `typed` to the closest beginning of `whole`. Stops counting beyond `most`. */
export function prefixDistance(typed: string, whole: string, most: number): number {
  const width = Math.min(whole.length, typed.length + most) + 1;
  if (table.length < width * 3) table = new Uint8Array(width * 3);
  for (let j = 0; j < width; j++) table[j] = j;
  let best = 0;
  for (let i = 1; i <= typed.length; i++) {
    const [row, before, earlier] = [(i % 3) * width, ((i - 1) % 3) * width, ((i + 1) % 3) * width];
    table[row] = i;
    best = i;
    for (let j = 1; j < width; j++) {
      const same = typed.charCodeAt(i - 1) === whole.charCodeAt(j - 1) ? 0 : 1;
      let cost = Math.min(table[before + j]! + 1, table[row + j - 1]! + 1, table[before + j - 1]! + same);
      const swapped =
        i > 1 &&
        j > 1 &&
        typed.charCodeAt(i - 1) === whole.charCodeAt(j - 2) &&
        typed.charCodeAt(i - 2) === whole.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, table[earlier + j - 2]! + 1);
      table[row + j] = cost;
      if (cost < best) best = cost;
    }
    if (best > most) return most + 1;
  }
  return best;
}

/** Smaller is closer; undefined is no match. */
const asTyped = (entry: Entry, joined: string): number | undefined => {
  if (entry.joined === joined) return 0;
  if (entry.joined.startsWith(joined)) return 1;
  // People often use the second half of a name: "archambault", "pourçain".
  const inside = joined.length >= 3 && entry.endings.some((ending) => ending.startsWith(joined));
  return inside ? 2 : undefined;
};

/** « Moulins sur Allier », « j’habite à Vichy »: the whole name among other words; the longest name wins. */
const amongWords = (entry: Entry, spaced: string): number | undefined =>
  spaced.includes(entry.spaced) ? -entry.spaced.length : undefined;

const withTypos = (entry: Entry, joined: string, heard: string): number | undefined => {
  const most = Math.floor(joined.length / 4);
  if (most === 0) return undefined;
  // Spelling and sound each have their own limit: a distance beyond the limit of one must not pass for a small distance
  // of the other.
  const mostHeard = Math.floor(heard.length / 3);
  const written = prefixDistance(joined, entry.joined, most);
  const sounded = prefixDistance(heard, entry.heard, mostHeard);
  const slips = Math.min(written <= most ? written : Infinity, sounded <= mostHeard ? sounded : Infinity);
  return Number.isFinite(slips) ? slips : undefined;
};

const spacedOf = (words: readonly string[]): string => ` ${words.join(' ')} `;
const heardOf = (words: readonly string[]): string => words.map(phoneticKey).join('');

export function makeCommuneSearch(communes: readonly Commune[]): CommuneSearch {
  const entries: readonly Entry[] = communes.map((commune) => {
    const words = wordsOf(commune.name);
    const endings = words.slice(1).map((_, at) => words.slice(at + 1).join(''));
    return { commune, endings, joined: words.join(''), spaced: spacedOf(words), heard: heardOf(words) };
  });
  const larger = (a: Commune, b: Commune): number => b.population - a.population || (a.name < b.name ? -1 : 1);
  return (typed, limit) => {
    const digits = typed.replace(/\s/g, '');
    if (/^\d{1,5}$/.test(digits)) {
      const beginning = (start: string): readonly Commune[] =>
        communes.filter(({ postcodes }) => postcodes.some((one) => one.startsWith(start)));
      const found = digits.length < 2 ? [] : beginning(digits);
      // A leading zero is easily forgotten: 3200.
      const meant = found.length === 0 && digits.length === 4 ? beginning(`0${digits}`) : found;
      return meant.toSorted(larger).slice(0, limit);
    }
    const words = wordsOf(typed.replace(/\d{5}/g, ' '));
    const joined = words.join('');
    if (joined.length < 2) return [];
    const heard = heardOf(words);
    const ranked = (score: (entry: Entry) => number | undefined): readonly Commune[] =>
      entries
        .map((entry) => ({ entry, score: score(entry) }))
        .filter((one): one is { entry: Entry; score: number } => one.score !== undefined)
        .sort((a, b) => a.score - b.score || larger(a.entry.commune, b.entry.commune))
        .slice(0, limit)
        .map(({ entry }) => entry.commune);
    const spaced = spacedOf(words);
    for (const score of [
      (entry: Entry) => asTyped(entry, joined),
      (entry: Entry) => amongWords(entry, spaced),
      (entry: Entry) => withTypos(entry, joined, heard),
    ]) {
      const found = ranked(score);
      if (found.length > 0) return found;
    }
    return [];
  };
}
