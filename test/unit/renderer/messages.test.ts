import { describe, expect, test } from 'vitest';
import { checkMessages } from '../../../renderer/client/i18n/check.ts';
import { defineMessages } from '../../../renderer/client/i18n/define-messages.ts';
import { makeTranslate } from '../../../renderer/client/i18n/translate.ts';

const N = '\u00a0';
const messages = (body: string) => [
  { path: 'x/messages.ts', text: `export const xMessages = defineMessages({ ${body} });` },
  { path: 'x/Use.svelte', text: '<script lang="ts">use(xMessages.hello)</script><p>{t(xMessages.hello)}</p>' },
];
const faultsOf = (body: string) => checkMessages(messages(body)).map((fault) => fault.replace(/^[^ ]+ /, ''));

describe('the checker of messages', () => {
  test('accepts correct ones', () => {
    expect(faultsOf(`hello: { fr: 'Ça va${N}?', simple: 'Ça va${N}?', en: 'All right?' }`)).toEqual([]);
  });

  test.each([
    ['a missing language', `hello: { fr: 'a', simple: 'a' }`, 'hello has no en'],
    ['a language too many', `hello: { fr: 'a', simple: 'a', en: 'a', de: 'a' }`, 'hello: unknown language de'],
    [
      'a common space before ?',
      `hello: { fr: 'Ça va ?', simple: 'a', en: 'a' }`,
      'hello.fr: no non-breaking space before ? ! : ; »',
    ],
    [
      'no space before !',
      `hello: { fr: 'Bravo!', simple: 'a', en: 'a' }`,
      'hello.fr: no non-breaking space before ? ! : ; »',
    ],
    ['no space before :', `hello: { fr: 'Ici: là', simple: 'a', en: 'a' }`, 'hello.fr: no non-breaking space before :'],
    [
      'a common space inside «',
      `hello: { fr: '« Aide${N}»', simple: 'a', en: 'a' }`,
      'hello.fr: no non-breaking space after «',
    ],
    ['a straight apostrophe', `hello: { fr: "J'ai", simple: 'a', en: 'a' }`, 'hello.fr: straight apostrophe: write ’'],
    [
      'a fault inside a sentence with parameters',
      `hello: { fr: ({ n }: { n: number }) => (n === 1 ? 'Un ?' : \`\${n} ?\`), simple: () => 'a', en: () => 'a' }`,
      'hello.fr: no non-breaking space before ? ! : ; »',
    ],
    [
      'an unused key',
      `hello: { fr: 'a', simple: 'a', en: 'a' }, gone: { fr: 'a', simple: 'a', en: 'a' }`,
      'xMessages.gone is used nowhere',
    ],
  ])('reports %s', (_what, body, fault) => {
    expect(faultsOf(body)).toContain(fault);
  });

  test.each([
    ['between tags', '<p>Bonjour</p>', 'Bonjour'],
    ['in an attribute that is read', '<button aria-label="Fermer"><Icon /></button>', 'Fermer'],
  ])('reports words %s', (_where, text, words) => {
    expect(checkMessages([{ path: 'Bad.svelte', text: `<script>1</script>\n${text}` }])).toEqual([
      `Bad.svelte:2: words outside the messages: "${words}"`,
    ]);
  });

  test('leaves expressions, comments, scripts and styles alone', () => {
    const text =
      '<!-- Un mot --><script>const mot = 1;</script><p>{a ? "mot" : t({ b: "mot" })}</p><style>p { color: red }</style>';
    expect(checkMessages([{ path: 'Good.svelte', text }])).toEqual([]);
  });
});

describe('messages', () => {
  test('are in the current language', () => {
    const m = defineMessages({
      plain: { fr: 'a', simple: 'b', en: 'c' },
      counted: {
        fr: ({ n }: { n: number }) => `${n} fr`,
        simple: ({ n }: { n: number }) => `${n} simple`,
        en: ({ n }: { n: number }) => `${n} en`,
      },
    });
    let language: 'fr' | 'simple' | 'en' = 'fr';
    const t = makeTranslate(() => language);
    expect(t(m.plain)).toBe('a');
    language = 'simple';
    expect(t(m.plain)).toBe('b');
    expect(t(m.counted, { n: 2 })).toBe('2 simple');
  });

  // Checked by `npm run lint`: an unused `@ts-expect-error` is a type error.
  test('do not compile when a language is missing, unknown, or has other parameters', () => {
    // @ts-expect-error -- no English
    defineMessages({ key: { fr: 'a', simple: 'a' } });
    // @ts-expect-error -- German is not a language of the kiosk
    defineMessages({ key: { fr: 'a', simple: 'a', en: 'a', de: 'a' } });
    defineMessages({
      key: {
        fr: ({ n }: { n: number }) => `${n}`,
        simple: ({ n }: { n: number }) => `${n}`,
        // @ts-expect-error -- the parameters differ
        en: ({ who }: { who: string }) => who,
      },
    });
  });
});
