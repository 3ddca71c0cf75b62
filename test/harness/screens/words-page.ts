/**
 * The page for translators: every sentence in each language, with a picture of a screen that shows it if there is one.
 */
import { relative } from 'node:path';
import { TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { languages } from '../../../main/contract/languages.ts';
import { FRENCH_ONLY, parseSentence, type Catalogue, type Sentence } from '../../../main/npm-scripts/catalogues.ts';

/** What a picture of a French screen shows: its words, and those read aloud. */
export interface SeenWords {
  readonly picture: string;
  readonly words: string;
}

/** « Oui » appears everywhere: it is looked for as a whole line. */
const SHORT = 20;

const oneSpace = (text: string): string => text.replaceAll(/[\s\u00a0]+/g, ' ').trim();
const literally = (text: string): string =>
  text.replaceAll(/[\s\u00a0]+/g, ' ').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const patternOf = (elements: readonly MessageFormatElement[]): string =>
  elements
    .map((one) => {
      if (one.type === TYPE.literal) return literally(one.value);
      if (one.type === TYPE.plural || one.type === TYPE.select)
        return `(?:${Object.values(one.options).map(({ value }) => patternOf(value)).join('|')})`; // prettier-ignore
      return one.type === TYPE.pound || one.type === TYPE.number ? '[\\d ]+' : '[^\\n]+?';
    })
    .join('');

/** Line by line, because a short sentence is a line of its own: a button, a title. */
export const isSeenIn = (sentence: Sentence): ((words: string) => boolean) => {
  const pattern = patternOf(parseSentence(sentence));
  const found = new RegExp(sentence.text.length < SHORT ? `^${pattern}$` : pattern, 'm');
  return (words) => found.test(words.split('\n').map(oneSpace).join('\n'));
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const rowOf = (sentence: Sentence, others: readonly Catalogue[], seen: readonly SeenWords[]): string => {
  const isSeen = isSeenIn(sentence);
  const picture = escaped(seen.find(({ words }) => isSeen(words))?.picture ?? '');
  const translations = others.map(
    ({ sentences }) => sentences.find(({ group, key }) => group === sentence.group && key === sentence.key)?.text ?? '',
  );
  const image = picture === '' ? '' : `<a href="${picture}"><img loading="lazy" src="${picture}" alt=""></a>`;
  return `<tr><th>${sentence.group}.<wbr>${sentence.key}</th>${[sentence.text, ...translations]
    .map((text) => `<td>${escaped(text)}</td>`)
    .join('')}<td>${image}</td></tr>`;
};

const HEAD = `<tr>${['', ...languages, ''].map((one) => `<th>${one}</th>`).join('')}</tr>`;

export const wordsPage = (folders: ReadonlyMap<string, readonly Catalogue[]>, seen: readonly SeenWords[]): string => {
  const tables = [...folders].map(([folder, catalogues]) => {
    const others = catalogues.filter(({ language }) => language !== 'fr' && language !== FRENCH_ONLY);
    const rows = catalogues
      .filter(({ language }) => language === 'fr' || language === FRENCH_ONLY)
      .flatMap(({ sentences }) => sentences)
      .map((sentence) => rowOf(sentence, others, seen));
    return `<h2>${escaped(relative(process.cwd(), folder))}/words</h2><table>${HEAD}${rows.join('\n')}</table>`;
  });
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Les phrases de la borne</title>
<style>body{font:16px/1.4 sans-serif;margin:2rem}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #ccc;padding:.4rem;text-align:start;vertical-align:top}th{font-weight:400;width:12rem}img{width:16rem}</style>
<h1>Les phrases de la borne (${languages.join(', ')})</h1>${tables.join('\n')}</html>\n`;
};
