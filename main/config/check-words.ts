/**
 * Finds text that is correct but hard to read in a tutorial. It is reported as advice, with the sentence or a simpler
 * word, and the tutorial is kept. Reads the raw data, so that a mistake elsewhere in the file hides nothing.
 */
import { complaint, quoted, type ConfigMistake } from './mistake.ts';
import { type hardWordFinder, longSentences, readingEase, wordsOf } from './plain-french.ts';
import type { YamlSource } from './yaml-source.ts';

/** Keys whose value is not French prose: names, addresses, text to copy, the other languages. */
const NOT_PROSE = new Set(
  (
    'id kind file competence theme picture to do message code address from value as copy identifier password words ' +
    'texts options query next review forReal offeredAt sources en time fault place act smallest tutorials person name'
  ).split(' '),
);
/** A picture's description is prose, although the rest of the picture is not. */
const PICTURE_TEXT = 'alt';

interface Prose {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Every French text that a person reads, with its path. */
export const frenchOf = (node: unknown, path: readonly PropertyKey[] = []): readonly Prose[] => {
  if (typeof node === 'string') return [{ path, text: node }];
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((one, index) => frenchOf(one, [...path, index]));
  return Object.entries(node).flatMap(([key, one]) => {
    if (key === 'picture') {
      return typeof one === 'object' && one !== null && PICTURE_TEXT in one
        ? frenchOf((one as Record<string, unknown>)[PICTURE_TEXT], [...path, key, PICTURE_TEXT])
        : [];
    }
    return NOT_PROSE.has(key) ? [] : frenchOf(one, [...path, key]);
  });
};

/** « Une souris. » names the picture and teaches nothing. */
const MIN_ALT_WORDS = 4;

export const adviceOn = (source: YamlSource, hardWords: ReturnType<typeof hardWordFinder>): readonly ConfigMistake[] =>
  frenchOf(source.data).flatMap(({ path, text }) => {
    const place = { file: source.file, ...source.placeOf(path) };
    const long = longSentences(text).map(({ sentence, words }) => ({
      ...place,
      ...complaint(`phrase de ${words} mots : « ${sentence} »`, 'vingt mots au plus ; coupez-la en deux'),
    }));
    const hard = hardWords(text).map(({ word, plain }) => ({
      ...place,
      ...complaint(`le mot ${quoted(word)} arrête certaines personnes`, `dites plutôt : ${plain}`),
    }));
    const bare =
      path.includes(PICTURE_TEXT) && wordsOf(text).length < MIN_ALT_WORDS
        ? [
            {
              ...place,
              ...complaint(`${quoted(text)} n’apprend rien`, 'ce que le dessin montre, et ce qu’il faut y voir'),
            },
          ]
        : [];
    return [...long, ...hard, ...bare];
  });

/** The readability of a whole tutorial: see `readingEase`. */
export const easeOf = (source: YamlSource): number | null => readingEase(frenchOf(source.data).map(({ text }) => text));
