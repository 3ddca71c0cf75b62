import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bundlesSchema, type Bundle } from '../../../main/config/schema/bundles.ts';
import { demarcheSchema, type Demarche } from '../../../main/config/schema/demarche.ts';
import { urgentHelpSchema, type UrgentHelpFile } from '../../../main/config/schema/urgent-help.ts';
import { synonymsSchema } from '../../../main/config/schema/synonyms.ts';

const content = join(import.meta.dirname, '../../../kiosk-config');

export interface ContentFile {
  readonly stem: string;
  readonly text: string;
  readonly demarche: Demarche;
}

export const readDemarches = (): readonly ContentFile[] =>
  readdirSync(join(content, 'demarches'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const text = readFileSync(join(content, 'demarches', name), 'utf8');
      return { stem: name.replace(/\.yaml$/, ''), text, demarche: demarcheSchema.parse(parse(text)) };
    });

/** Without the version of the file format. */
export const readBundles = (): Readonly<Record<string, Bundle>> => {
  const { version: _, ...bundles } = parse(readFileSync(join(content, 'bundles.yaml'), 'utf8')) as object & {
    version?: unknown;
  };
  return bundlesSchema.parse(bundles);
};

export const readSynonyms = (): Readonly<Record<string, readonly string[]>> =>
  synonymsSchema.parse(parse(readFileSync(join(content, 'synonyms.yaml'), 'utf8')));

export const readUrgentHelp = (): UrgentHelpFile =>
  urgentHelpSchema.parse(parse(readFileSync(join(content, 'urgences.yaml'), 'utf8')));

/** As the search does: no accent, no case, one kind of apostrophe. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').toLowerCase().trim();

export interface WrittenText {
  readonly where: string;
  readonly text: string;
}

/** Every text that a person reads, with where it stands. */
export const textsOf = ({ stem, demarche }: ContentFile): readonly WrittenText[] => {
  const { title, sentence, simple, organism, account, papers, toKnow, words, steps, planB } = demarche;
  const named: readonly (readonly [string, string | null | undefined])[] = [
    ['title', title],
    ['sentence', sentence],
    ['simple.title', simple?.title],
    ['simple.sentence', simple?.sentence],
    ['organism', organism],
    ['account', account?.name],
    ['planB.phoneNote', planB.phoneNote],
    ['planB.paper', planB.paper],
    ['planB.place', planB.place],
    ...papers.map((paper, index) => [`papers.${index}`, paper] as const),
    ...toKnow.map((line, index) => [`toKnow.${index}`, line] as const),
    ...words.map((word, index) => [`words.${index}`, word] as const),
    ...steps.flatMap(
      (step, index) =>
        [
          [`steps.${index}.title`, step.title],
          [`steps.${index}.text`, step.text],
          [`steps.${index}.press`, step.press],
          [`steps.${index}.simple.title`, step.simple?.title],
          [`steps.${index}.simple.text`, step.simple?.text],
        ] as const,
    ),
  ];
  return named.flatMap(([where, text]) => (typeof text === 'string' ? [{ where: `${stem} ${where}`, text }] : []));
};

/** Sentences end with `.`, `?` or `!` before a space or the end; `caf.fr` is not an end. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.?!](?:\u00a0»)?)\s+(?=[\p{Lu}«])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

export const wordCount = (text: string): number =>
  text.split(/[\s\u00a0]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** The pairs of a place and a text that has too many words, told with their count. */
export const tooLong = (pairs: readonly (readonly [string, string])[], most: number): readonly string[] =>
  pairs.filter(([, text]) => wordCount(text) > most).map(([where, text]) => `${where} (${wordCount(text)}): ${text}`);
