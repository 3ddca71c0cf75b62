/**
 * Pages that a site opens in a new window are shown in the site's place, with a way back. Old portals use named
 * windows.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, SAYS_DRAWN, SITE_RECT, type OneSite } from './one-site.ts';

const HOST = 'portail-exemple.test';
const AT = `https://${HOST}`;

const BIG = 'display:block;width:100%;height:300px;font-size:60px';
/** A page whose whole upper part can be pressed. */
const page = (inner: string): string =>
  `<!doctype html><html lang="fr"><title>Page</title><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0">${inner}`;
/** The opened page, which reports that its scripts run. */
const REACHED = page(`<h1>Fiche</h1><script>fetch('/vit?' + location.pathname)</script>`);

const link = (attributes: string): string => page(`<a ${attributes} style="${BIG}">Ouvrir</a>`);
const FIELDS = '<input type="hidden" name="numero" value="1234567 é"><input type="hidden" name="session" value="abc">';
const form = (attributes: string, button: string): string =>
  page(`<form method="post" action="/fiche" ${attributes}>${FIELDS}${button}</form>`);
const BUTTON = `<button style="${BIG}">Envoyer</button>`;
const script = (work: string, more = ''): string =>
  page(`${more}<button id="agir" style="${BIG}">Ouvrir</button><script>agir.onclick = () => { ${work} }</script>`);

const pages: Readonly<Record<string, string>> = {
  '/lien-nomme': link('href="/fiche" target="fiche"'),
  '/lien-new': link('href="/fiche" target="_new"'),
  '/lien-opener': link('href="/fiche" target="_blank" rel="opener"'),
  '/lien-blank': link('href="/fiche" target="_blank"'),
  '/base': page(`<base target="_blank"><a href="/fiche" style="${BIG}">Ouvrir</a>`),
  '/detache': script(`const a = document.createElement('a'); a.href = '/fiche'; a.target = 'fiche'; a.click();`),
  '/formulaire-nomme': form('target="resultat"', BUTTON),
  '/formulaire-blank': form('target="_blank"', BUTTON),
  '/formulaire-bouton': form('', `<button formtarget="_blank" style="${BIG}">Envoyer</button>`),
  '/formulaire-script': script(
    `window.open('', 'paiement', 'width=400,height=300'); document.forms[0].submit();`,
    `<form method="post" action="/fiche" target="paiement">${FIELDS}</form>`,
  ),
  '/lien-et-formulaire': page(
    `<a href="/autre" style="${BIG}">Autre page</a><form method="post" action="/fiche" target="_blank">${FIELDS}${BUTTON}</form>`,
  ),
  '/open': script(`window.open('/fiche', 'fiche', 'width=300,height=300')`),
  '/cadre': page(
    `<a href="/fiche" target="cadre" style="${BIG}">Ouvrir</a><iframe name="cadre" style="width:600px;height:300px"></iframe>`,
  ),
  '/cadre-open': script(
    `window.open('/fiche', 'cadre')`,
    '<iframe name="cadre" style="width:600px;height:100px;position:absolute;top:400px"></iframe>',
  ),
  '/fiche': REACHED,
};

describe.skipIf(findChromium() === undefined)('a site that opens windows', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST],
      answer: ({ path }) => {
        const body = pages[path];
        return body === undefined ? { status: 204 } : { body };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const openAndPress = async (path: string): Promise<void> => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(400, 120);
  };

  const links = ['/lien-nomme', '/lien-new', '/lien-opener', '/lien-blank', '/base', '/open', '/detache'];
  it.each(links)('%s: the page opens, runs, gets the referrer, and leads back to the previous page', async (path) => {
    await openAndPress(path);
    await site.askedFor('/vit?/fiche');
    expect((await site.askedFor('/fiche')).headers.referer).toBe(`${AT}${path}`);
    await site.heard('navigated', (event) => event.url === `${AT}/fiche` && event.canGoBack);
    await site.guest.goBack();
    await site.heard('navigated', (event) => event.url === `${AT}${path}` && site.events.indexOf(event) > 2);
  });

  const forms = ['/formulaire-nomme', '/formulaire-blank', '/formulaire-bouton', '/formulaire-script'];
  it.each(forms)('%s: the form data is sent', async (path) => {
    await openAndPress(path);
    await site.askedFor('/vit?/fiche');
    const sent = site.asked.filter((one) => one.path === '/fiche');
    expect(sent.map(({ method, body }) => `${method} ${body}`)).toEqual(['POST numero=1234567+%C3%A9&session=abc']);
  });

  it('the form data is sent though the middle button was pressed on a link just before', async () => {
    await site.open(`${AT}/lien-et-formulaire`);
    await site.askedFor('/dessinee');
    const at = [String(SITE_RECT.x + 400), String(SITE_RECT.y + 120)];
    execFileSync('xdotool', ['mousemove', ...at, 'click', '2'], { env: { ...process.env, DISPLAY: site.display } });
    site.press(1200, 420); // beside the browser's own window, which is there for a moment
    expect((await site.askedFor('/fiche')).body).toBe('numero=1234567+%C3%A9&session=abc');
  });

  it.each(['/cadre', '/cadre-open'])('%s: opens in the frame with that name', async (path) => {
    await openAndPress(path);
    await site.askedFor('/vit?/fiche');
    expect(site.events.some((one) => one.kind === 'navigated' && one.url === `${AT}/fiche`)).toBe(false);
  });
});
