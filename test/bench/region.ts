/**
 * A region with 4,000 kiosks and five years in a store. Measures collecting one more week and reading pages, each in
 * its own process.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleName, newKeyPem, publicKeyText, signBundle } from '../../main/features/usage/bundle.ts';
import { collectCommand } from '../../main/features/usage/collect-command.ts';
import { monthOf, weekAt, weekIndex, type Week } from '../../main/features/usage/iso-week.ts';
import { openEngine, quoted, type Engine } from '../../main/features/usage/region-engine.ts';
import { ensureStore, DIGEST_COLUMNS, writeCells, writeDigest } from '../../main/features/usage/region-files.ts';
import { newBatchName, openPlace, type StorePlace } from '../../main/features/usage/region-place.ts';
import { createTrust, readTrust, writeRegister, type TrustedKiosk } from '../../main/features/usage/register.ts';
import { reportCommand } from '../../main/features/usage/report-command.ts';
import { seal } from '../../main/features/usage/seal.ts';
import { systemFiles } from '../../main/platform/files.ts';
import { sampleKnown, sampleSite } from '../unit/usage/sample-site.ts';
import { median, type BenchRow } from './bench-row.ts';

const KIOSKS = Number(process.env['BENCH_REGION_KIOSKS'] ?? 4_000);
const WEEKS = 260;
const FIRST = weekIndex('2021-W47' as Week);
/** The week that is collected in addition. */
const LAST = weekAt(FIRST + WEEKS);

const samplesOf = (perWeek: number, seed: number) => [...sampleSite(weekAt(FIRST), 20, perWeek, seed).weeks.values()];

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}

/**
 * Writes rows as `collect` does, without the 50 million signatures: making them would take a day, and pages do not read
 * them.
 */
const fillStore = async (engine: Engine, place: StorePlace, owner: string, made: string): Promise<void> => {
  await engine.run('CREATE TABLE samples ("sample" INTEGER, cell VARCHAR, n UINTEGER)');
  const samples = [60, 120, 300].flatMap((perWeek, at) => samplesOf(perWeek, at + 1));
  await engine.run(
    `INSERT INTO samples VALUES ${samples.flatMap(({ counts }, at) => [...counts].map(([cell, { n }]) => `(${at}, ${quoted(cell)}, ${n})`)).join()}`,
  );
  const key = '(random() * 4294967295)::UINTEGER';
  for (let at = 0; at < WEEKS; at += 1) {
    const week = weekAt(FIRST + at);
    await engine.run(
      `CREATE OR REPLACE TABLE bundles AS
         SELECT ${quoted(owner)} AS owner, 'borne-' || k AS kiosk, ${quoted(week)} AS week, (k * 7 + ${at * 11}) % ${samples.length} AS "sample"
         FROM range(${KIOSKS}) r(k)`,
    );
    await engine.run(
      `CREATE OR REPLACE TABLE cells AS SELECT owner, kiosk, week, cell, n, ${key} AS key FROM bundles JOIN samples USING ("sample")`,
    );
    const own = (name: string): string => `(SELECT kiosk, n, key FROM cells WHERE cell = ${quoted(name)}) `;
    await engine.run(
      `CREATE OR REPLACE TABLE heads AS SELECT ${DIGEST_COLUMNS.map(([name]) => `"${name}"`).join(', ')} FROM (
         SELECT b.owner, b.kiosk, b.week, '' AS cell, coalesce(s.n, 0)::UINTEGER AS n, coalesce(s.key, 0)::UINTEGER AS key,
           coalesce(h.n, 0)::UINTEGER AS helped, coalesce(h.key, 0)::UINTEGER AS "helpedKey", coalesce(s.n, 0)::UINTEGER AS shown,
           coalesce(h.n, 0)::UINTEGER AS "shownHelped", b.week AS "signedIn", ${quoted(weekAt(FIRST))} AS "startedIn",
           md5(b.kiosk || b.week) AS secret, hash(b.kiosk, b.week) AS mark1, hash(b.week, b.kiosk) AS mark2, md5(b.week || b.kiosk) AS proof
         FROM bundles b LEFT JOIN ${own('session')} s USING (kiosk) LEFT JOIN ${own('session.helped|yes')} h USING (kiosk))`,
    );
    const name = newBatchName(monthOf(week), owner);
    await engine.run(writeCells('cells', made));
    await put(place, made, `${name}.parquet`);
    await engine.run(writeDigest('cells', 'heads', owner, made));
    await put(place, made, `${name}.digest.parquet`);
  }
};

const put = async (place: StorePlace, made: string, name: string): Promise<void> => {
  const written = await place.write(name, readFileSync(made), true);
  if (!written.ok) throw new Error(written.error);
  rmSync(made);
};

