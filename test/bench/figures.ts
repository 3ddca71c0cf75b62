/** Figures: adding a session, the weekly page over five years, and 300 kiosks over five years. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleName, newKeyPem, publicKeyText, signBundle } from '../../main/features/usage/bundle.ts';
import { loadFolder } from '../../main/features/usage/bundle-folder.ts';
import { createTrust, readTrust, writeRegister, type TrustedKiosk } from '../../main/features/usage/register.ts';
import { seal } from '../../main/features/usage/seal.ts';
import { buildDepartement } from '../../main/features/usage/departement.ts';
import { weekAt, weekIndex, type Week } from '../../main/features/usage/iso-week.ts';
import { allowedCells } from '../../main/features/usage/known-keys.ts';
import { readSite } from '../../main/features/usage/read-site.ts';
import { buildReport } from '../../main/features/usage/report.ts';
import { systemFiles } from '../../main/platform/files.ts';
import { createCountsStore } from '../../main/store/counts-store.ts';
import { migrations } from '../../main/store/migrations/index.ts';
import { openDatabase } from '../../main/store/open-database.ts';
import { seeded } from '../fakes/seeded.ts';
import { keyed, sampleKnown, sampleList, sampleSession, sampleSite } from '../unit/usage/sample-site.ts';
import { median, percentile, type BenchRow } from './bench-row.ts';
import { benchRegion } from './region.ts';

const WEEKS = 260;
const FIRST = weekIndex('2021-W48' as Week);
const NOW_MS = Date.UTC(2026, 10, 18, 12);
/** 60 sessions a day, five days a week. */
const PER_WEEK = 300;

const atMost = (name: string, ours: number, limit: number): BenchRow => ({
  name,
  ours: Math.round(ours * 10) / 10,
  reference: null,
  ratio: null,
  target: `<= ${limit}`,
  ok: ours <= limit,
});

const timed = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const oneKiosk = async (folder: string): Promise<readonly BenchRow[]> => {
  const file = join(folder, 'figures.db');
  const allowed = allowedCells(sampleKnown);
  const opened = await openDatabase({ files: systemFiles, file, migrations, today: () => '2026-11-25', allowed });
  if (!opened.ok) throw new Error(opened.error.kind);
  const store = createCountsStore(opened.value.db, 'moulins-1');
  const site = sampleSite(weekAt(FIRST), WEEKS, PER_WEEK);
  for (const [week, cells] of site.weeks)
    store.add(
      week,
      [...cells.counts].map(([cell, { n, key }]) => [cell, n, key]),
    );
  store.compact();
  const random = seeded(3);
  const adds: number[] = [];
  const tidies: number[] = [];
  for (let i = 0; i < 400; i += 1) {
    const session = keyed(sampleSession(random), random);
    adds.push(await timed(() => store.add('2026-W47', session)));
    if (i % 4 === 0) tidies.push(await timed(() => store.compact()));
  }
  const pages: number[] = [];
  for (let i = 0; i < 9; i += 1)
    pages.push(
      await timed(() =>
        buildReport({
          site: readSite(store, NOW_MS, sampleList),
          period: { kind: 'week', id: '2026-W46' },
          known: sampleKnown,
          place: 'MSD',
          threshold: 1,
          notices: [],
        }),
      ),
    );
  store.compact();
  store.close();
  return [
    atMost('figures: add a session, p99 of 400, ms', percentile(adds, 0.99), 5),
    atMost('figures: rewrite the file after a session (nobody waits), median, ms', median(tidies), 250),
    atMost('figures: the weekly page over 5 years, read and built, ms', median(pages), 150),
    atMost('figures: the database after 5 years of 60 sessions a day, MB', statSync(file).size / 1e6, 20),
  ];
};

const KIOSKS = Number(process.env['BENCH_KIOSKS'] ?? 300);
const manyKiosks = async (folder: string, trust: string): Promise<readonly BenchRow[]> => {
  const types = ['msd', 'mediatheque', 'france-services', 'autre'] as const;
  const samples = [60, 120, 300].map((perWeek, at) => [
    ...sampleSite(weekAt(FIRST), 40, perWeek, at + 1).weeks.values(),
  ]);
  const begun = await createTrust(systemFiles, trust);
  if (!begun.ok) throw new Error(begun.error);
  const register: TrustedKiosk[] = [];
  for (let kiosk = 0; kiosk < KIOSKS; kiosk += 1) {
    const name = `borne-${kiosk}`;
    const key = newKeyPem();
    const keys = [{ publicKey: publicKeyText(key), from: weekAt(FIRST), until: null }];
    register.push({ kiosk: name, place: `Lieu ${kiosk}`, placeType: types[kiosk % 4] ?? 'autre', keys });
    const weeks = samples[kiosk % 3] ?? [];
    for (let at = 0; at < WEEKS; at += 1) {
      const week = weekAt(FIRST + at);
      const { counts, secret } = weeks[(at + kiosk) % weeks.length] ?? { counts: new Map(), secret: '0'.repeat(32) };
      const bundle = { kiosk: name, week, signedIn: weekAt(FIRST + at + 1), startedIn: weekAt(FIRST), secret, counts };
      writeFileSync(join(folder, bundleName(name, week)), seal(signBundle(bundle, key), begun.value));
    }
  }
  await writeRegister(systemFiles, trust, register);
  // In another process, so that its memory does not include generating the data.
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), folder, trust]);
  return JSON.parse(stdout) as BenchRow[];
};

const readMany = async (folder: string, trust: string): Promise<readonly BenchRow[]> => {
  const known = await readTrust(systemFiles, trust);
  if (!known.ok) throw new Error(known.error);
  const began = performance.now();
  const loaded = await loadFolder(systemFiles, folder, known.value);
  const loadMs = performance.now() - began;
  if (!loaded.ok || loaded.value.problems.length > 0) throw new Error('the folder did not load whole');
  const page = async (kind: 'week' | 'month' | 'year', id: string): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < 3; i += 1)
      times.push(
        await timed(() =>
          buildDepartement({
            folder: loaded.value,
            period: { kind, id },
            known: sampleKnown,
            name: 'Département',
            threshold: 11,
          }),
        ),
      );
    return median(times);
  };
  const week = await page('week', '2026-W40');
  const month = await page('month', '2026-09');
  const year = await page('year', '2025');
  return [
    atMost(`figures: load ${KIOSKS} kiosks × 5 years (${KIOSKS * WEEKS} signatures), s`, loadMs / 1000, 10),
    atMost('figures: the page of all sites for a week, ms', week, 500),
    atMost('figures: the page of all sites for a month, ms', month, 500),
    atMost('figures: the page of all sites for a year, ms', year, 500),
    atMost('figures: memory with all of it, MB', process.memoryUsage().rss / 1e6, 500),
  ];
};

export const benchFigures = async (): Promise<readonly BenchRow[]> => {
  const root = mkdtempSync(join(tmpdir(), 'bench-figures-'));
  try {
    const folder = join(root, 'partage');
    mkdirSync(folder);
    const trust = join(root, 'departement');
    return [
      ...(await oneKiosk(root)),
      ...(await manyKiosks(folder, trust)),
      ...(await benchRegion(join(root, 'region'))),
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] !== undefined)
  process.stdout.write(JSON.stringify(await readMany(process.argv[2], process.argv[3] ?? '')));
