/** Normalises words for comparison: without accents, capitals, apostrophes or plural endings. */
const SPELT = /(?<=\b[a-z])\.(?=[a-z]\b)/g;
/** What is not the name in `www.caf.fr`. With a dot only: on the way to « frais », people have typed « fr ». */
const OF_ADDRESSES = /\bhttps?:\/\/|\bwww\.|\.(?:gouv\.)?(?:fr|com)\b/g;
/** Also those of other scripts: without them, `أبحث` would be two words. */
const MARKS = /[\p{Diacritic}\p{M}]/gu;

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
    'alors avez avoir avons bonsoir cela celle celui combien comme deja demain devoir ' +
    'dire dis dit doit dois donc encore eux faut hier hui madame mais monsieur ni ont peut possible pouvoir ' +
    'pouvez puis quand quel quelle sait salut savoir sera serait si sont souhaite tout toute tous toujours tres voila ' +
    // As in a text message.
    'bjr bsr cc coment comen comman fer fere g jvoudrai jvoudrais jveu jveux kel ke kes koi komen koman pa pr slt stp ' +
    'veu voudrai voudre ' +
    'and be can could do for from get has have how i in is it my need of please should that the there this to want ' +
    'was what when where which with would you your'
  ).split(' '),
);

/** Removes the `s` or `x` of a plural: `papiers` → `papier`, `bateaux` → `bateau`. Short words keep theirs. */
export function singular(word: string): string {
  if (word.length > 4 && word.endsWith('eaux')) return word.slice(0, -1);
  return word.length > 3 && /[sx]$/.test(word) && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/**
 * People forget the apostrophe: `didentite`, `lecole`. Both readings are kept, unless the whole is a known word. The
 * rest of a short word must be known: `lapl` is « l’APL », `lait` is milk.
 */
function withoutElision(word: string, isKnown: IsKnown): readonly string[] {
  const rest = /^(?:qu|[djlnst])([aeiouyh].{2,})$/.exec(word)?.[1];
  if (rest === undefined || isKnown(word)) return [word];
  return rest.length > 4 || isKnown(rest) ? [word, rest] : [word];
}

/** Whether the catalogue has this word, typed without a mistake. */
export type IsKnown = (word: string) => boolean;

const typedWords = (text: string): readonly string[] =>
  fold(text)
    .replace(SPELT, '') // `A.P.L.` is `apl`
    .replace(OF_ADDRESSES, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const meaningful = (typed: readonly string[]): string[] => typed.filter((word) => !EMPTY.has(word)).map(singular);

export function words(text: string): string[] {
  return meaningful(typedWords(text));
}

/** `sur endettement` → `surendettement`: two words that together are one of the catalogue. */
function joined(typed: readonly string[], isKnown: IsKnown): readonly string[] {
  return typed.reduce<readonly string[]>((kept, word) => {
    const before = kept.at(-1);
    if (before === undefined) return [word];
    const areWords = [before, word].every((one) => EMPTY.has(one) || isKnown(singular(one)));
    return !areWords && isKnown(singular(before + word)) ? [...kept.slice(0, -1), before + word] : [...kept, word];
  }, []);
}

/** The words of a question, each with its other possible readings. */
export function readings(text: string, isKnown: IsKnown): (readonly string[])[] {
  return meaningful(joined(typedWords(text), isKnown)).map((word) => withoutElision(word, isKnown));
}
