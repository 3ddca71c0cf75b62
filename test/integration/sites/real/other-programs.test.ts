/**
 * An address of another program never makes Chromium ask whether to open it: its dialog would darken the site, keep
 * every press from the page, and offer to start something outside the browser.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const SITE = 'portail.test';
const ADDRESSES = ['bitcoin:x', 'tg://resolve?domain=x', 'web+caisse:x', 'mailto:a@b.exemple'] as const;

const WAYS: Readonly<Record<string, (address: string) => string>> = {
  'a frame': (address) => `<iframe src="${address}"></iframe>`,
  'a frame that is redirected there': (address) => `<iframe src="/vers?${encodeURIComponent(address)}"></iframe>`,
  'a frame without rights': (address) =>
    `<iframe sandbox="allow-scripts allow-top-navigation-to-custom-protocols" src="${address}"></iframe>`,
  'an object and an embed': (address) => `<object data="${address}"></object><embed src="${address}">`,
  'a script of a frame': (address) => `<iframe srcdoc="<script>location.href = '${address}'</script>"></iframe>`,
  'the page’s own script': (address) => `<script>setTimeout(() => { location.href = '${address}' }, 50)</script>`,
  'a redirect of the page': (address) =>
    `<script>setTimeout(() => { location.href = '/vers?${encodeURIComponent(address)}' }, 50)</script>`,
};
const cases = Object.keys(WAYS).flatMap((way) =>
  (way === 'a frame' ? ADDRESSES : ADDRESSES.slice(0, 1)).map((address) => [way, address] as const),
);

// The policies take the place of the profile's own lists.
describe.each([
  ['by the profile', undefined],
  ['by the policies of an installed kiosk', {}],
])('is refused %s:', (_, policies) => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [SITE],
      ...(policies && { policies }),
      answer: ({ path }) => {
        const { pathname, search } = new URL(path, `https://${SITE}`);
        if (pathname === '/vers') return { status: 302, headers: { location: decodeURIComponent(search.slice(1)) } };
        if (pathname !== '/') return { body: 'ok' };
        const [way = '', address = ''] = JSON.parse(decodeURIComponent(search.slice(1))) as readonly string[];
        return {
          body: `<!doctype html><title>Portail</title>${SAYS_DRAWN}<body style="min-height:100vh;margin:0" onclick="fetch('/pressee')"><h1>Portail</h1>${WAYS[way]?.(address) ?? ''}`,
        };
      },
    });
  });
  afterAll(() => site.stop());

  it.each(cases)('%s to %s: the page still gets every press', async (way, address) => {
    await site.open(`https://${SITE}/?${encodeURIComponent(JSON.stringify([way, address]))}`);
    await site.askedFor('/dessinee');
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // the dialog comes within this time
    site.press(1_000, 500);
    await site.askedFor('/pressee');
    expect(site.events.filter(({ kind }) => kind === 'crashed')).toEqual([]);
  });
});
