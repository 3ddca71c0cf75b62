/**
 * Pages that navigate or close themselves all the time: the guest keeps working, reports its address, and can still be
 * navigated.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideInJourney } from '../../../../main/features/browsing/journey-policy.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const HOST = 'remuant-exemple.test';
const FORBIDDEN = 'ailleurs-exemple.test';
const STEPS = 12;
const hostAt = (step: number): string => `h${step}.${HOST}`;
const page = (inner: string): string => `<!doctype html><title>Page</title><link rel="icon" href="data:,">${inner}`;
const LIVES = `<script>setInterval(() => fetch('/vit'), 200)</script>`;

describe.skipIf(findChromium() === undefined)('a page that never rests', () => {
  let site: OneSite;
  beforeAll(async () => {
    const journey = { domains: [HOST], localHosts: [], frames: [] };
    site = await openOneSite({
      hosts: [HOST, `*.${HOST}`, FORBIDDEN],
      decide: (request) => decideInJourney(request, journey),
      answer({ path }) {
        const { pathname, searchParams } = new URL(path, `https://${HOST}`);
        const step = Number(searchParams.get('pas'));
        switch (pathname) {
          case '/saute':
            return step < STEPS
              ? { body: page(`<script>location.href = 'https://${hostAt(step + 1)}/saute?pas=${step + 1}'</script>`) }
              : { body: page(LIVES) };
          case '/redirige':
            return step < STEPS
              ? { status: 302, headers: { location: `https://${hostAt(step + 1)}/redirige?pas=${step + 1}` } }
              : { status: 302, headers: { location: `https://${FORBIDDEN}/` } };
          case '/rien-toujours':
            return { body: page(`${LIVES}<script>setInterval(() => { location.href = '/rien' }, 50)</script>`) };
          case '/ferme-toujours':
            return {
              body: page(
                `${LIVES}<script>setInterval(() => { window.close(); open('', '_self').close() }, 50)</script>`,
              ),
            };
          case '/calme':
            return { body: page(LIVES) };
          default:
            return { status: 204 };
        }
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const lives = async (): Promise<void> => {
    const from = site.asked.length;
    await until('the page goes on', () => site.asked.slice(from).some(({ path }) => path === '/vit'));
    expect(site.events.some(({ kind }) => kind === 'crashed')).toBe(false);
  };

  it('changes its host at each step: every host is requested, and the last page works', async () => {
    await site.open(`https://${HOST}/saute?pas=0`);
    await site.heard('navigated', ({ url }) => url === `https://${hostAt(STEPS)}/saute?pas=${STEPS}`);
    const asked = site.asked.filter(({ path }) => path.startsWith('/saute')).map(({ host }) => host);
    expect(asked).toEqual([HOST, ...Array.from({ length: STEPS }, (_, step) => hostAt(step + 1))]);
    await lives();
  });

  it('is redirected from host to host and finally out of the journey: blocked, without a request there', async () => {
    await site.open(`https://${HOST}/redirige?pas=0`);
    await site.heard('blocked', ({ url }) => url === `https://${FORBIDDEN}/`);
    expect(site.asked.some(({ host }) => host === FORBIDDEN)).toBe(false);
  });

  it.each(['/rien-toujours', '/ferme-toujours'])('%s: keeps running, and can be navigated', async (path) => {
    await site.open(`https://${HOST}${path}`);
    await lives();
    await site.guest.navigate(`https://${HOST}/calme`);
    await site.heard('navigated', ({ url }) => url === `https://${HOST}/calme`);
    await lives();
  });
});
