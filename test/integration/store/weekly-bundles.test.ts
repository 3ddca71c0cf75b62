/**
 * The whole way from the counters of two real kiosks to the page of all sites: database, key, signed weeks, register,
 * page.
 */
import { randomInt } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { loadConfig } from '../../../main/config/load.ts';
import type { KioskConfig } from '../../../main/config/kiosk-config.ts';
import { shiftWeek, weekIndex, type Week } from '../../../main/features/usage/iso-week.ts';
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

const openCounts = async (kiosk: string, state = stateOf(kiosk)) => {
  mkdirSync(state, { recursive: true });
  const file = join(state, 'figures.db');
  const allowed = allowedCells(knownFromConfig(config));
  const opened = await openDatabase({ files: systemFiles, file, migrations, today: () => '2026-10-25', allowed });
  if (!opened.ok) throw new Error(opened.error.kind);
  return createCountsStore(opened.value.db, kiosk);
};
/** Six hours in service: without network time, this is how the kiosk knows that the weeks before are over. */
const SERVED = ['service.on|mon-am', 24, 7] as const;

const countBefore = async (kiosk: string, perWeek: number): Promise<void> => {
  const store = await openCounts(kiosk);
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
  for (let week = FIRST; week <= '2026-W43'; week = shiftWeek(week, 1)) store.add(week, [SERVED]);
  store.close();
};
const run = async (
  kiosk: string,
  place: string,
  { state = stateOf(kiosk), week = '2026-W43' } = {},
): Promise<Usage> => {
  const clock = createManualClock();
  clock.jumpWall((weekIndex(week as Week) - weekIndex('2026-W43' as Week)) * 7 * 24 * 3_600_000);
  const folders = { state, session: root, memory: 'used' as const };
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
beforeEach(() => rmSync(shared, { recursive: true, force: true }));
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

/** A kiosk that is on during the week and delivers the ones before. Returns what the agent is told. */
const noticesIn = async (week: string, state: string, kiosk = 'gannat-1'): Promise<readonly string[]> => {
  const store = await openCounts(kiosk, state);
  store.add(week, [SERVED]);
  store.close();
  const usage = await run(kiosk, 'Mairie de Gannat', { state, week });
  const notices = usage.notices();
  await usage.stop();
  return notices;
};
const sharedFile = (week: string): string => readFileSync(join(shared, `gannat-1_${week}.chiffres`), 'hex');

it('says when the disk of a kiosk was copied: two kiosks write under one name with one key', async () => {
  mkdirSync(shared);
  const [original, copy] = [stateOf('gannat-a'), stateOf('gannat-b')];
  expect(await noticesIn('2026-W41', original)).toEqual([]);
  expect(await noticesIn('2026-W42', original)).toEqual([]);
  cpSync(original, copy, { recursive: true });
  // One week may be a backup that was restored.
  expect(await noticesIn('2026-W43', original)).toEqual([]);
  expect(await noticesIn('2026-W43', copy)).toEqual([]);
  expect(await noticesIn('2026-W44', original)).toEqual([]);
  const written = sharedFile('2026-W43');
  expect((await noticesIn('2026-W44', copy)).join()).toContain('Deux bornes portent le même nom');
  expect(sharedFile('2026-W43')).toBe(written);
  // The copy gets a name of its own.
  expect(await noticesIn('2026-W45', original)).toEqual([]);
  expect(await noticesIn('2026-W45', copy, 'gannat-2')).toEqual([]);
  expect(await noticesIn('2026-W46', copy, 'gannat-2')).toEqual([]);
  expect(readdirSync(shared)).toContain('gannat-2_2026-W45.chiffres');
});

it('finds both of two copies that write first in turn, and stops once one of them has another name', async () => {
  mkdirSync(shared);
  const [one, other] = [stateOf('gannat-c'), stateOf('gannat-d')];
  await noticesIn('2026-W40', one);
  await noticesIn('2026-W41', one);
  cpSync(one, other, { recursive: true });
  const told = async (week: string, first: string, second: string) => [
    (await noticesIn(week, first)).length,
    (await noticesIn(week, second)).length,
  ];
  expect(await told('2026-W42', one, other)).toEqual([0, 0]);
  expect(await told('2026-W43', other, one)).toEqual([0, 0]);
  expect(await told('2026-W44', one, other)).toEqual([0, 1]);
  expect(await told('2026-W45', other, one)).toEqual([0, 1]);
  expect(await noticesIn('2026-W46', one)).toEqual([]);
});

it('does not take a kiosk whose state was restored from a backup, or whose database was lost, for two', async () => {
  mkdirSync(shared);
  const [state, backup] = [stateOf('gannat-e'), stateOf('gannat-backup')];
  await noticesIn('2026-W39', state);
  await noticesIn('2026-W40', state);
  cpSync(state, backup, { recursive: true });
  for (const week of ['2026-W41', '2026-W42', '2026-W43']) await noticesIn(week, state);
  rmSync(state, { recursive: true });
  cpSync(backup, state, { recursive: true });
  for (const week of ['2026-W43', '2026-W44', '2026-W45']) expect(await noticesIn(week, state)).toEqual([]);
  // The database alone, from the same backup.
  cpSync(join(backup, 'figures.db'), join(state, 'figures.db'));
  for (const week of ['2026-W45', '2026-W46']) expect(await noticesIn(week, state)).toEqual([]);
  rmSync(join(state, 'figures.db'));
  for (const week of ['2026-W46', '2026-W47', '2026-W48']) expect(await noticesIn(week, state)).toEqual([]);
  expect(sharedFile('2026-W47')).not.toBe('');
});
