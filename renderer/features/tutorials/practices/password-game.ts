/**
 * The password game: only its own words are allowed. Anything else may be the person's real password, and is refused.
 * Pure.
 */
const APART = /[^\p{L}]+/u;

/** Capitals are allowed anywhere in a word. */
const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/**
 * True when the typed letters are not made of the game's words (the last one may be unfinished). Long numbers may be a
 * date or a telephone number, and are refused as well.
 */
export const isForeign = (typed: string, words: readonly string[]): boolean => {
  const known = words.map(fold);
  const parts = typed.split(APART).map(fold);
  const wrong = parts.some((part, at) => {
    if (part === '') return false;
    const last = at === parts.length - 1;
    return !made(part, known, last);
  });
  return wrong || /\d{4}/.test(typed);
};

/** Words may follow one another without a separator. */
const made = (part: string, known: readonly string[], mayBeUnfinished: boolean): boolean =>
  part === '' ||
  known.some((word) => part.startsWith(word) && made(part.slice(word.length), known, mayBeUnfinished)) ||
  (mayBeUnfinished && known.some((word) => word.startsWith(part)));

const wordsIn = (typed: string, words: readonly string[]): number => {
  const folded = fold(typed);
  return new Set(words.map(fold).filter((word) => folded.includes(word))).size;
};

export interface Strength {
  /** 0 to 4: how much of the bar is full. */
  readonly level: number;
  readonly words: number;
  readonly digit: boolean;
  readonly sign: boolean;
}

export const WORDS_WANTED = 3;

export const strengthOf = (typed: string, words: readonly string[]): Strength => {
  const many = wordsIn(typed, words);
  const digit = /\d/.test(typed);
  const sign = /[^\p{L}\d\s]/u.test(typed);
  const level =
    Math.min(2, many === WORDS_WANTED - 1 ? 1 : many >= WORDS_WANTED ? 2 : 0) + Number(digit) + Number(sign);
  return { level: many === 0 ? 0 : level, words: many, digit, sign };
};

export const isStrong = ({ level }: Strength): boolean => level === 4;
