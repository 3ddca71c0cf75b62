/** Text in the letters that a font has: a name from elsewhere loses its accents rather than its letters. Pure. */

/** Letters and signs that Unicode does not take apart. */
const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.entries({ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ı: 'i', ŧ: 't', Ŧ: 'T', ŋ: 'n', Ŋ: 'N', ə: 'e', Ə: 'E', '‐': '-', '‑': '-', '−': '-' }), // prettier-ignore
);

/** Letters without any plain form are left out. */
export const inLetters = (text: string, has: (letter: string) => boolean): string =>
  [...text.normalize('NFC')]
    .flatMap((letter) => (has(letter) ? [letter] : [...(PLAIN.get(letter) ?? letter.normalize('NFKD'))].filter(has)))
    .join('');
