/**
 * A document that a site stores on another host is downloaded. No page of that host is ever shown, or requested as a
 * page.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideInJourney } from '../../../../main/features/browsing/journey-policy.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, SAYS_DRAWN, type Answer, type OneSite } from './one-site.ts';

const HOST = 'caisse-exemple.test';
const STORE = 'stockage-exemple.test';
const AT = `https://${HOST}`;
const PDF = { type: 'application/pdf', body: '%PDF-1.4\n' };
const HTML = { body: '<title>Ailleurs</title><h1>Ailleurs</h1>' };

const stored: Readonly<Record<string, Answer>> = {
  '/objet/attestation.pdf?signature=a': {
    ...PDF,
    headers: { 'content-disposition': 'inline; filename="Attestation.pdf"' },
  },
  '/objet/lettre.odt': { type: 'application/vnd.oasis.opendocument.text', body: 'PK' },
  '/plan.webp': { type: 'image/webp', body: 'RIFF' },
  '/liste.csv': { type: 'text/csv', body: 'a;b' },
  '/faux.pdf': HTML,
  '/dessin.pdf': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  '/page': HTML,
};
const link = (to: string): string =>
  `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0"><a href="${to}" style="display:block;height:300px;font-size:60px">Ouvrir</a>`;

describe.skipIf(findChromium() === undefined)('a document on another host', () => {
  let site: OneSite;
  beforeAll(async () => {
    const journey = { domains: [HOST], localHosts: [], frames: [] };
    site = await openOneSite({
      hosts: [HOST, STORE],
      decide: (request) => decideInJourney(request, journey),
      answer({ host, path }) {
        if (host === STORE) return stored[path];
        const to = new URL(path, AT).searchParams.get('vers');
        if (path.startsWith('/redirige')) return { status: 302, headers: { location: `https://${STORE}${to}` } };
        return { body: link(path.startsWith('/par') ? `/redirige?vers=${to}` : `https://${STORE}${to}`) };
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

  it('a page is blocked before any request', async () => {
    await press('/lien', '/page');
    await site.heard('blocked', ({ url }) => url === `https://${STORE}/page`);
    expect(site.asked.some(({ host }) => host === STORE)).toBe(false);
  });
});