const lastWeek = async (share: string, trust: string): Promise<string> => {
  const begun = await createTrust(systemFiles, trust);
  if (!begun.ok) throw new Error(begun.error);
  const samples = [60, 120, 300].flatMap((perWeek, at) => samplesOf(perWeek, at + 1));
  const register: TrustedKiosk[] = [];
  for (let at = 0; at < KIOSKS; at += 1) {
    const kiosk = `borne-${at}`;
    const pem = newKeyPem();
    register.push({ kiosk, place: `Lieu ${at}`, placeType: at % 2 ? 'msd' : 'mediatheque', keys: [{ publicKey: publicKeyText(pem), from: weekAt(FIRST), until: null }] }); // prettier-ignore
    const { counts, secret } = samples[at % samples.length] ?? { counts: new Map(), secret: '0'.repeat(32) };
    const bundle = { kiosk, week: LAST, signedIn: weekAt(FIRST + WEEKS + 1), startedIn: weekAt(FIRST), secret, counts };
    writeFileSync(join(share, bundleName(kiosk, LAST)), seal(signBundle(bundle, pem), begun.value));
  }
  await writeRegister(systemFiles, trust, register);
  const known = await readTrust(systemFiles, trust);
  if (!known.ok) throw new Error(known.error);
  return known.value.owner;
};

const alone = async (...argv: readonly string[]): Promise<Run> => {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), ...argv]);
  return JSON.parse(stdout) as Run;
};

const atMost = (name: string, ours: number, limit: number): BenchRow => ({
  name,
  ours: Math.round(ours * 100) / 100,
  reference: null,
  ratio: null,
  target: `<= ${limit}`,
  ok: ours <= limit,
});

export const benchRegion = async (root: string): Promise<readonly BenchRow[]> => {
  const [share, trust, store, made] = ['partage', 'departement', 'magasin', 'fait'].map((name) => join(root, name)) as [string, string, string, string]; // prettier-ignore
  for (const folder of [share, made]) mkdirSync(folder, { recursive: true });
  const owner = await lastWeek(share, trust);
  const place = await openPlace(systemFiles, store, {});
  if (!place.ok) throw new Error(place.error);
  const begun = await ensureStore(place.value);
  if (!begun.ok) throw new Error(begun.error);
  const engine = await openEngine([], made);
  try {
    await fillStore(engine, place.value, owner, join(made, 'batch.parquet'));
  } finally {
    engine.close();
  }
  const collected = await alone('collect', '--from', share, '--trust', trust, '--to', store);
  const pages = async (...period: readonly string[]): Promise<Run> => {
    const runs = [];
    for (let i = 0; i < 3; i += 1) runs.push(await alone('report', '--from', store, ...period, '--json'));
    return {
      seconds: median(runs.map((run) => run.seconds)),
      megabytes: Math.max(...runs.map((run) => run.megabytes)),
    };
  };
  const [week, month, year] = [await pages('--week', LAST), await pages('--month', '2026-10'), await pages('--year', '2025')]; // prettier-ignore
  const size = readdirSync(store, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => sum + statSync(join(store, name)).size, 0); // prettier-ignore
  const of = `${KIOSKS} kiosks × 5 years`;
  return [
    atMost(`figures: collect one more week into a store of ${of}, s`, collected.seconds, 60),
    atMost(`figures: memory of collecting it, MB`, collected.megabytes, 600),
    atMost(`figures: a week's page from a store of ${of}, the whole command, s`, week.seconds, 1),
    atMost(`figures: memory of that page, MB`, week.megabytes, 400),
    atMost(`figures: a month's page from that store, s`, month.seconds, 1),
    atMost(`figures: memory of that page, MB`, month.megabytes, 400),
    atMost(`figures: a year's page from that store, s`, year.seconds, 1),
    atMost(`figures: memory of that page, MB`, year.megabytes, 400),
    atMost(`figures: the store itself, GB`, size / 1e9, 1),
  ];
};

const command = async ([name, ...argv]: readonly string[]): Promise<Run> => {
  let out = '';
  const io = { out: { write: (text: string) => void (out += text) }, err: { write: (text: string) => void process.stderr.write(text) } }; // prettier-ignore
  const code =
    name === 'collect'
      ? await collectCommand(argv, io, { files: systemFiles })
      : await reportCommand(argv, io, {
          files: systemFiles,
          now: () => Date.UTC(2026, 11, 9, 12),
          known: sampleKnown,
          place: 'Région',
          departement: 'Région',
          thresholds: { inside: 1, published: 11 },
          fonts: async () => undefined,
          site: async () => ({ ok: false, error: 'none' }),
        });
  if (code !== 0 || out === '') throw new Error(`${name ?? ''}: exit code ${code}`);
  // Measured from the start of the process, because loading modules is part of the command.
  return { seconds: performance.now() / 1000, megabytes: process.resourceUsage().maxRSS / 1e3 };
};

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] !== undefined)
  process.stdout.write(JSON.stringify(await command(process.argv.slice(2))));
