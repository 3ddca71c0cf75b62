/**
 * The whole way from the counters of two real kiosks to the page of all sites: database, key, signed weeks, register,
 * page.
 */
import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../../main/config/load.ts';
import type { KioskConfig } from '../../../main/config/kiosk-config.ts';
import { shiftWeek, type Week } from '../../../main/features/usage/iso-week.ts';
import { knownFromConfig } from '../../../main/features/usage/known-from-config.ts';
import { allowedCells } from '../../../main/features/usage/known-keys.ts';
import { KEY_RANGE, MAX_NOISE } from '../../../main/features/usage/noise.ts';
import { registerCommand } from '../../../main/features/usage/register-command.ts';
import { createTrust } from '../../../main/features/usage/register.ts';
import { reportCommand } from '../../../main/features/usage/report-command.ts';
import type { Usage } from '../../../main/features/usage/usage.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { keyEndingIn, openUsage, reportDeps } from '../../../main/features/usage/index.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { createCountsStore } from '../../../main/store/counts-store.ts';
import { migrations } from '../../../main/store/migrations/index.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { demoConfig } from '../../harness/running-kiosk.ts';

let root: string;
let shared: string;
/** The Département's folder, outside the share. */
let trust: string;
let recipient: string | null;
let config: KioskConfig;
/** The manual clock starts in 2026-W43. */
const FIRST = shiftWeek('2026-W43' as Week, -3);

const kioskConfig = (kioskId: string, place: string): KioskConfig => ({
  ...config,
  site: { ...config.site, kioskId, place, figures: { ...config.site.figures, bundleFolder: shared, recipient } },
});
const stateOf = (kiosk: string): string => join(root, kiosk);

const countBefore = async (kiosk: string, perWeek: number): Promise<void> => {
  mkdirSync(stateOf(kiosk), { recursive: true });
  const file = join(stateOf(kiosk), 'figures.db');
  const allowed = allowedCells(knownFromConfig(config));
  const opened = await openDatabase({ files: systemFiles, file, migrations, today: () => '2026-10-25', allowed });
  if (!opened.ok) throw new Error(opened.error.kind);
  const store = createCountsStore(opened.value.db, kiosk);
  for (let week = FIRST; week < '2026-W43'; week = shiftWeek(week, 1))
    for (let at = 0; at < perWeek; at += 1)
      store.add(week, [
        ['session', 1, randomInt(KEY_RANGE)],
        ['session.end|button', 1, randomInt(KEY_RANGE)],
        ['session.half-day|mon-am', 1, randomInt(KEY_RANGE)],
        ['session.duration|5-15', 1, randomInt(KEY_RANGE)],
        ['session.helped|yes', 1, randomInt(KEY_RANGE)],
        ['session.language|fr', 1, randomInt(KEY_RANGE)],
        ['session.text-size|normal', 1, randomInt(KEY_RANGE)],
        ['session.did|printed', 1, randomInt(KEY_RANGE)],
      ]);
  // Six hours in service this week: without network time, this is how the kiosk knows that the weeks before are over.
  for (let week = FIRST; week <= '2026-W43'; week = shiftWeek(week, 1)) store.add(week, [['service.on|mon-am', 24, 7]]);
  store.close();
};
const run = async (kiosk: string, place: string): Promise<Usage> => {
  const clock = createManualClock();
  const folders = { state: stateOf(kiosk), session: root, memory: 'used' as const };
  const { usage } = openUsage({
    clock,
    logger: silentLogger,
    files: systemFiles,
    config: kioskConfig(kiosk, place),
    folders,
  });
  await usage.start();
  return usage;
};
const report = async (...argv: string[]): Promise<{ code: number; out: string; err: string }> => {
  let out = '';
  let err = '';
  const io = { out: { write: (text: string) => (out += text) }, err: { write: (text: string) => (err += text) } };
  const deps = reportDeps(systemFiles, createManualClock(), config, root);
  const code = await reportCommand(argv, io, deps);
  return { code, out: out.replaceAll('\u00a0', ' '), err };
};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'weekly-'));
  shared = join(root, 'partage');
  trust = join(root, 'departement');
  const begun = await createTrust(systemFiles, trust);
  if (!begun.ok) throw new Error(begun.error);
  recipient = begun.value;
  const loaded = await loadConfig({ files: systemFiles, dir: demoConfig });
  if (!loaded.ok) throw new Error('the demonstration has mistakes');
  config = loaded.value;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The shown number of people helped at both places: fifty, plus the noise of each. */
const helped = (page: string): number => Number(/(\d+) personnes ont été aidées/.exec(page)?.[1]);

it('carries the finished weeks of two kiosks to the page of all sites', async () => {
  await countBefore('moulins-1', 30);
  await countBefore('vichy-1', 20);
  // The share is not mounted when the first kiosk starts.
  const moulins = await run('moulins-1', 'MSD de Moulins');
  expect(moulins.notices().join()).toContain('Le dossier du Département ne répond pas');
  await moulins.stop();
  mkdirSync(shared);
  // Without the Département's key the kiosk exports nothing.
  const key = recipient;
  recipient = null;
  const bare = await run('moulins-1', 'MSD de Moulins');
  expect(bare.notices().join()).toContain('clé publique du Département manque');
  await bare.stop();
  expect(readdirSync(shared)).toEqual([]);
  recipient = key;
  for (const [kiosk, place] of [
    ['moulins-1', 'MSD de Moulins'],
    ['vichy-1', 'Médiathèque de Vichy'],
  ] as const) {
    const usage = await run(kiosk, place);
    expect(usage.notices()).toEqual([]);
    await usage.stop();
    expect(statSync(join(stateOf(kiosk), 'figures-key.pem')).mode & 0o777).toBe(0o600);
  }
  expect(readdirSync(shared).filter((name) => name.endsWith('.chiffres'))).toHaveLength(6);

  for (const kiosk of ['moulins-1', 'vichy-1']) {
    // The number shown by the kiosk itself.
    const ending = (await keyEndingIn(systemFiles, stateOf(kiosk))) ?? '';
    const asked = ['--trust', trust, '--from', shared, '--add', kiosk, '--ending', ending, '--since', '2026-W01'];
    const quiet = { write: () => undefined };
    expect(await registerCommand(asked, { out: quiet, err: quiet }, { files: systemFiles, now: Date.now })).toBe(0);
  }
  const page = await report('--from', shared, '--trust', trust, '--week', '2026-W42');
  expect([page.code, page.err]).toEqual([0, '']);
  expect(Math.abs(helped(page.out) - 50)).toBeLessThanOrEqual(2 * MAX_NOISE);
  expect(page.out).toContain('2 lieux sur 2');

  // A kiosk loses its database: its weeks are still in the share.
  writeFileSync(join(stateOf('vichy-1'), 'figures.db'), 'abîmé'.repeat(2_000));
  const vichy = await run('vichy-1', 'Médiathèque de Vichy');
  expect(vichy.notices().join()).toContain('abîmé');
  await vichy.stop();
  // The noise is the same each time.
  const again = await report('--from', shared, '--trust', trust, '--week', '2026-W42');
  expect(helped(again.out)).toBe(helped(page.out));
});
