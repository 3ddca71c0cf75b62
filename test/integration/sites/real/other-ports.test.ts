/**
 * A démarche may name pages on another port than 443. The names are not mapped here: the guest's egress connects to the
 * port of the address.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KioskConfig } from '../../../../main/config/kiosk-config.ts';
import { decideInJourney, journeyOf, type Journey } from '../../../../main/features/browsing/journey-policy.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { demarcheWith, load, rightSite } from '../../../unit/config/folder.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const HOST = 'intranet-exemple.test';
/** Belongs to the journey too, but the démarche does not name its port. */
const WITHOUT_PORT = 'autre.intranet-exemple.test';

const page = (inner: string): string =>
  `<!doctype html><html lang="fr"><title>Page</title><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0">${inner}`;
const link = (to: string): string =>
  page(`<a href="${to}" style="display:block;height:300px;font-size:60px">Continuer</a>`);

const configFor = async (start: string): Promise<KioskConfig> => {
  const config = await load({
    'site.yaml': `${rightSite}localHosts: [${HOST}]\n`,
    'demarches/caf-rsa.yaml': demarcheWith(`url: ${start}/`, `ports: ['${new URL(start).host}']\n`).replace(
      'domains: [caf.fr]',
      `domains: [${HOST}]`,
    ),
  });
  if (!config.ok) throw new Error(`the configuration is wrong: ${JSON.stringify(config.error)}`);
  return config.value;
};

describe.skipIf(findChromium() === undefined)('a démarche that names a port', () => {
  let site: OneSite;
  let other: Server;
  let reached = 0;
  let at = '';
  let journey: Journey | undefined;
  beforeAll(async () => {
    other = createServer((socket) => {
      reached += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port: otherPort } = other.address() as AddressInfo;
    const leads: Readonly<Record<string, () => string>> = {
      '/': () => link('/suite'),
      '/suite': () => page('<h1>Suite</h1>'),
      '/port': () => link(`https://${HOST}:${otherPort}/`),
      '/nom': () => link(`https://${WITHOUT_PORT}:${site.port}/`),
    };
    site = await openOneSite({
      hosts: [HOST, WITHOUT_PORT],
      atItsPort: true,
      decide: (request) => (journey ? decideInJourney(request, journey) : { allow: false, reason: 'outside-journey' }),
      answer({ path }) {
        const body = leads[path]?.();
        return body === undefined ? undefined : { body };
      },
    });
    at = `https://${HOST}:${site.port}`;
    const config = await configFor(at);
    const [demarche] = config.demarches;
    if (!demarche) throw new Error('the configuration has no démarche');
    journey = journeyOf(demarche, config, () => false);
  }, 60_000);
  afterAll(async () => {
    await site?.stop();
    other?.close();
  });

  const press = async (path: string): Promise<void> => {
    await site.open(`${at}${path}`);
    await site.askedFor('/dessinee');
    site.press(300, 150);
  };

  it('opens there, through the gate and the egress, and its links lead on', async () => {
    await press('/');
    await site.heard('navigated', ({ url }) => url === `${at}/suite`);
    expect((await site.askedFor('/suite')).host).toBe(new URL(at).host);
    expect(site.events.some(({ kind }) => kind === 'blocked' || kind === 'load-failed')).toBe(false);
  });

  it.each(['/port', '/nom'])(
    '%s: another port, or this port of another name, is blocked before any connection',
    async (path) => {
      await press(path);
      const { url, reason } = await site.heard('blocked');
      expect({ host: new URL(url).host === new URL(at).host, reason }).toEqual({
        host: false,
        reason: 'outside-journey',
      });
      expect(site.asked.some(({ host }) => host.startsWith(WITHOUT_PORT))).toBe(false);
      expect(reached).toBe(0);
    },
  );
});
