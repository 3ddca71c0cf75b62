/** Reads the catalogues of sentences (`words/*.json`) and the parameters that their sentences need. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { languages, type Language } from '../contract/languages.ts';

/** Groups that stay in French whatever the language: what agents read, and papers whose content is in French. */
export const FRENCH_ONLY = 'french-only';
const FILES: readonly string[] = [...languages, FRENCH_ONLY];

/** The folders of the kiosk that may have sentences. */
const ROOMS = ['renderer', 'main'] as const;

export interface Sentence {
  readonly group: string;
  readonly key: string;
  readonly text: string;
  /** `file:line`, for error messages. */
  readonly at: string;
}

export interface Catalogue {
  readonly language: Language | typeof FRENCH_ONLY;
  readonly path: string;
  readonly groups: readonly string[];
  readonly sentences: readonly Sentence[];
}

/** Throws when the file is not a catalogue. */
export const readCatalogue = (path: string, json: string): Catalogue => {
  const language = basename(path, '.json');
  if (!FILES.includes(language)) throw new Error(`${path}: the kiosk has no language "${language}"`);
  const groups = JSON.parse(json) as Record<string, Record<string, string>>;
  const lines = json.split('\n');
  let line = 0;
  /** Groups and keys are in the order of the file, one a line, as every tool writes them. */
  const lineOf = (name: string): number => {
    const found = lines.findIndex((one, at) => at >= line && one.trimStart().startsWith(`${JSON.stringify(name)}:`));
    if (found >= 0) line = found;
    return line + 1;
  };
  const sentences = Object.entries(groups).flatMap(([group, texts]) => {
    lineOf(group);
    return Object.entries(texts).map(([key, text]) => ({ group, key, text, at: `${path}:${lineOf(key)}` }));
  });
  return { language: language as Catalogue['language'], path, groups: Object.keys(groups), sentences };
};

/** The paths of the files of all rooms, in one order. */
export const filesIn = (root: string): readonly string[] =>
  ROOMS.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .sort()
      .map((path) => join(root, room, path)),
  );

/** By folder that has a `words/`, its catalogues, French first. `root`: the folder of the application. */
export const readCatalogues = (root: string): ReadonlyMap<string, readonly Catalogue[]> => {
  const folders = new Map<string, Catalogue[]>();
  for (const path of filesIn(root)) {
    if (basename(dirname(path)) !== 'words' || !path.endsWith('.json')) continue;
    const folder = dirname(dirname(path));
    const catalogue = readCatalogue(path, readFileSync(path, 'utf8'));
    folders.set(folder, [...(folders.get(folder) ?? []), catalogue]);
  }
  for (const all of folders.values()) all.sort((a, b) => FILES.indexOf(a.language) - FILES.indexOf(b.language));
  return folders;
};

/** Throws, naming the file and line, when the sentence is not in MessageFormat. */
export const parseSentence = ({ text, at, key }: Sentence): readonly MessageFormatElement[] => {
  try {
    return parse(text, { ignoreTag: true });
  } catch (error) {
    throw new Error(`${at}: ${key} is not in ICU MessageFormat: ${(error as Error).message}`, { cause: error });
  }
};

/** The TypeScript type of each parameter. */
export type Params = ReadonlyMap<string, string>;

const parts = (element: MessageFormatElement): readonly (readonly MessageFormatElement[])[] =>
  element.type === TYPE.plural || element.type === TYPE.select
    ? Object.values(element.options).map(({ value }) => value)
    : [];

/**
 * Adds a parameter; returns false when it is there with another type. Text fits any type: `{count}` beside
 * `{count, plural, …}` is the same number.
 */
export const addParam = (params: Map<string, string>, name: string, type: string): boolean => {
  const before = params.get(name);
  if (before === undefined || before === 'string') params.set(name, type);
  return before === undefined || before === type || before === 'string' || type === 'string';
};

export const paramsOf = (sentence: Sentence): Params => {
  const params = new Map<string, string>();
  const add = (name: string, type: string): void => {
    if (!addParam(params, name, type)) throw new Error(`${sentence.at}: ${sentence.key} uses {${name}} in two ways`);
  };
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.argument) add(element.value, 'string');
      else if (element.type === TYPE.number || element.type === TYPE.plural) add(element.value, 'number');
      else if (element.type === TYPE.select)
        add(element.value, Object.keys(element.options).map((one) => `'${one}'`).join(' | ')); // prettier-ignore
      else if (element.type === TYPE.date || element.type === TYPE.time)
        throw new Error(`${sentence.at}: ${sentence.key}: dates are passed as text`);
      for (const inner of parts(element)) visit(inner);
    }
  };
  visit(parseSentence(sentence));
  return params;
};

/** The pieces of text of a sentence, also those inside its choices. */
export const piecesOf = (sentence: Sentence): readonly string[] => {
  const visit = (elements: readonly MessageFormatElement[]): readonly string[] =>
    elements.flatMap((one) => (one.type === TYPE.literal ? [one.value] : parts(one).flatMap(visit)));
  return visit(parseSentence(sentence));
};
