/**
 * Runs the code with which the e2e suite drives Electron, without Electron: a stand-in program gives the same files the
 * recording fake, and a real Chromium to connect to. It does not show what a person would see on Electron.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { othersMayReach } from '../../../main/npm-scripts/unprivileged.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import { placeOfSite } from '../../harness/electron/site-place.ts';
import { runOnElectron } from '../../harness/electron/run-on-electron.ts';
import { makeStandIn } from '../../harness/electron/stand-in.ts';
import type { JoinedKiosk } from '../../harness/joined-kiosk.ts';
import { demoConfig } from '../../harness/running-kiosk.ts';

let folder: string;
let display: Display;
let sites: Sites;

beforeAll(async () => {
  folder = mkdtempSync('/dev/shm/pnt-');
  chmodSync(folder, 0o777);
  display = await openDisplay({ existing: undefined, size: '1280x800' });
  sites = await startSites();
});
afterAll(async () => {
  await sites.stop();
  await display.stop();
  rmSync(folder, { recursive: true, force: true });
});

const program = (name: string, script: string): string => {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
};

const run = (words: string, lines: string[] = []): Promise<JoinedKiosk> =>
  runOnElectron(
    {
      argv: ['--demo'],
      display: display.name,
      folder,
      state: join(folder, 'state'),
      demoSites: { hostRules: `MAP *.test 127.0.0.1:${sites.port}`, trustedSpki: sites.spki },
      demoConfigDir: demoConfig,
      lines,
    },
    words,
  );

// As root, Electron runs as another user, who must be able to read the project. A checkout in root's home is not
// readable.
const mayRun = process.getuid?.() !== 0 || othersMayReach(join(import.meta.dirname, '../../..'));

it.skipIf(!mayRun)('starts the kiosk, connects to its pages, asks where the site is, stops it', async () => {
  const pages = [
    `--host-resolver-rules=MAP * 127.0.0.1:${sites.port}`,
    `--ignore-certificate-errors-spki-list=${sites.spki}`,
    '--no-first-run',
    'data:text/html,<title>point-numerique</title>',
    'https://kiosk.localhost/',
    'https://www.caisse-exemple.test/',
  ];
  const lines: string[] = [];
  const kiosk = await run(await makeStandIn(folder, pages), lines);
  try {
    expect(new URL(kiosk.screens.url()).host).toBe('kiosk.localhost');
    const site = await kiosk.guestPage();
    expect(new URL(site.url()).host).toBe('www.caisse-exemple.test');
    expect(await site.locator('[data-cookies=refuser]').count()).toBe(1);
    expect(lines.some((line) => /browser-started.*"kiosk-view"/.test(line))).toBe(true);
    expect(await kiosk.siteRect()).toBeUndefined();
  } finally {
    await kiosk.stop();
  }
  expect(lines.some((line) => line.includes('kiosk.bug'))).toBe(false);
});

it('reports the program’s output when it exits at once', async () => {
  await expect(run(program('broken', 'echo "no display here" >&2; exit 3'))).rejects.toThrow('no display here');
});

it('finds the visible site: the view above our screens, at the position of the window', () => {
  const view = (x: number) => ({
    getBounds: () => ({ x, y: 96, width: 800, height: 600 }),
    getVisible: () => true,
  });
  const ours = { getBounds: () => ({ x: 0, y: 0, width: 1280, height: 800 }), getVisible: () => true };
  const window = (...children: readonly (typeof ours)[]) => ({
    getContentBounds: () => ({ x: 10, y: 20, width: 1280, height: 800 }),
    contentView: { children },
  });
  expect(placeOfSite([])).toBeUndefined();
  expect(placeOfSite([window(ours)])).toBeUndefined();
  expect(placeOfSite([window(view(1), ours)])).toBeUndefined();
  expect(placeOfSite([window(view(1), ours, view(5))])).toEqual({
    x: 15,
    y: 116,
    width: 800,
    height: 600,
  });
  expect(() => placeOfSite([window(ours, view(1), view(2))])).toThrow('2 sites');
  expect(() => placeOfSite([window(ours), window(ours)])).toThrow('2 windows');
});
