/**
 * Detects words of danger in the search text, before any ranking. Pure: the words come from the configuration. One card
 * too many costs a glance; one missing may cost a life. So a typing mistake in a long word still matches.
 */
import type { UrgentHelp } from '../../../main/contract/catalogue.ts';
import { fold, words } from './fold.ts';

/** Two at most: a person in danger reads little. */
const MOST = 2;
/** In shorter words one letter makes another word: `violée` and `volée`, `menace` and `ménage`. */
const FORGIVING_FROM = 7;

/** Whether the term starts at this place among the words that were typed. */
type Term = (said: readonly string[], at: number) => boolean;
type Phrase = readonly (readonly Term[])[];

/** A number may be the beginning of « 15 ans »: it is believed only when the person has paused. */
export type UrgencyDetector = (question: string, typed?: 'typing' | 'paused') => readonly UrgentHelp[];

export function makeUrgencyDetector(helps: readonly UrgentHelp[]): UrgencyDetector {
  const heard = helps.map((help) => ({
    help,
    always: help.always.map((text) => phraseOf(text, 'forgiving')),
    when: help.when.map((text) => phraseOf(text, 'forgiving')),
    unless: help.unless.map((text) => phraseOf(text, 'exact')),
  }));
  return (question, typed = 'paused') => {
    const numbered = typed === 'paused' ? withNumber(helps, question) : [];
    if (numbered.length > 0) return numbered.slice(0, MOST);
    const asTyped = fold(question)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '');
    // Both, because a word may only look so: `danger` is not « d’anger ».
    const readings = [asTyped, asTyped.map((word) => word.replace(ELIDED, ''))];
    const says = (phrase: Phrase): boolean =>
      phrase.every((terms) => terms.some((term) => readings.some((said) => said.some((_, at) => term(said, at)))));
    return heard
      .filter(({ always, when, unless }) => always.some(says) || (when.some(says) && !unless.some(says)))
      .map(({ help }) => help)
      .slice(0, MOST);
  };
}

/**
 * What follows an apostrophe that was forgotten: `metrangle`. The `m` is not in `fold.ts`: in the ranking, `mutuelle`
 * would also be `utuelle`.
 */
const ELIDED = /^(?:qu|[djlmnst])(?=[aeiouyh].{4})/;

/** What people write around a number: `appeler le 115`. */
const AROUND = new Set(['appel', 'appeler', 'appelle', 'composer', 'compose', 'numero']);

/** The helps whose number is all that was typed; first the one that gives it before its other numbers. */
const withNumber = (helps: readonly UrgentHelp[], question: string): readonly UrgentHelp[] => {
  const typed = words(question)
    .filter((word) => !AROUND.has(word))
    .join('');
  const placeIn = ({ numbers }: UrgentHelp): number =>
    numbers.findIndex(({ number }) => number.replaceAll(' ', '') === typed);
  const giving = helps.filter((help) => placeIn(help) >= 0);
  return giving.toSorted((a, b) => Number(placeIn(a) > 0) - Number(placeIn(b) > 0));
};

/** Words that cancel a help must match exactly: `collegue` must not hide the help for a person who types `college`. */
type Reading = 'forgiving' | 'exact';

const phraseOf = (text: string, reading: Reading): Phrase =>
  fold(text) // `й` is `и` in what was typed
    .split(' ')
    .map((group) => group.split('|').map((term) => termOf(term, reading)));

/** `crise+cardiaque`: each word is read by its own length, or `ma+taxe` would be `ma+tape`. */
const termOf = (text: string, reading: Reading): Term => {
  if (text.startsWith('=')) return termOf(text.slice(1), 'exact');
  const wanted = text.split('+').map((word) => wordOf(word, reading));
  return (said, at) => wanted.every((isWanted, further) => isWanted(said[at + further] ?? ''));
};

const wordOf = (text: string, reading: Reading): ((word: string) => boolean) => {
  const stem = text.endsWith('*') ? text.slice(0, -1) : undefined;
  const wanted = stem ?? text;
  if (reading === 'exact' || wanted.length < FORGIVING_FROM)
    return stem === undefined ? (word) => word === wanted : (word) => word.startsWith(stem);
  return stem === undefined
    ? (word) => isNear(word, wanted)
    : (word) => [-1, 0, 1].some((more) => isNear(word.slice(0, wanted.length + more), wanted));
};

/** The same word, or one letter added, removed, changed or swapped with its neighbour. The first letter must match. */
const isNear = (word: string, wanted: string): boolean => {
  if (word === wanted) return true;
  if (word[0] !== wanted[0] || Math.abs(word.length - wanted.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === wanted[start]) start++;
  const rest = (text: string, skipped: number): string => text.slice(start + skipped);
  return (
    rest(word, 1) === rest(wanted, 1) ||
    rest(word, 1) === rest(wanted, 0) ||
    rest(word, 0) === rest(wanted, 1) ||
    (word[start] === wanted[start + 1] && word[start + 1] === wanted[start] && rest(word, 2) === rest(wanted, 2))
  );
};
