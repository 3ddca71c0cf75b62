/**
 * On a busy machine a page's renderer reports what happened after the browser process has reported what followed from
 * it: the arrival of a page after the request of the next one, or after the page's question; the wish for a window
 * after the window itself.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const AT = 'https://portail-exemple.test';
/** Longer than the request of the next page takes, shorter than its answer. */
const LATE_MS = 150;
const ANSWERS_AFTER_MS = 600;

const page = (inner: string): string =>
  `<!doctype html><title>Page</title><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0">${inner}`;
const LINK = 'style="display:block;height:300px;font-size:60px"';

const pages: Readonly<Record<string, string>> = {
  '/saut': page(`<script>location.href = '/suite'</script>`),
  '/formulaire': page(
    `<form id="envoi" method="post" action="/suite"><input name="code" value="1"></form><script>envoi.submit()</script>`,
  ),
  '/question': page(`<script>fetch('/reponse-' + confirm('Voulez-vous continuer ?'))</script>`),
  '/lien': page(`<a href="/suite" target="_blank" ${LINK}>Suite</a>`),
  '/lien-sans-retour': page(`<a href="/suite" target="_blank" rel="noopener" ${LINK}>Suite</a>`),
  '/fenetre': page(`<a href="#" onclick="open('/suite', 'suite', 'width=600,height=400')" ${LINK}>Suite</a>`),
  '/suite': page('<h1>Suite</h1>'),
};

describe.skipIf(findChromium() === undefined)('a page whose renderer reports late', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: ['portail-exemple.test'],
      lateMs: LATE_MS,
      async answer({ path }) {
        if (path === '/suite') await new Promise((resolve) => setTimeout(resolve, ANSWERS_AFTER_MS));
        const body = pages[path];
        return body === undefined ? { status: 204 } : { body };
      },
    });
    await site.openScreens();
  }, 60_000);
  afterAll(() => site?.stop());

  const arrival = () => site.events.findLastIndex((one) => one.kind === 'navigated' && one.url === `${AT}/suite`);
  const isLoaded = (): boolean =>
    arrival() >= 0 && site.events.slice(arrival()).some((one) => one.kind === 'loading' && !one.loading);

  it.each(['/saut', '/formulaire'])('%s: leads on at once, and the next page is loaded', async (path) => {
    await site.open(`${AT}${path}`);
    await until(() => JSON.stringify(site.events), isLoaded);
    const sending = site.events.filter((one) => one.kind === 'sending').map((one) => one.sending);
    expect(sending).toEqual(path === '/formulaire' ? [true, false] : []);
  });

  it('asks a question while it loads, and gets the answer of the person', async () => {
    const opened = site.open(`${AT}/question`); // it is loaded once it has its answer
    const { id } = await site.heard('dialog');
    await site.heard('navigated');
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    await site.guest.answerDialog(id, true);
    await site.askedFor('/reponse-true');
    await opened;
  });

  it.each(['/lien', '/lien-sans-retour', '/fenetre'])('%s: opens the window that was pressed for', async (path) => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(400, 150);
    await until(() => JSON.stringify(site.events), isLoaded);
    expect(site.events[arrival()]).toMatchObject({ beside: true });
  });
});
