/** The theme whose words are closest to a search that found nothing. The figures keep only this theme. Pure. */
import type { DemarcheSummary, ThemeId } from '../../../main/contract/catalogue.ts';
import { words } from './fold.ts';

const PAD = '_';
/** Below this, two words look alike by chance. */
const ALIKE = 0.5;

/** The trigrams of a word, its two ends included. */
const trigrams = (word: string): ReadonlySet<string> => {
  const padded = PAD + word + PAD;
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3)));
};

/** Dice's coefficient: 1 for the same word, 0 for nothing in common. */
const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  (2 * [...a].filter((one) => b.has(one)).length) / (a.size + b.size);

export const makeNearestTheme = (demarches: readonly DemarcheSummary[]): ((question: string) => ThemeId | 'none') => {
  const known = demarches.flatMap(({ theme, title, words: said }) =>
    words([title, ...said].join(' ')).map((word) => ({ theme, grams: trigrams(word) })),
  );
  return (question) => {
    let nearest: ThemeId | 'none' = 'none';
    let best = ALIKE;
    for (const word of words(question)) {
      const asked = trigrams(word);
      for (const { theme, grams } of known) {
        const how = likeness(asked, grams);
        if (how > best) [nearest, best] = [theme, how];
      }
    }
    return nearest;
  };
};
