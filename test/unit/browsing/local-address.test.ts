/** A site of the démarche whose name leads into the local network here: the shell refuses it, as any other. */
import { beforeEach, describe, expect, it } from 'vitest';
import { openOneSite, type OneSite } from './one-site.ts';

const SITE = 'https://wwwd.caf.fr/suite';
let one: OneSite;
let logged: unknown[];
let counted: unknown[];
let hosts: string[];

beforeEach(async () => {
  [logged, counted, hosts] = [[], [], []];
  one = await openOneSite({
    logger: { log: (...line) => void logged.push(line) },
    counts: { add: (...count) => void counted.push(count) },
    onBlocked: (host) => void hosts.push(host),
  });
  logged.length = counted.length = 0;
});

const misled = (url: string): void => one.site.tell({ kind: 'blocked', url, reason: 'local-network' });

describe('a site of the démarche whose name leads into the local network', () => {
  it('is not found, rather than outside the démarche, and a retry asks for it again', async () => {
    misled(SITE);
    await one.clock.advance(0);
    expect(one.cover()).toEqual({ kind: 'unreachable', fault: 'name-not-found' });
    expect([counted, hosts]).toEqual([[], []]);
    expect(logged).toEqual([['guest.site-at-local-address']]);
    await one.browsing.handlers.resume({ how: 'retry' });
    expect(one.site.navigations.at(-1)).toBe(SITE);
  });

  it('leaves the page before it as it was', async () => {
    one.site.follow('https://wwwd.caf.fr/debut');
    misled(SITE);
    await one.browsing.handlers.back({});
    expect(one.cover()).toEqual({ kind: 'site' });
  });

  it('is the internet that does not answer, where other sites did not either', async () => {
    one.memory.setSilence({ several: true });
    misled(SITE);
    await one.clock.advance(0);
    expect(one.cover()).toEqual({ kind: 'unreachable', fault: 'offline' });
  });

  it('is no fault of its own, where something else answers for others too', async () => {
    one.memory.setSilence({ several: true, intercepted: true });
    misled(SITE);
    await one.clock.advance(0);
    expect(one.cover()).toEqual({ kind: 'unreachable', fault: 'intercepted' });
  });
});

it.each([
  ['https://10.0.0.1/connexion', 'local-network'],
  ['http://portail.exemple-de-jeux.test/', 'not-https'],
] as const)(
  'a démarche that leads to %s as it opens was intercepted by the network, and a retry asks for its site again',
  async (url, reason) => {
    const asked: string[] = [];
    const sites = {
      answer: (request: { readonly url: URL }) => (asked.push(request.url.href), { status: 503 }), // no page of it came
      keyOf: () => undefined,
    };
    const { site, cover, clock, browsing } = await openOneSite(
      {
        logger: { log: (...line) => void logged.push(line) },
        counts: { add: (...count) => void counted.push(count) },
        onBlocked: (host) => void hosts.push(host),
      },
      sites,
    );
    logged.length = counted.length = 0;
    site.tell({ kind: 'blocked', url, reason });
    await clock.advance(0);
    expect(cover()).toEqual({ kind: 'unreachable', fault: 'intercepted' });
    expect([counted, hosts, logged]).toEqual([[], [], [['guest.navigation-blocked', { reason }]]]);
    await browsing.handlers.resume({ how: 'retry' });
    expect(asked).toEqual([asked[0], asked[0]]);
  },
);

it.each(['https://192.168.1.1/', 'https://routeur.lan/', 'https://www.exemple-de-jeux.test/'])(
  'an address outside the démarche is blocked and counted: %s',
  async (url) => {
    misled(url);
    await one.clock.advance(0);
    expect(one.cover()).toMatchObject({ kind: 'blocked' });
    expect(counted).toEqual([['browsing.blocked', 'caf-rsa']]);
  },
);
