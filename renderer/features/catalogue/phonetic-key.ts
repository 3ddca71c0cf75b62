/**
 * A rough phonetic key of a French word: two spellings of one sound get the same key (`fransse travaye`, `France
 * Travail`). Written for this kiosk: the libraries for French keys are made for family names, and merge words such as
 * `caf` and `cave`. Pure.
 */

/**
 * Applied to a folded word, in this order. Nasal vowels become digits: 1 as in `pain`, 2 as in `banc`, 3 as in `bon`.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/sch|sh|ch/g, '#'],
  [/qu|q|ck|k|c(?![eiy])/g, 'k'],
  [/sc(?=[eiy])|c(?=[eiy])|ss/g, 's'],
  [/ge(?=[ao])|g(?=[eiy])/g, 'j'],
  [/(?:aill?|ay)(?=e?s?$)/g, 'ai~'],
  [/(?:eill?|ey)(?=e?s?$)/g, 'ei~'],
  [/eaux?|aux?/g, 'o'],
  [/(?:ain|ein|ien|aim|in|im|yn|ym|un|um)(?![aeiouyn])/g, '1'],
  [/(?:an|am|en|em)(?![aeiouynm])/g, '2'],
  [/(?:on|om)(?![aeiouynm])/g, '3'],
  [/ti(?=3)/g, 'si'],
  [/oi/g, 'wa'],
  [/ou/g, 'u'],
  [/oeu|eu/g, 'e'],
  [/ai|ei|er$|ez$|et$/g, 'e'],
  [/h/g, ''],
  [/y/g, 'i'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/(.)\1+/g, '$1'],
  [/[edtspx]+$/g, ''],
];

/**
 * The key of a folded word (`fold`); empty when every letter is silent. Words with digits are kept as they are: numbers
 * must match exactly.
 */
export const phoneticKey = (word: string): string =>
  /\d/.test(word) ? word : RULES.reduce((heard, [spelling, as]) => heard.replaceAll(spelling, as), word);
