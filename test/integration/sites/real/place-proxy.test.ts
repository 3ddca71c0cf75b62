/** A place whose only way out is a proxy: no name server knows the sites, and nothing else reaches them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openPlaceProxy, type PlaceProxy } from '../../../harness/place-proxy.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const [HOST, OTHER] = ['mandataire-exemple.test', 'autre-exemple.test'];

const PAGE = `<!doctype html><title>Page</title><link rel="icon" href="data:,">
  <form method="post" action="/envoi"><input name="nom" value="Dupont"></form>
  <script>fetch('https://${OTHER}:' + location.port + '/ailleurs', { mode: 'no-cors' }).then(() => document.forms[0].submit())</script>`;

describe.skipIf(findChromium() === undefined)('behind the proxy of the place', () => {
  let proxy: PlaceProxy;
  let site: OneSite;
  beforeAll(async () => {
    proxy = await openPlaceProxy();
    site = await openOneSite({
      hosts: [HOST, OTHER],
      proxy,
      answer: ({ path }) => (path === '/' ? { body: PAGE } : { body: 'vu' }),
    });
  }, 60_000);
  afterAll(async () => {
    await site?.stop();
    await proxy?.stop();
  });

  it('a page is shown, with what it loads and sends', async () => {
    await site.open(`https://${HOST}:${site.port}/`);
    expect((await site.askedFor('/envoi')).body).toBe('nom=Dupont');
    expect(site.asked.map(({ host, path }) => `${host.split(':')[0]}${path}`)).toContain(`${OTHER}/ailleurs`);
    expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:${site.port}`, `${OTHER}:${site.port}`]));
  });

  it.each([
    [403, 'refused'],
    [407, 'offline'],
  ] as const)('the person reads why when it says %i', async (status, fault) => {
    await site.open(`https://${OTHER}:${site.port}/`);
    proxy.says(status);
    try {
      await site.guest.navigate(`https://${HOST}:${site.port}/suite`);
      expect(await site.heard('load-failed')).toMatchObject({ fault });
    } finally {
      proxy.says(undefined);
    }
  });
});
