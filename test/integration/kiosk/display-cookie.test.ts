/**
 * The display of a PC with a desktop: it only lets in programs that know its cookie, which is in a file that only the
 * person at the desktop may read. The browsers run as other accounts.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unprivileged } from '../../../main/npm-scripts/unprivileged.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { createSystemChromiumShell, findChromium } from '../../../main/shell/chromium/system-chromium.ts';
import type { Shell } from '../../../main/shell/port.ts';

const PAGE = { type: 'text/html', body: Buffer.from('<!doctype html><title>Accueil</title>') };
const COOKIE = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

/** One entry of an authority file, for every host and display: a family, then four fields, each behind its length. */
const authority = (): Buffer => {
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), COOKIE];
  const length = (bytes: Buffer): Buffer => Buffer.from([0, bytes.length]);
  return Buffer.concat([Buffer.from([0xff, 0xff]), ...fields.flatMap((field) => [length(field), field])]);
};

/** Theirs alone: a folder of mode 700, and in it the file of mode 600. */
let home: string;
let folder: string;
let server: ChildProcess;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'pn-desktop-'));
  writeFileSync(join(home, '.Xauthority'), authority(), { mode: 0o600 });
  folder = mkdtempSync('/dev/shm/pns-');
  chmodSync(folder, 0o777);
  server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp', '-auth', `${home}/.Xauthority`],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const [number] = (await once(server.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  vi.stubEnv('DISPLAY', `:${number.toString().trim()}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.kill();
  await once(server, 'exit');
  for (const one of [home, folder]) rmSync(one, { recursive: true, force: true });
});

const opened = async (): Promise<Shell> => {
  const shell = createSystemChromiumShell({ clock: systemClock, logger: silentLogger, folder });
  await shell.openKioskView({
    serve: async () => PAGE,
    onMessage: () => undefined,
    onReady: () => undefined,
    onClosed: () => undefined,
    window: { width: 640, height: 480 },
  });
  return shell;
};

const inHome = (): void => {
  vi.stubEnv('XAUTHORITY', undefined);
  vi.stubEnv('HOME', home);
};
const places = [
  ['named by XAUTHORITY', () => vi.stubEnv('XAUTHORITY', join(home, '.Xauthority'))],
  ['in the home of the person', inHome],
] as const;

describe.skipIf(findChromium() === undefined)('on a display with a cookie, the browser of our screens', () => {
  it.each(places)('is let in by a copy of the file %s, which goes with its profile', async (_where, set) => {
    set();
    const shell = await opened();
    expect(readdirSync(folder)).toHaveLength(1);
    await shell.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not let in without it', async () => {
    vi.stubEnv('XAUTHORITY', '/nonexistent');
    await expect(opened()).rejects.toThrow('ne démarre pas');
  });
});

describe.skipIf(process.getuid?.() !== 0)('a program that root starts as the browsers’ user, as Electron', () => {
  it.each(places)('is let in by a copy of the file %s, which goes with its home', (_where, set) => {
    set();
    const { command, words, env, forget } = unprivileged('xprop', ['-root'], join(folder, 'state'));
    const ran = spawnSync(command, words, { encoding: 'utf8', env: { ...process.env, ...env } });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    forget();
    expect(existsSync(env['XAUTHORITY'] ?? '')).toBe(false);
  });
});
