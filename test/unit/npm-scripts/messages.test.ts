import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../../main/contract/languages.ts';
import { paramsOf, readCatalogue, type Catalogue } from '../../../main/npm-scripts/catalogues.ts';
import { checkMessages } from '../../../main/npm-scripts/check-messages.ts';
import { defineFrench, defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import { makeTranslate } from '../../../main/contract/i18n/translate.ts';
import { messagesFile } from '../../../main/npm-scripts/write-messages.ts';

const N = '\u00a0';
const sources = [
  { path: 'x/Use.svelte', text: '<script lang="ts">use(xMessages.hello)</script><p>{t(xMessages.hello)}</p>' },
];
type Texts = Readonly<Record<string, string>>;
const catalogueOf = (language: string, texts: Texts): Catalogue =>
  readCatalogue(`x/words/${language}.json`, JSON.stringify({ xMessages: texts }, null, 2));
const faultsOf = (byLanguage: Readonly<Record<string, Texts>>): readonly string[] =>
  checkMessages(
    sources,
    new Map([['x', Object.entries(byLanguage).map(([language, texts]) => catalogueOf(language, texts))]]),
  );
const right = { hello: 'a' };

describe('the checker of messages', () => {
  test('accepts correct ones', () => {
    const hello = { hello: `Ça va${N}?` };
    expect(faultsOf({ fr: hello, simple: hello, en: { hello: 'All right?' } })).toEqual([]);
  });

  test.each<[string, Texts, string]>([
    ['a common space before ?', { hello: 'Ça va ?' }, 'hello: no non-breaking space before ? ! : ; »'],
    ['no space before !', { hello: 'Bravo!' }, 'hello: no non-breaking space before ? ! : ; »'],
    ['no space before :', { hello: 'Ici: là' }, 'hello: no non-breaking space before :'],
    ['a common space inside «', { hello: `« Aide${N}»` }, 'hello: no non-breaking space after «'],
    ['a straight apostrophe', { hello: "J'ai" }, 'hello: straight apostrophe: write ’'],
    [
      'a fault inside a choice',
      { hello: '{n, plural, =1 {Un ?} other {# fois}}' },
      'hello: no non-breaking space before ? ! : ; »',
    ],
    ['a choice without other', { hello: '{n, plural, =1 {Un}}' }, 'hello is not in ICU MessageFormat'],
    ['a brace that is not closed', { hello: 'Il reste {n' }, 'hello is not in ICU MessageFormat'],
  ])('reports %s, with its file and line', (_what, fr, fault) => {
    const [first] = faultsOf({ fr, simple: right, en: right });
    expect(first).toContain(`x/words/fr.json:3: ${fault}`);
  });

  test('reports a language without a catalogue, a missing key, an extra key and an unused one', () => {
    expect(faultsOf({ fr: { ...right, gone: 'a' }, simple: { ...right, gone: 'a', more: 'a' } })).toEqual([
      'x/words: no en.json',
      'x/words/simple.json:5: more is not in fr.json',
      'x/words/fr.json:4: xMessages.gone is used nowhere',
    ]);
    expect(faultsOf({ fr: right, simple: {}, en: right })).toEqual(['x/words/fr.json:3: hello has no simple']);
  });

  test('asks for no other language where all stays in French', () => {
    expect(faultsOf({ 'french-only': right })).toEqual([]);
    expect(faultsOf({ 'french-only': right, fr: right })).toEqual(['x/words: no simple.json', 'x/words: no en.json']);
  });

  test('refuses a file of a language that the kiosk does not have', () => {
    expect(() => catalogueOf('de', right)).toThrow('x/words/de.json: the kiosk has no language "de"');
  });

  test.each([
    ['between tags', '<p>Bonjour</p>', 'Bonjour'],
    ['in an attribute that is read', '<button aria-label="Fermer"><Icon /></button>', 'Fermer'],
  ])('reports words %s', (_where, text, words) => {
    expect(checkMessages([{ path: 'Bad.svelte', text: `<script>1</script>\n${text}` }], new Map())).toEqual([
      `Bad.svelte:2: words outside the messages: "${words}"`,
    ]);
  });

  test('leaves expressions, comments, scripts and styles alone', () => {
    const text =
      '<!-- Un mot --><script>const mot = 1;</script><p>{a ? "mot" : t({ b: "mot" })}</p><style>p { color: red }</style>';
    expect(checkMessages([{ path: 'Good.svelte', text }], new Map())).toEqual([]);
  });
});

describe('the parameters of a sentence', () => {
  const typesOf = (text: string): unknown => {
    const [sentence] = catalogueOf('fr', { hello: text }).sentences;
    if (!sentence) throw new Error('no sentence');
    return Object.fromEntries(paramsOf(sentence));
  };

  test.each<[string, unknown]>([
    ['Bonjour', {}],
    ['Bonjour {name}, page {at, number}', { name: 'string', at: 'number' }],
    ['{n, plural, =0 {Rien} one {# page de {site}} other {# pages de {site}}}', { n: 'number', site: 'string' }],
    ['{how, select, print {Imprimer} other {Effacer}}', { how: "'print' | 'other'" }],
  ])('%s', (text, types) => {
    expect(typesOf(text)).toEqual(types);
  });

  test('cannot be of two types', () => {
    expect(() => typesOf('{n, plural, other {#}} {n, select, other {}}')).toThrow('fr.json:3: hello uses {n} in two');
  });
});

test('sentences that all stay in French load no language', async () => {
  const written = await messagesFile(resolve('.'), resolve('main/x'), [
    catalogueOf('french-only', { hello: '{n, number}' }),
  ]);
  expect(written).toContain('} = defineFrench<Params>()(frenchOnly);');
  expect(written).not.toContain('./words/en.json');
  const { messages } = defineFrench<{ readonly x: { readonly page: { readonly n: number } } }>()({
    x: { page: 'Page {n, number}' },
  });
  expect(makeTranslate(() => 'en')(messages.x.page, { n: 2 })).toBe('Page 2');
});

describe('messages', () => {
  const fr = { page: { plain: 'a', counted: '{n, plural, =0 {aucune} one {# page} other {# pages}}' } };
  const english = { page: { plain: 'c', counted: '{n, plural, one {# sheet} other {# sheets}}' } };
  const simple = async () => Promise.resolve({ default: fr });
  const en = async () => Promise.resolve({ default: english });
  const define = defineMessages<{ readonly page: { readonly counted: { readonly n: number } } }>();
  const made = () => define({ fr, frenchOnly: { staff: { hello: 'Bonjour' } } }, { simple, en });

  test('are in French until another language is loaded, and always where they stay in French', async () => {
    const { words, messages } = made();
    let language: Language = 'fr';
    const t = makeTranslate(() => language);
    expect(t(messages.page.plain)).toBe('a');
    language = 'en';
    expect(t(messages.page.plain)).toBe('a');
    await words.load('en');
    expect(t(messages.page.plain)).toBe('c');
    expect(t(messages.page.counted, { n: 1 })).toBe('1 sheet');
    expect(t(messages.staff.hello)).toBe('Bonjour');
  });

  test('follow the plural rules of the language', async () => {
    const { words, messages } = made();
    await words.load('en');
    const said = (language: Language, n: number): string => makeTranslate(() => language)(messages.page.counted, { n });
    expect([0, 1, 1.5, 2].map((n) => said('fr', n))).toEqual(['aucune', '1 page', '1,5 page', '2 pages']);
    expect([0, 1, 2].map((n) => said('en', n))).toEqual(['0 sheets', '1 sheet', '2 sheets']);
  });

  // Checked with the types (`checks.test.ts`): an unused `@ts-expect-error` is a type error.
  test('do not compile when a key is missing or extra, or a parameter is wrong', () => {
    const missing = async () => Promise.resolve({ default: { page: { plain: 'b' } } });
    const extra = async () => Promise.resolve({ default: { page: { plain: 'b', counted: 'b', more: 'b' } } });
    // @ts-expect-error -- no English
    define({ fr }, { simple });
    // @ts-expect-error -- English lacks a sentence
    define({ fr }, { simple, en: missing });
    // @ts-expect-error -- English has a sentence that French lacks
    define({ fr }, { simple, en: extra });
    const t = makeTranslate(() => 'fr');
    // @ts-expect-error -- it needs a number
    t(made().messages.page.counted);
    // @ts-expect-error -- a number, not a word
    t(made().messages.page.counted, { n: 'deux' });
    // @ts-expect-error -- no such parameter
    t(made().messages.page.plain, { n: 2 });
  });
});
