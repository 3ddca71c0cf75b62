/** How easy a French text is to read: its sentences, the long ones, its hard words, and a readability score. Pure. */
import { knownAbbreviations, plainWords } from './plain-words.ts';

/** In longer sentences, a person who reads with difficulty has forgotten the beginning. */
export const MAX_WORDS = 20;

const WORD = /[\p{L}\p{N}@]+(?:[’'.@-][\p{L}\p{N}]+)*/gu;

export const wordsOf = (text: string): readonly string[] => text.match(WORD) ?? [];

/**
 * A full stop inside `impots.gouv.fr` ends no sentence: only punctuation followed by a space, or a line break, does.
 */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?…](?:\u00a0»)?) +|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length > 0);

export const longSentences = (text: string): readonly { readonly sentence: string; readonly words: number }[] =>
  sentencesOf(text)
    .map((sentence) => ({ sentence, words: wordsOf(sentence).length }))
    .filter(({ words }) => words > MAX_WORDS);

export interface HardWord {
  /** As written in the text. */
  readonly word: string;
  readonly plain: string;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const patternOf = (hard: string): RegExp => {
  const words = hard.split(' ').map((word) => escaped(word).replace(/\\\*$/, '\\p{L}*'));
  return new RegExp(`(?<![\\p{L}-])${words.join('\\s+')}(?![\\p{L}-])`, 'giu');
};

/** Longer expressions first: « au préalable » is reported once, as a whole. */
const patterns = (): readonly (readonly [RegExp, string])[] =>
  plainWords
    .toSorted(([a], [b]) => b.split(' ').length - a.split(' ').length)
    .map(([hard, plain]) => [patternOf(hard), plain] as const);

/** Removes the names of buttons and papers and the addresses, which must stay letter by letter as they are. */
const withoutNames = (text: string): string =>
  text.replace(/«[^»]*»/gu, ' ').replace(/\S*(?:@|\.(?:fr|example|com|net))\S*/giu, ' ');

export const hardWordFinder = (): ((text: string) => readonly HardWord[]) => {
  const all = patterns();
  // Almost no text contains a hard word: one combined pattern avoids a hundred and fifty searches.
  const any = new RegExp(all.map(([{ source }]) => source).join('|'), 'iu');
  return (text) => {
    const prose = withoutNames(text);
    const taken: (readonly [from: number, to: number])[] = [];
    const words = (any.test(prose) ? all : []).flatMap(([pattern, plain]) =>
      [...prose.matchAll(pattern)].flatMap(({ 0: word, index }) => {
        const to = index + word.length;
        if (taken.some(([start, end]) => index < end && start < to)) return [];
        taken.push([index, to]);
        return [{ word, plain }];
      }),
    );
    const letters = [...prose.matchAll(/(?<![\p{L}\p{N}-])\p{Lu}{3,}(?![\p{L}\p{N}-])/gu)]
      .map(([word]) => word)
      .filter((word) => !knownAbbreviations.has(word))
      .map((word) => ({ word, plain: 'le nom en entier' }));
    return [...words, ...letters];
  };
};

const VOWELS = /[aeiouyàâäéèêëîïôöùûüÿœæ]+/giu;

/**
 * The syllables of a French word as it is read aloud, accurate enough for an average: one for each group of vowels. A
 * final `e` or `es` is silent; `ï`, `é`… after another vowel start a new syllable (naïf, réel). A number counts one for
 * each digit.
 */
export const syllablesOf = (word: string): number => {
  if (/^\p{N}+$/u.test(word)) return word.length;
  const lower = word.toLowerCase();
  const silent = lower.length > 2 && /[^aeiouyàâéèêëîïôùû]es?$/u.test(lower) ? 1 : 0;
  const apart = (lower.match(/[aeiouy](?=[éèïë])|é(?=[ao]|e(?!s?$))/gu) ?? []).length;
  return Math.max(1, (lower.match(VOWELS) ?? []).length + apart - silent);
};

/**
 * Flesch's reading ease as adapted to French by L. Kandel and A. Moles (« Application de l’indice de Flesch à la langue
 * française », Cahiers d’études de radio-télévision, 1958): 207 − 1,015 × words per sentence − 73,6 × syllables per
 * word. 100 and more is very easy, 70 is a newspaper, under 50 is hard. Null when there is no text.
 */
export const readingEase = (texts: readonly string[]): number | null => {
  const sentences = texts.flatMap(sentencesOf);
  const words = sentences.flatMap(wordsOf);
  if (words.length === 0) return null;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return Math.round(207 - 1.015 * (words.length / sentences.length) - 73.6 * (syllables / words.length));
};
