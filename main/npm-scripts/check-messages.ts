/**
 * Checks the rules for sentences: `node main/npm-scripts/check-messages.ts [ROOT]`, part of `npm run lint`
 * and of `npm test`. `defineMessages` already makes a missing or extra key a type error; it is reported here too, with
 * its line, next to what the compiler cannot see. Reports all mistakes at once and exits with 1.
 */
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { languageFacts, languages } from '../contract/languages.ts';
import { filesIn, FRENCH_ONLY, piecesOf, readCatalogues, type Catalogue, type Sentence } from './catalogues.ts';
import { messagesFile } from './write-messages.ts';

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

const NBSP = '\u00a0';

function typographyFaults(language: Catalogue['language'], text: string): string[] {
  const faults: string[] = [];
  if (/\p{L}'\p{L}/u.test(text)) faults.push('straight apostrophe: write ’');
  if (/ {2}/.test(text)) faults.push('two spaces in a row');
  if (language !== FRENCH_ONLY && languageFacts[language].tag !== 'fr') return faults;
  if (/"/.test(text)) faults.push('straight quotes: write « … »');
  if (new RegExp(`[^${NBSP}\\s?!…]([?!;»])|[\\t ]([?!:;»])`, 'u').test(text))
    faults.push('no non-breaking space before ? ! : ; »');
  // `https://`, `9:30` and the like need no space before their colon; a colon that ends a phrase does.
  if (/\p{L}:(?:\s|$)/u.test(text)) faults.push('no non-breaking space before :');
  if (new RegExp(`«(?!${NBSP})`, 'u').test(text)) faults.push('no non-breaking space after «');
  return faults;
}

const idOf = ({ group, key }: Sentence): string => `${group}.${key}`;

/** Words written in the markup, or in an attribute that is read out, that should be messages. */
function hardCoded(source: SourceText): string[] {
  const blank = (match: string) => match.replace(/[^\n]/g, ' ');
  let markup = source.text.replace(/<!--[\s\S]*?-->/g, blank).replace(/<(script|style)\b[\s\S]*?<\/\1>/g, blank);
  // Blank out expressions, the inner ones first.
  for (let before = ''; before !== markup;) {
    before = markup;
    markup = markup.replace(/\{[^{}]*\}/g, blank);
  }
  const faults: string[] = [];
  const tell = (index: number, words: string) =>
    faults.push(
      `${source.path}:${markup.slice(0, index).split('\n').length}: words outside the messages: "${words.trim()}"`,
    );
  for (const match of markup.matchAll(/>([^<>]*\p{L}{2,}[^<>]*)</gu)) {
    const words = match[1] ?? '';
    // This proper name of a public service is the same in every language.
    if (words.trim() !== 'FranceConnect') tell(match.index + 1, words.replace(/\s+/g, ' '));
  }
  for (const match of markup.matchAll(/\b(?:aria-label|title|placeholder|alt|label)="([^"]*\p{L}{2,}[^"]*)"/gu))
    tell(match.index, match[1] ?? '');
  return faults;
}

/** The faults of the catalogues of one folder. `used`: whether some source uses the sentence. */
const catalogueFaults = (
  folder: string,
  catalogues: readonly Catalogue[],
  used: (group: string, key: string) => boolean,
): readonly string[] => {
  const faults: string[] = [];
  const translated = catalogues.filter(({ language }) => language !== FRENCH_ONLY);
  for (const language of translated.length > 0 ? languages : [])
    if (!translated.some((one) => one.language === language)) faults.push(`${folder}/words: no ${language}.json`);
  const idsOf = ({ sentences }: Catalogue): ReadonlySet<string> => new Set(sentences.map(idOf));
  const [french, ...others] = translated;
  for (const other of french ? others : []) {
    for (const { group, key, at } of french?.sentences ?? [])
      if (!idsOf(other).has(`${group}.${key}`)) faults.push(`${at}: ${key} has no ${other.language}`);
    for (const { group, key, at } of other.sentences)
      if (french && !idsOf(french).has(`${group}.${key}`)) faults.push(`${at}: ${key} is not in fr.json`);
  }
  for (const { language, sentences } of catalogues)
    for (const sentence of sentences) {
      const { group, key, at } = sentence;
      try {
        for (const text of piecesOf(sentence))
          for (const fault of typographyFaults(language, text)) faults.push(`${at}: ${key}: ${fault}`);
      } catch (error) {
        faults.push((error as Error).message);
      }
      if ((language === 'fr' || language === FRENCH_ONLY) && !used(group, key))
        faults.push(`${at}: ${group}.${key} is used nowhere`);
    }
  return faults;
};

export function checkMessages(
  sources: readonly SourceText[],
  folders: ReadonlyMap<string, readonly Catalogue[]>,
): string[] {
  const everything = sources.map(({ text }) => text).join('\n');
  // `import { browsingMessages as m }` counts as a use too.
  const renamed = Map.groupBy(everything.matchAll(/\b(\w+) as (\w+)/g), ([, group]) => group);
  const used = (group: string, key: string): boolean => {
    const names = [group, ...(renamed.get(group) ?? []).map(([, , name]) => name)];
    // A group read by a computed key (`refusals[`${code}.title`]`) is checked by its types, so a `[` counts as a use of
    // it.
    return new RegExp(`\\b(?:${names.join('|')})(?:\\[|\\.${key.replace(/\W/g, '\\$&')}\\b)`).test(everything);
  };
  return [
    ...[...folders].flatMap(([folder, catalogues]) => catalogueFaults(folder, catalogues, used)),
    ...sources.filter(({ path }) => path.endsWith('.svelte')).flatMap(hardCoded),
  ];
}

function readSources(root: string): SourceText[] {
  return filesIn(root)
    .filter((path) => /\.(ts|svelte)$/.test(path))
    .map((path) => ({ path: relative(process.cwd(), path), text: readFileSync(path, 'utf8') }));
}

if (process.argv[1] === import.meta.filename) {
  const root = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
  const folders = readCatalogues(root);
  const faults = checkMessages(readSources(root), folders);
  for (const [folder, catalogues] of faults.length === 0 ? folders : []) {
    const path = join(folder, 'messages.ts');
    if (readFileSync(path, 'utf8') !== (await messagesFile(root, folder, catalogues)))
      faults.push(`${path}: not what words/ says: node main/npm-scripts/write-messages.ts`);
  }
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  else process.stdout.write('messages: nothing missing, nothing unused\n');
}
