/** Finds a commune as people type it: "bourbon l archambo", "st pourcain", "03190" (a postcode here, never an INSEE code). */
import type { Commune } from '../../../main/contract/directory.ts';
import { fold } from '../catalogue/fold.ts';
import { soundOf } from '../catalogue/sound.ts';

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
  readonly joined: string;
  readonly heard: string;
  readonly words: readonly string[];
}

/** Slips from `typed` to the beginning of `whole` that is nearest to it. `most` ends the count early. */
export function slipsToStart(typed: string, whole: string, most: number): number {
  const width = Math.min(whole.length, typed.length + most);
  let before = Array.from({ length: width + 1 }, (_, j) => j);
  let earlier: number[] = [];
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    for (let j = 1; j <= width; j++) {
      const same = typed[i - 1] === whole[j - 1] ? 0 : 1;
      let cost = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && typed[i - 1] === whole[j - 2] && typed[i - 2] === whole[j - 1]) {
        cost = Math.min(cost, (earlier[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    earlier = before;
    before = row;
  }
  return Math.min(...before);
}

/** Smaller is nearer; undefined is not it. */
const scoreOf = (entry: Entry, joined: string, heard: string): number | undefined => {
  if (entry.joined === joined) return 0;
  if (entry.joined.startsWith(joined)) return 1;
  // The second half of a name is what people call it: "archambault", "pourçain".
  if (joined.length >= 3 && entry.words.some((_, at) => entry.words.slice(at).join('').startsWith(joined))) return 2;
  const most = Math.floor(joined.length / 4);
  if (most === 0) return undefined;
  const slips = Math.min(
    slipsToStart(joined, entry.joined, most),
    slipsToStart(heard, entry.heard, Math.floor(heard.length / 4)),
  );
  return slips <= most ? 3 + slips : undefined;
};

const heardOf = (words: readonly string[]): string => words.map(soundOf).join('');

export function makeCommuneSearch(communes: readonly Commune[]): CommuneSearch {
  const entries: readonly Entry[] = communes.map((commune) => {
    const words = wordsOf(commune.name);
    return { commune, words, joined: words.join(''), heard: heardOf(words) };
  });
  const larger = (a: Commune, b: Commune): number => b.population - a.population || (a.name < b.name ? -1 : 1);
  return (typed, limit) => {
    const digits = typed.replace(/\s/g, '');
    if (/^\d{1,5}$/.test(digits)) {
      return digits.length < 2
        ? []
        : communes
            .filter(({ postcodes }) => postcodes.some((one) => one.startsWith(digits)))
            .sort(larger)
            .slice(0, limit);
    }
    const words = wordsOf(typed.replace(/\d{5}/g, ' '));
    const joined = words.join('');
    if (joined.length < 2) return [];
    const heard = heardOf(words);
    return entries
      .map((entry) => ({ entry, score: scoreOf(entry, joined, heard) }))
      .filter((one): one is { entry: Entry; score: number } => one.score !== undefined)
      .sort((a, b) => a.score - b.score || larger(a.entry.commune, b.entry.commune))
      .slice(0, limit)
      .map(({ entry }) => entry.commune);
  };
}
