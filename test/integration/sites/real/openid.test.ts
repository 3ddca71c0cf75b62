/** A real OpenID provider in the guest: sign-in by redirect, by form post, without a prompt; and sign-out. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideInJourney } from '../../../../main/features/browsing/journey-policy.ts';
import { silentLogger } from '../../../../main/log/logger.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import { openDisplay } from '../../../../main/npm-scripts/display.ts';
import { createSystemChromiumShell, findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import type { Guest, GuestEvent, Shell } from '../../../../main/shell/port.ts';
import { hosts } from '../../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../../fixtures/sites/serve.ts';
import { pressKeys } from '../../../harness/x-keyboard.ts';
import { until } from '../../../harness/until.ts';
import { SITE_RECT } from './one-site.ts';

const portail = `https://${hosts.portail}`;
const journey = { domains: [hosts.portail, hosts.hub], localHosts: [], frames: [] };
/** Generous, because CI machines are busy. */
const WITHIN_MS = 30_000;

describe.skipIf(findChromium() === undefined)('signing in with OpenID, in the guest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-openid-'));
  let sites: Sites;
  let shell: Shell;
  let display: Awaited<ReturnType<typeof openDisplay>>;
  beforeAll(async () => {
    chmodSync(folder, 0o777);
    sites = await startSites();
    display = await openDisplay({ existing: undefined, size: '1280x800' });
    process.env['DISPLAY'] = display.name;
    shell = createSystemChromiumShell({
      clock: systemClock,
      logger: silentLogger,
      folder,
      hostRules: `MAP *.test 127.0.0.1:${sites.port}`,
      trustedSpki: sites.spki,
    });
  }, 60_000);
  afterAll(async () => {
    await shell?.close();
    await sites?.stop();
    await display?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  let guest: Guest;
  let events: GuestEvent[];
  let from: number;
  beforeEach(async () => {
    events = [];
    from = sites.log.length;
    guest = await shell.openGuest({
      on: (event) => void events.push(event),
      policy: { decide: (request) => decideInJourney(request, journey) },
    });
    await guest.show(SITE_RECT);
  });
  afterEach(() => guest.close());

  const log = () => sites.log.slice(from);
  const isAt = async (address: string): Promise<void> => {
    const reached = (): boolean => {
      const last = events.findLast((one) => one.kind === 'navigated');
      const loading = events.findLast((one) => one.kind === 'loading');
      return last?.url.startsWith(address) === true && loading?.loading === false;
    };
    await until(`the guest is at ${address}`, reached, WITHIN_MS);
    await new Promise((resolve) => setTimeout(resolve, 700)); // presses before the first paint are lost
  };
  const press = (...keys: readonly string[]): void => pressKeys(display.name, ...keys);
  const click = (x: number, y: number): void => {
    const at = [String(SITE_RECT.x + x), String(SITE_RECT.y + y)];
    execFileSync('xdotool', ['mousemove', ...at, 'click', '1'], { env: { ...process.env, DISPLAY: display.name } });
  };
  /** Signs in at the hub and the identity provider by keyboard. */
  const signIn = async (begin: string): Promise<void> => {
    await guest.navigate(begin);
    await signInAtHub();
  };
  const signInAtHub = async (): Promise<void> => {
    await isAt(`https://${hosts.hub}/choix`);
    click(1_240, 690);
    press('Tab', 'Return');
    await isAt(`https://${hosts.identity}/connexion`);
    click(1_240, 690);
    press('Tab', 'c', 'a', 'm', 'Tab', 's', 'e', 'c', 'r', 'e', 't', 'Return');
    await isAt(`https://${hosts.hub}/retour`);
    click(1_240, 690);
    press('Tab', 'Return');
  };
  const cameBack = (path: string) => log().filter((one) => one.host === hosts.portail && one.path.startsWith(path));

  it('by redirect', async () => {
    await signIn(`${portail}/api/connexion?suite=/attestation`);
    await isAt(`${portail}/#/attestation`);
    expect(cameBack('/retour?code=')).toMatchObject([{ method: 'GET', destination: 'document', ledBy: 'cross-site' }]);
  });

  it('by a form that the hub’s page posts, with the cookie by which the portal recognises its request', async () => {
    await signIn(`${portail}/api/connexion?suite=/attestation&maniere=formulaire`);
    await isAt(`${portail}/#/attestation`);
    const [posted] = cameBack('/retour-formulaire');
    expect(posted).toMatchObject({ method: 'POST', destination: 'document', ledBy: 'cross-site' });
    expect(posted?.cookies).toHaveProperty('etat-portail');
  });

  it('in a window that notifies its opener and closes; the opener is signed in', async () => {
    await guest.navigate(`${portail}/connexion-fenetre`);
    await isAt(`${portail}/connexion-fenetre`);
    click(300, 200);
    await signInAtHub();
    // The opener got the message, asked the server who is signed in, and never unloaded.
    const asked = await until('the opener asks who is there', () => cameBack('/api/moi')[0], WITHIN_MS);
    expect(asked.cookies).toHaveProperty('session-portail');
    await isAt(`${portail}/connexion-fenetre`);
    expect(cameBack('/connexion-fenetre')).toHaveLength(1);
    expect(cameBack('/retour-fenetre?code=')).toMatchObject([{ destination: 'document', ledBy: 'cross-site' }]);
    expect(events.some(({ kind }) => kind === 'blocked' || kind === 'crashed')).toBe(false);
  });

  it('without a prompt while the hub has a session, and no longer after signing out there', async () => {
    const silently = `${portail}/api/connexion?maniere=silence`;
    await signIn(`${portail}/api/connexion`);
    await isAt(`${portail}/#/dossier`);
    await guest.navigate(silently);
    await until('the hub knows who is there', () => cameBack('/retour-fenetre?code=')[0], WITHIN_MS);
    await guest.navigate(`${portail}/deconnexion-partout`);
    await isAt(`https://${hosts.hub}/deconnexion`);
    click(1_240, 690);
    press('Tab', 'Return');
    await isAt(`${portail}/#/accueil`);
    await guest.navigate(silently);
    await until('nobody is known', () => cameBack('/retour-fenetre?error=login_required')[0], WITHIN_MS);
    expect(events.some(({ kind }) => kind === 'blocked')).toBe(false);
  });

  // Compared with plain Chromium 156, which does not give a frame the cookies of another site either, whatever their
  // SameSite.
  it('not in a frame: third-party cookies are not sent, as in any Chromium', async () => {
    await signIn(`${portail}/api/connexion`);
    await isAt(`${portail}/#/dossier`);
    await guest.navigate(`${portail}/connexion-silence`);
    await until('nobody is known', () => cameBack('/retour-fenetre?error=login_required')[0], WITHIN_MS);
    const asked = log().filter(({ host, path }) => host === hosts.hub && path.includes('prompt=none'));
    expect(asked).toMatchObject([{ destination: 'iframe', ledBy: 'cross-site', cookies: {} }]);
  });
});
