/** Normalises words for comparison: without accents, capitals, apostrophes or plural endings. */
const SPELT = /(?<=\b[a-z])\.(?=[a-z]\b)/g;
/** What is not the name in `www.caf.fr`. With a dot only: on the way to « frais », people have typed « fr ». */
const OF_ADDRESSES = /\bhttps?:\/\/|\bwww\.|\.(?:gouv\.)?(?:fr|com)\b/g;
const MARKS = /\p{Diacritic}/gu;

export function fold(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae');
}

/** Stop words: they say nothing about what is wanted. */
const EMPTY = new Set(
  (
    'a ai as au aux avec ce cet cette ces cherche chercher chez comment d dans de des dois du elle elles en est et ' +
    'ete etre faire fait il ils j je jai l la le les leur lui m ma me mes moi mon n ne nos notre nous on ou par pas ' +
    'peux pour qu que qui refaire s sa sai sais se ses si son suis sur t ta te tes ton trouve trouver tu un une va ' +
    'vais veut veux voudrais vos votre vous y bonjour merci svp ' +
    'an and do for how i in is it my of the to want with you your'
  ).split(' '),
);

/** Removes the `s` or `x` of a plural: `papiers` → `papier`, `bateaux` → `bateau`. Short words keep theirs. */
export function singular(word: string): string {
  if (word.length > 4 && word.endsWith('eaux')) return word.slice(0, -1);
  return word.length > 3 && /[sx]$/.test(word) && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** People forget the apostrophe: `didentite`, `lecole`. Both readings are kept. */
function withoutElision(word: string): readonly string[] {
  const elided = /^(?:qu|[djlnst])([aeiouyh].{4,})$/.exec(word);
  return elided?.[1] ? [word, elided[1]] : [word];
}

export function words(text: string): string[] {
  return fold(text)
    .replace(SPELT, '') // `A.P.L.` is `apl`
    .replace(OF_ADDRESSES, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !EMPTY.has(word))
    .map(singular);
}

/** The words of a question, each with its other possible readings. */
export function readings(text: string): (readonly string[])[] {
  return words(text).map(withoutElision);
}
