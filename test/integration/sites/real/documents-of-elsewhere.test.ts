/**
 * A document that a site stores on another host is downloaded. No page of that host is ever shown, or requested as a
 * page.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideInJourney } from '../../../../main/features/browsing/journey-policy.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, SAYS_DRAWN, type Answer, type OneSite } from './one-site.ts';

const HOST = 'caisse-exemple.test';
const STORE = 'stockage-exemple.test';
const AT = `https://${HOST}`;
const PDF = { type: 'application/pdf', body: '%PDF-1.4\n' };
/** It says so when it is shown. */
const HTML = {
  body: `<title>Ailleurs</title><h1>Ailleurs</h1><script>fetch('${AT}/montree', { mode: 'no-cors' })</script>`,
};

const stored: Readonly<Record<string, Answer>> = {
  '/objet/attestation.pdf?signature=a': {
    ...PDF,
    headers: { 'content-disposition': 'inline; filename="Attestation.pdf"' },
  },
  '/objet/lettre.odt': { type: 'application/vnd.oasis.opendocument.text', body: 'PK' },
  '/plan.webp': { type: 'image/webp', body: 'RIFF' },
  '/liste.csv': { type: 'text/csv', body: 'a;b' },
  '/recu.pdf': { ...PDF, headers: { 'content-disposition': 'attachment' } },
  '/recu.png': {
    type: 'image/png',
    body: 'PNG',
    headers: { 'content-disposition': 'attachment; filename="Recu.png"' },
  },
  '/faux.pdf': HTML,
  '/dessin.pdf': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  '/page': HTML,
};
const link = (to: string): string =>
  `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0"><a href="${to}" style="display:block;height:300px;font-size:60px">Ouvrir</a>`;
/** The press loads a hidden frame, as on a portal that downloads without leaving its page. */
const byFrame = (to: string): string =>
  `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0"><iframe name="cache" hidden></iframe><a href="${to}" target="cache" style="display:block;height:300px;font-size:60px">Télécharger</a>`;

/** On a busy machine the browser takes a while to ask. */
const WITHIN = { timeout: 10_000 };

describe.skipIf(findChromium() === undefined)('a document on another host', () => {
  let site: OneSite;
  let refused: unknown[] = [];
  /** How often a frame of the other host was judged. */
  let judgedFrames = 0;
  beforeEach(() => void ([refused, judgedFrames] = [[], 0]));
  beforeAll(async () => {
    const journey = { domains: [HOST], localHosts: [], frames: [] };
    site = await openOneSite({
      hosts: [HOST, STORE],
      logger: { log: (event, fields) => event === 'guest.request-refused' && refused.push(fields) },
      decide(request) {
        if (request.kind === 'frame' && new URL(request.url).host === STORE) judgedFrames += 1;
        return decideInJourney(request, journey);
      },
      answer({ host, path }) {
        if (host === STORE) return stored[path];
        const to = new URL(path, AT).searchParams.get('vers');
        if (path.startsWith('/redirige')) return { status: 302, headers: { location: `https://${STORE}${to}` } };
        const address = path.includes('par') ? `/redirige?vers=${to}` : `https://${STORE}${to}`;
        return { body: path.startsWith('/cadre') ? byFrame(address) : link(address) };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const press = async (way: string, to: string): Promise<void> => {
    await site.open(`${AT}${way}?vers=${encodeURIComponent(to)}`);
    await site.askedFor('/dessinee');
    site.press(300, 150);
  };
  const pages = () => site.events.filter((one) => one.kind === 'navigated' && !one.sameDocument);

  it.each([
    ['/lien', '/objet/attestation.pdf?signature=a', 'Attestation.pdf'],
    ['/par', '/objet/attestation.pdf?signature=a', 'Attestation.pdf'],
    ['/lien', '/objet/lettre.odt', 'lettre.odt'],
    ['/lien', '/liste.csv', 'liste.csv'],
    ['/lien', '/plan.webp', 'plan.webp'],
    ['/cadre', '/objet/attestation.pdf?signature=a', 'Attestation.pdf'],
    ['/cadre-par', '/objet/attestation.pdf?signature=a', 'Attestation.pdf'],
    ['/cadre', '/recu.pdf', 'recu.pdf'],
    ['/cadre', '/recu.png', 'Recu.png'],
    ['/cadre', '/objet/lettre.odt', 'lettre.odt'],
  ])('%s: %s is taken', async (way, to, suggestedName) => {
    await press(way, to);
    expect(await site.heard('download-done')).toMatchObject({ suggestedName });
    expect(pages()).toHaveLength(1);
    expect(site.events.some(({ kind }) => kind === 'blocked')).toBe(false);
  });

  it.each(['/faux.pdf', '/dessin.pdf', '/absent.pdf'])(
    '%s is a page named like a document, and is blocked',
    async (to) => {
      await press('/lien', to);
      await site.heard('blocked', ({ url }) => url === `https://${STORE}${to}`);
      expect(pages()).toHaveLength(1);
    },
  );

  // Pages frame pictures and texts of other hosts to show them, as advertisements do.
  it.each([
    ['/cadre', '/faux.pdf'],
    ['/cadre-par', '/faux.pdf'],
    ['/cadre', '/dessin.pdf'],
    ['/cadre', '/absent.pdf'],
    ['/cadre', '/plan.webp'],
    ['/cadre', '/liste.csv'],
  ])('%s: %s is neither shown in the frame nor taken', async (way, to) => {
    await press(way, to);
    await site.askedFor(to);
    await expect.poll(() => refused, WITHIN).toEqual([{ kind: 'frame', reason: 'outside-journey' }]);
    expect(site.events.some(({ kind }) => kind.startsWith('download'))).toBe(false);
    expect(site.asked.some(({ path }) => path === '/montree')).toBe(false);
    expect(judgedFrames).toBe(2); // when it is asked for and answered; once more if it were there
  });

  it('in a frame, a page is refused before any request', async () => {
    await press('/cadre', '/page');
    await expect.poll(() => refused, WITHIN).toEqual([{ kind: 'frame', reason: 'outside-journey' }]);
    expect(site.asked.some(({ host }) => host === STORE)).toBe(false);
  });

  it('a page is blocked before any request', async () => {
    await press('/lien', '/page');
    await site.heard('blocked', ({ url }) => url === `https://${STORE}/page`);
    expect(site.asked.some(({ host }) => host === STORE)).toBe(false);
  });
});
