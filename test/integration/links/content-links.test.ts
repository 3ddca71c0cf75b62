/**
 * `npm run content:links` on the demonstration sites with the real guest: between two runs, one page moves, one dies
 * and one changes.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../main/config/load.ts';
import type { DemarcheConfig, KioskConfig } from '../../../main/config/kiosk-config.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemClock as clock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { createSystemChromiumShell } from '../../../main/shell/chromium/system-chromium.ts';
import type { Shell } from '../../../main/shell/port.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import type { Reply } from '../../fixtures/sites/web/exchange.ts';
import { ANY_PORT } from '../../harness/browser-ports.ts';
import { checkLinks } from '../../links/check-links.ts';
import { visit } from '../../links/visit.ts';

let display: Display;
let sites: Sites;
let shell: Shell;
let folder: string;
let config: KioskConfig;
const hostile = 'https://hostile-exemple.test';

const html = (title: string, body: string): Reply => ({
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html lang="fr"><title>${title}</title><header>Site</header><main><h1>${title}</h1>${body}</main>`,
});
const led = (location: string): Reply => ({ status: 302, headers: { location } });

/** A démarche of the demonstration with another address. */
const sheet = (id: string): DemarcheConfig => {
  const [model] = config.demarches;
  if (model === undefined) throw new Error('the demonstration has no démarche');
  return { ...model, id, url: `${hostile}/${id}`, domains: ['hostile-exemple.test'], bundles: [], steps: [] };
};

const run = async (ids: readonly string[]): Promise<Readonly<Record<string, string>>> => {
  const findings = await checkLinks({
    config: { ...config, demarches: ids.map(sheet) },
    out: join(folder, 'out'),
    today: '2026-11-26',
    pause: async () => undefined,
    print: () => undefined,
    visit: (address, journey) => visit({ shell, folder, clock, settleMs: 400, withinMs: 20_000 }, address, journey),
  });
  return Object.fromEntries((findings ?? []).map(({ asked, kind }) => [asked.ids[0] ?? '', kind]));
};
const asPage = (): string => readFileSync(join(folder, 'out', 'index.html'), 'utf8');

describe('content:links', () => {
  beforeAll(async () => {
    const demo = await loadConfig({ files: systemFiles, dir: join(import.meta.dirname, '../../fixtures/demo') });
    if (!demo.ok) throw new Error('the demonstration has a mistake');
    config = demo.value;
    display = await openDisplay({ existing: undefined, size: '1280x800' });
    process.env['DISPLAY'] = display.name;
    sites = await startSites();
    folder = mkdtempSync('/dev/shm/pnl-');
    chmodSync(folder, 0o777);
    shell = createSystemChromiumShell({
      clock,
      logger: silentLogger,
      folder,
      hostRules: `MAP *.test 127.0.0.1:${sites.port}`,
      trustedSpki: sites.spki,
      extraSwitches: () => [ANY_PORT],
    });
  });
  afterAll(async () => {
    await shell?.close();
    await sites?.stop();
    await display?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  // Each test has a first run of its own.
  beforeEach(() => rmSync(join(folder, 'out'), { recursive: true, force: true }));

  it('reports what moved, died or changed since the last run, and nothing else', async () => {
    const ids = ['reste', 'bouge', 'sort', 'meurt', 'change', 'robot'];
    for (const id of ids) sites.answer(`/${id}`, html(`Page ${id}`, '<form>…</form>'));
    expect(await run(ids)).toEqual(Object.fromEntries(ids.map((id) => [id, 'first'])));

    sites.answer('/bouge', led('/nouvelle-adresse'));
    sites.answer('/nouvelle-adresse', html('Page bouge', '<form>…</form>'));
    sites.answer('/sort', led('https://www.ailleurs-exemple.test/'));
    sites.answer('/meurt', { status: 404, body: 'Introuvable' });
    sites.answer('/change', html('Page changée', '<nav aria-label="Nouveau menu"></nav>'));
    sites.answer('/robot', { status: 403, body: 'Robot ?' });
    const asked = sites.log.length;
    expect(await run(ids)).toEqual({
      reste: 'same',
      bouge: 'moved',
      sort: 'moved',
      meurt: 'dead',
      change: 'changed',
      robot: 'wall',
    });

    const pages = sites.log.slice(asked).filter(({ destination }) => destination === 'document');
    expect(pages.map(({ path }) => path)).toEqual([
      '/reste',
      '/bouge',
      '/nouvelle-adresse',
      '/sort',
      '/meurt',
      '/change',
      '/robot',
    ]);
    const shown = asPage();
    expect(shown).toContain('4 à regarder');
    expect(shown).toContain(`${hostile}/nouvelle-adresse`);
    expect(shown).toContain('la borne s’y arrête');
    expect(shown).toContain('la page n’existe plus (404)');
    expect(shown).toContain('<q>nav Nouveau menu</q>');
    expect(shown).toContain('le site n’ouvre pas à un robot (403)');
    expect(await shell.leftovers()).toEqual([]);
  });

  it('reads the page where it stands still when it goes on by itself while it is read', async () => {
    // Busy, so that it has not answered what it shows when the next page, in a process of its own, takes its place.
    const goesOn = `<script>addEventListener('load', () => {
      location.replace('/suite');
      for (const end = Date.now() + 4_000; Date.now() < end; );
    })</script>`;
    sites.answer('/avance', html('Page avance', goesOn));
    const { headers, body } = html('La suite', '<form>…</form>');
    const apart = { ...headers, 'cross-origin-opener-policy': 'same-origin' };
    sites.answer('/suite', {
      wire: (response) => void setTimeout(() => response.writeHead(200, apart).end(body), 1_000),
    });
    expect(await run(['avance'])).toEqual({ avance: 'first' });
    expect(readFileSync(join(folder, 'out', 'last-run.json'), 'utf8')).toContain('"title": "La suite"');
  });

  it('reports a site that is down as dead, and one that asks for a password as closed', async () => {
    sites.answer('/reste', html('Page reste', '<form>…</form>'));
    expect(await run(['reste'])).toEqual({ reste: 'first' });

    sites.answer('/panne', { status: 500, body: 'En panne' });
    sites.answer('/garde', { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: '' });
    expect(await run(['reste', 'panne', 'garde'])).toEqual({ reste: 'same', panne: 'dead', garde: 'wall' });
  });
});
