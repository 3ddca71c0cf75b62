/**
 * When an error response has a page of the site, that page is shown. Our own page is for errors without readable
 * content.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { pdfText } from '../papers.ts';
import { openOneSite, SAYS_DRAWN, type OneSite, type Answer } from './one-site.ts';

const HOST = 'compte-exemple.test';
const AT = `https://${HOST}`;

const own = (words: string): string =>
  `<!doctype html><html lang="fr"><title>Compte</title><link rel="icon" href="data:,"><style>p { color: #333 }</style><p>${words}</p><a href="/">Retour</a>`;
/** Default error pages of web servers. */
const nginx = (words: string): string =>
  `<html><head><title>${words}</title></head><body><center><h1>${words}</h1></center><hr><center>nginx</center></body></html>`;
/** Words of an old portal, without style or link. */
const bare = (words: string): string => `<html><body><h3>${words}</h3></body></html>`;
const posts = (to: string): Answer => ({
  body: `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0"><form method="post" action="${to}"><input type="hidden" name="numero" value="42"><button style="width:100%;height:300px">Envoyer</button></form>`,
});
const BASIC = { 'www-authenticate': 'Basic realm="Compte"' };

const pages: Readonly<Record<string, Answer>> = {
  '/': posts('/envoi'),
  '/401': { status: 401, body: own('Mot de passe incorrect.') },
  '/500': { status: 500, body: own('Le service revient demain.') },
  '/503': { status: 503, body: own('Maintenance jusqu’à midi.') },
  '/500-script': {
    status: 500,
    body: '<!doctype html><div id="app"></div><script>app.textContent = "En panne"</script>',
  },
  '/401-nginx': { status: 401, body: nginx('401 Authorization Required') },
  '/401-demande': { status: 401, headers: BASIC, body: own('Identifiez-vous.') },
  '/502-nginx': { status: 502, body: nginx('502 Bad Gateway') },
  '/500-vide': { status: 500 },
  '/500-texte': { status: 500, type: 'text/plain', body: 'upstream connect error' },
  '/401-nu': { status: 401, body: bare('Mot de passe incorrect.') },
  '/303-500': { status: 303, headers: { location: '/500' } },
  '/307-500': { status: 307, headers: { location: '/500' } },
  '/303-502-nginx': { status: 303, headers: { location: '/502-nginx' } },
  '/ouvrier': {
    body: `<!doctype html><link rel="icon" href="data:,"><body style="margin:0"><a href="/parti" style="display:block;height:300px">Suite</a><script>
      navigator.serviceWorker.register('/ouvrier.js');
      navigator.serviceWorker.addEventListener('controllerchange', () => fetch('/prise'));
    </script>`,
  },
  '/ouvrier.js': {
    type: 'text/javascript',
    body: `addEventListener('activate', (event) => event.waitUntil(clients.claim()));
      addEventListener('fetch', (event) => {
        if (event.request.mode === 'navigate') event.respondWith(Response.error());
      });`,
  },
  '/500-fichier': { status: 500, headers: { 'content-disposition': 'attachment; filename="a.txt"' }, body: 'x' },
};

describe.skipIf(findChromium() === undefined)('a site that replies with an error', () => {
  let site: OneSite;
  let broken = false;
  const logged: string[] = [];
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST],
      logger: { log: (event) => void logged.push(event) },
      answer: ({ path, method }) =>
        path === '/envoi'
          ? method === 'POST' && !broken
            ? { body: own('Bien reçu.') }
            : { status: 503, body: nginx('503 Service Unavailable') }
          : path.startsWith('/formulaire/')
            ? posts(path.replace('/formulaire', ''))
            : pages[path],
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const failures = () => site.events.filter((one) => one.kind === 'load-failed');

  it.each(['/401', '/401-demande', '/500', '/503', '/500-script'])('%s: its own page is shown', async (path) => {
    await site.open(`${AT}${path}`);
    await site.heard('navigated', (event) => event.url === `${AT}${path}`);
    expect(failures()).toEqual([]);
  });

  it.each([
    ['/401-nginx', 'login-wanted'],
    ['/502-nginx', 'server-error'],
    ['/500-vide', 'server-error'],
    ['/500-texte', 'server-error'],
    ['/500-fichier', 'server-error'],
  ])('%s: has nothing to read, so one failure is reported', async (path, fault) => {
    await site.open(`${AT}${path}`);
    await site.heard('load-failed', (event) => event.fault === fault);
    expect(failures()).toHaveLength(1);
    expect(site.events.some((one) => one.kind === 'navigated' && one.url.startsWith(AT))).toBe(false);
  });

  const sends = async (path: string): Promise<void> => {
    await site.open(`${AT}/formulaire${path}`);
    await site.askedFor('/dessinee');
    site.press(300, 100);
  };

  it.each([
    ['/401', '/401', 'Mot de passe incorrect.'],
    ['/401-nu', '/401-nu', 'Mot de passe incorrect.'],
    ['/303-500', '/500', 'Le service revient demain.'],
    ['/307-500', '/500', 'Le service revient demain.'],
  ])('a form sent to %s: the page of the site is shown, and leads back', async (path, reached, words) => {
    await sends(path);
    await site.heard('navigated', ({ url, canGoBack }) => url === `${AT}${reached}` && canGoBack);
    const printed = await site.guest.printToPdf();
    if (printed === 'too-large') throw new Error('too large');
    expect(await pdfText(Buffer.from(printed))).toContain(words);
    expect(failures()).toEqual([]);
    await site.guest.goBack();
    await until('the form again', () =>
      site.events.findLast((one) => one.kind === 'navigated')?.url.includes('/formulaire/'),
    );
  });

  it.each([
    ['/401-nginx', 'login-wanted', true],
    ['/502-nginx', 'server-error', true],
    ['/303-502-nginx', 'server-error', undefined],
  ])('a form sent to %s: has nothing to read, so one failure is reported', async (path, fault, sent) => {
    await sends(path);
    await site.heard('load-failed', (event) => event.fault === fault && event.sent === sent);
    expect(failures()).toHaveLength(1);
  });

  it('whose service worker does not answer: a failure is reported, and no policy of the PC accused', async () => {
    await site.open(`${AT}/ouvrier`);
    await site.askedFor('/prise');
    site.press(300, 100);
    expect(await site.heard('load-failed')).toEqual({ kind: 'load-failed', url: `${AT}/parti`, fault: 'refused' });
    await until('its error page', async () => {
      const printed = await site.guest.printToPdf();
      return printed !== 'too-large' && (await pdfText(Buffer.from(printed))).includes('ERR_FAILED');
    });
    expect(logged).not.toContain('guest.refused-by-policy');
  });

  it('a form whose sending failed is sent again on retry, not just requested', async () => {
    broken = true;
    await site.open(`${AT}/`);
    await site.askedFor('/dessinee');
    site.press(300, 100);
    expect(await site.heard('load-failed')).toMatchObject({ url: `${AT}/envoi`, sent: true });
    broken = false;
    await site.guest.reload();
    await site.heard('navigated', (event) => event.url === `${AT}/envoi`);
    expect(site.asked.filter((one) => one.path === '/envoi').map(({ method, body }) => `${method} ${body}`)).toEqual([
      'POST numero=42',
      'POST numero=42',
    ]);
  });
});
