/**
 * Presses that open no window, of which the site gets an empty one; and the ones of a link in a picture, or of a map.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, type Asked, type OneSite } from './one-site.ts';

const HOST = 'appuis-exemple.test';
const AT = `https://${HOST}`;
const BIG = 'style="display:block;width:100%;height:300px;font-size:60px"';

/** Says twice a second what it last said. */
const page = (inner: string): string =>
  `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${SAYS_DRAWN}
   <script>let dit = 'rien'; setInterval(() => fetch('/vit?' + location.pathname + '=' + encodeURIComponent(dit)), 400)</script>
   <body style="margin:0">${inner}`;
const button = (work: string): string =>
  page(`<button id="agir" ${BIG}>Ouvrir</button><script>let w; agir.onclick = () => { ${work} }</script>`);

/** What sites do with a window that they opened. It says so once all of it is done. */
const USES = `w.onload = () => w.print(); w.focus(); w.print(); w.document.title = 'Reçu'; w.document.write('<p>Reçu');
  w.location = '/ailleurs'; w.postMessage('bonjour', '*'); setTimeout(() => {
    const bloquee = w.closed; w.print(); w.close(); dit = (bloquee ? 'bloquée' : 'ouverte') + ', puis fermée ' + w.closed }, 500)`;
const PAPER = `URL.createObjectURL(new Blob(['%PDF-1.4 avis'], { type: 'application/pdf' }))`;
/** One pixel. */
const DOT = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const form = (inner: string): string =>
  page(`<form method="post" action="/fiche" target="_blank">${inner}<input type="hidden" name="n" value="1"></form>`);
const picture = (attributes: string): string =>
  page(
    `<svg style="display:block;width:1280px;height:300px"><a ${attributes}><rect width="1280" height="300"/></a></svg>`,
  );

const pages: Readonly<Record<string, string>> = {
  '/papier': button(`w = open(${PAPER}); ${USES}`),
  '/papier-seul': button(`dit = String(open(${PAPER}, '_blank', 'noopener'))`),
  '/mail': button(`w = open('mailto:a@b.exemple'); ${USES}`),
  '/programme': button(`w = open('reunion-exemple://salle/42'); ${USES}`),
  '/ouvre-papier': button(`open('/papier', 'fille')`),
  '/ouvre-mail': button(`open('/mail', 'fille')`),
  '/dessin': picture('href="/fiche" target="_blank"'),
  '/dessin-ancien': picture('xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="/fiche" target="fiche"'),
  '/dessin-mail': picture('href="mailto:a@b.exemple"'),
  '/carte': form(`<input type="image" name="carte" src="${DOT}" ${BIG}>`),
  '/carte-sans-nom': form(`<input type="image" src="${DOT}" ${BIG}>`),
  '/fiche': page('<h1>Fiche</h1>'),
};

describe.skipIf(findChromium() === undefined)('a press', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST],
      answer({ path }) {
        const body = pages[new URL(path, AT).pathname];
        return body === undefined ? { status: 204 } : { body };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const openAndPress = async (path: string): Promise<void> => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(400, 100);
  };
  const says = (path: string, words: string): Promise<Asked> => {
    const line = `/vit?${path}=${encodeURIComponent(words)}`;
    const from = site.asked.length;
    return until(`${path} says ${words}`, () => site.asked.slice(from).find((one) => one.path === line), 15_000);
  };
  const lastIn = () => site.events.findLast((one) => one.kind === 'navigated');

  const outcome = { '/papier': 'download-done', '/mail': 'contact-wanted', '/programme': 'program-wanted' } as const;
  const nothingElse = (path: string): void => {
    expect(site.events.some(({ kind }) => kind === 'print-wanted' || kind === 'crashed')).toBe(false);
    expect(lastIn()?.url).toBe(`${AT}${path}`);
  };

  it.each(Object.entries(outcome))(
    '%s: what the site does with the window it got is done to no page',
    async (path, kind) => {
      await openAndPress(path);
      await site.heard(kind);
      await says(path, 'ouverte, puis fermée true');
      await says(path, 'ouverte, puis fermée true'); // it goes on
      nothingElse(path);
    },
  );

  it.each(['/papier', '/mail'] as const)('%s: nor to the page of a window beside', async (path) => {
    await openAndPress(`/ouvre${path.replace('/', '-')}`);
    await site.heard('navigated', ({ url }) => url === `${AT}${path}`);
    await until('it is drawn', () => site.asked.filter((one) => one.path === '/dessinee').length === 2);
    site.press(440, 150);
    await site.heard(outcome[path]);
    await says(path, 'ouverte, puis fermée true');
    await says(path, 'ouverte, puis fermée true');
    nothingElse(path);
  });

  it('on a paper that is to open without a handle gives none', async () => {
    await openAndPress('/papier-seul');
    await site.heard('download-done');
    await says('/papier-seul', 'null');
  });

  it.each(['/dessin', '/dessin-ancien'])('%s: on a link in a drawing opens beside', async (path) => {
    await openAndPress(path);
    expect(await site.heard('navigated', ({ url }) => url === `${AT}/fiche`)).toMatchObject({ beside: true });
    await says(path, 'rien');
  });

  it('on an e-mail address in a drawing is reported', async () => {
    await openAndPress('/dessin-mail');
    expect((await site.heard('contact-wanted')).contact).toEqual({ by: 'mail', to: 'a@b.exemple' });
  });

  it.each([
    ['/carte', 'n=1&carte.x=400&carte.y=100'],
    ['/carte-sans-nom', 'n=1&x=400&y=100'],
  ])('%s: on a picture that sends a form beside sends its place', async (path, body) => {
    await openAndPress(path);
    await site.heard('navigated', ({ url }) => url === `${AT}/fiche`);
    const sent = site.asked.filter((one) => one.path === '/fiche');
    expect(sent.map((one) => `${one.method} ${one.body}`)).toEqual([`POST ${body}`]);
    expect(lastIn()).toMatchObject({ beside: true });
  });
});
