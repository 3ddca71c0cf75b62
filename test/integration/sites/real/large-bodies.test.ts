/** A form of any size arrives complete, and the policy still decides where it leads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideInJourney } from '../../../../main/features/browsing/journey-policy.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const HOST = 'envois-exemple.test';
const FORBIDDEN = 'ailleurs-exemple.test';
const AT = `https://${HOST}`;

/** Quotes and backslashes are escaped in DevTools messages, so they are in the data. */
const form = (megabytes: number, action: string, then = ''): string => `<!doctype html><title>Envoi</title>
<link rel="icon" href="data:,"><form method="post" enctype="multipart/form-data" action="${action}">
<input type="hidden" name="scan"></form><script>
document.forms[0].scan.value = 'pièce "jointe"\\\\'.padEnd(${megabytes} * 1_000_000, 'x');
addEventListener('load', () => setTimeout(() => document.forms[0].submit(), 100)); ${then}
</script>`;
const RECEIVED = { body: '<!doctype html><link rel="icon" href="data:,"><title>Reçu</title><p>Reçu' };

describe.skipIf(findChromium() === undefined)('a form with a large body', () => {
  let site: OneSite;
  beforeAll(async () => {
    const journey = { domains: [HOST], localHosts: [], frames: [] };
    site = await openOneSite({
      hosts: [HOST, `sous.${HOST}`, FORBIDDEN],
      decide: (request) => decideInJourney(request, journey),
      answer({ path }) {
        const { pathname, searchParams } = new URL(path, AT);
        const megabytes = Number(searchParams.get('mo'));
        switch (pathname) {
          case '/envoi':
            return { body: form(megabytes, searchParams.get('vers') ?? '/recu') };
          case '/rien':
            return { status: 204 };
          case '/mene':
            return { status: Number(searchParams.get('par')), headers: { location: searchParams.get('a') ?? '' } };
          case '/recu':
          case '/page.pdf':
            return RECEIVED;
          default:
            return undefined;
        }
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const blocked = (): boolean => site.events.some(({ kind }) => kind === 'blocked');
  const open = (megabytes: number, to: string): Promise<void> =>
    site.open(`${AT}/envoi?mo=${megabytes}&vers=${encodeURIComponent(to)}`);

  it.each([1, 25, 80])('%i MB arrive complete, and the response page is shown', async (megabytes) => {
    await open(megabytes, '/recu');
    const { body } = await until('it arrives', () => site.asked.find(({ path }) => path === '/recu'), 60_000);
    expect(body).toContain(`${Buffer.from('pièce "jointe"\\').toString('latin1')}xxx`);
    const padding = body.lastIndexOf('xxx') + 3 - body.indexOf('xxx');
    expect(padding).toBe(megabytes * 1_000_000 - 'pièce "jointe"\\'.length);
    await site.heard('navigated', ({ url }) => url === `${AT}/recu`);
    expect(blocked()).toBe(false);
  });

  it('200 MB arrive, or the browser that runs out of memory is ended: never a false « bloqué », never an endless wait', async () => {
    await open(200, '/recu');
    const outcome = await until(
      'the form was sent, or its browser ended',
      () => site.events.some(({ kind }) => kind === 'crashed') || site.asked.find((one) => one.path === '/recu'),
      90_000,
    );
    if (typeof outcome === 'object') expect(outcome.body.length).toBeGreaterThan(200_000_000);
    expect(blocked()).toBe(false);
  }, 120_000);

  it('gets an empty response: the page stays, and the upload is reported as ended', async () => {
    await open(25, '/rien');
    await site.askedFor('/rien');
    await site.heard('sending', ({ sending }) => !sending);
    expect(blocked()).toBe(false);
  });

  it.each([302, 307])('is redirected out of the journey (%i): blocked before any request there', async (status) => {
    await open(2, `/mene?par=${status}&a=${encodeURIComponent(`https://${FORBIDDEN}/recu`)}`);
    await site.heard('blocked', ({ url }) => url === `https://${FORBIDDEN}/recu`);
    expect(site.asked.some(({ host }) => host === FORBIDDEN)).toBe(false);
  });

  it('is redirected to a document on another host: blocked, because we could not check that it is a document', async () => {
    await open(2, `/mene?par=303&a=${encodeURIComponent(`https://${FORBIDDEN}/page.pdf`)}`);
    await site.heard('blocked', ({ url }) => url === `https://${FORBIDDEN}/page.pdf`);
    expect(site.asked.some(({ host }) => host === FORBIDDEN)).toBe(false);
  });

  it('is redirected from host to host: every step is checked', async () => {
    const third = `${AT}/mene?par=307&a=${encodeURIComponent(`https://${FORBIDDEN}/recu`)}`;
    const second = `https://sous.${HOST}/mene?par=307&a=${encodeURIComponent(third)}`;
    await open(2, `/mene?par=307&a=${encodeURIComponent(second)}`);
    await site.heard('blocked', ({ url }) => url === `https://${FORBIDDEN}/recu`);
    expect(site.asked.map(({ host }) => host)).not.toContain(FORBIDDEN);
  });
});
