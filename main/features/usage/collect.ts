/** Verifies the weeks of a share that are not in the store yet, each once, and adds them to the store. */
import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Entry, Files } from '../../platform/files.ts';
import type { FolderProblem } from './folder-part.ts';
import { claimOf, type ReadBundle } from './bundle.ts';
import { KeyedCells, markOf } from './cells.ts';
import { OF_EACH_SITE } from './each-site.ts';
import { monthOf, shiftWeek, type Week } from './iso-week.ts';
import { NO_KEYS } from './known-keys.ts';
import { publish } from './publish.ts';
import { bundleReader, faultOfName, READ_AT_ONCE, safeName } from './read-bundle.ts';
import { isCard, readCards } from './read-cards.ts';
import { openEngine, quoted, type Engine, type Value } from './region-engine.ts';
import {
  batchesOf,
  CELL_COLUMNS,
  DIGEST_COLUMNS,
  newTable,
  intactFiles,
  tableOf,
  writeCells,
  writeDigest,
  writeNames,
  type StoreFault,
} from './region-files.ts';
import { newBatchName, type StorePlace } from './region-place.ts';
import { openRegionTemp } from './region-temp.ts';
import type { Trust } from './register.ts';
import { isNumber, type Shown } from './shown.ts';

export interface Collected {
  readonly added: number;
  /** Already in the store: verified when they were added, and not read again. */
  readonly already: number;
  readonly problems: readonly FolderProblem[];
}

export type CollectFault = StoreFault | 'folder' | 'no-room';

/** Rows kept in memory before a batch is written: about a week of a region. */
const ROWS_A_BATCH = 500_000;

interface Claimed {
  readonly entry: Entry;
  readonly kiosk: string;
  readonly week: Week;
}

export const collect = async (
  files: Files,
  { folder, place, trust }: { readonly folder: string; readonly place: StorePlace; readonly trust: Trust },
): Promise<Result<Collected, CollectFault>> => {
  const listed = await files.list(folder);
  if (!listed.ok) return fail('folder');
  const problems: FolderProblem[] = [];
  const claims = claimsIn(listed.value, problems);
  const tempFolder = await openRegionTemp(files);
  if (!tempFolder.ok) return fail('no-room');
  const engine = await openEngine([place.folder], tempFolder.value);
  try {
    const named = await writeNames(place, trust);
    if (!named.ok) return named;
    const stored = await weeksInStore(engine, place, trust.owner, claims, problems);
    if (!stored.ok) return stored;
    const fresh = claims.filter(({ kiosk, week }) => !stored.value.has(`${kiosk}_${week}`));
    const batch = createBatch(files, engine, { place, owner: trust.owner, tempFolder: tempFolder.value });
    await batch.begin();
    const cards = await readCards(files, folder, listed.value, trust.kiosks);
    problems.push(...cards.problems);
    const read = bundleReader(files, folder, trust, cards.keys);
    let added = 0;
    for (const some of chunks(fresh)) {
      const bundles = await verified(some, read, problems);
      for (const one of bundles) {
        const written = await batch.add(one);
        if (!written.ok) return written;
        added += 1;
      }
    }
    const written = await batch.write();
    if (!written.ok) return written;
    return ok({ added, already: claims.length - fresh.length, problems });
  } finally {
    engine.close();
    await files.remove(tempFolder.value);
  }
};

/** Sorted by week and kiosk, so that months are written one after the other and copies of a week are adjacent. */
const claimsIn = (entries: readonly Entry[], problems: FolderProblem[]): readonly Claimed[] => {
  const claims: Claimed[] = [];
  for (const entry of entries) {
    if (isCard(entry.name)) continue;
    const claimed = claimOf(entry.name);
    if (claimed) claims.push({ entry, ...claimed });
    else problems.push({ name: safeName(entry.name), fault: faultOfName(entry.name) });
  }
  const key = ({ week, kiosk }: Claimed): string => `${week} ${kiosk}`;
  return claims
    .map((claim) => ({ claim, at: key(claim) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ claim }) => claim);
};

/** Splits the files into groups, keeping the copies of a kiosk's week in the same group. */
const chunks = function* (claims: readonly Claimed[]): Generator<readonly Claimed[]> {
  let some: Claimed[] = [];
  for (const claim of claims) {
    const last = some.at(-1);
    if (some.length >= READ_AT_ONCE && (last?.kiosk !== claim.kiosk || last.week !== claim.week)) {
      yield some;
      some = [];
    }
    some.push(claim);
  }
  if (some.length > 0) yield some;
};

/** The weeks of this Département that the store already holds. */
const weeksInStore = async (
  engine: Engine,
  place: StorePlace,
  owner: string,
  claims: readonly Claimed[],
  problems: FolderProblem[],
): Promise<Result<ReadonlySet<string>, StoreFault>> => {
  const months = new Set(claims.map(({ week }) => monthOf(week)));
  const batches = await batchesOf(place, months, (one) => one === owner);
  if (!batches.ok) return batches;
  const paths = await place.localPaths(batches.value.digests);
  if (!paths.ok) return paths;
  const good = await intactFiles(engine, paths.value);
  const isGood = new Set(good);
  // Damaged digests do not count: their weeks are collected again if the share still has them.
  for (const path of paths.value)
    if (!isGood.has(path)) problems.push({ name: path.slice(place.folder.length + 1), fault: 'not-a-batch' });
  if (good.length === 0) return ok(new Set());
  const [stored = []] = await engine.columns(
    `SELECT kiosk || '_' || week FROM ${tableOf(good)} WHERE kiosk <> '' AND owner = ${quoted(owner)}`,
  );
  return ok(new Set(stored.map(String)));
};

const verified = async (
  some: readonly Claimed[],
  read: ReturnType<typeof bundleReader>,
  problems: FolderProblem[],
): Promise<readonly ReadBundle[]> => {
  const all = await Promise.all(some.map(({ entry }) => read(entry)));
  const good = new Map<string, { readonly one: ReadBundle; isUnique: boolean }>();
  some.forEach(({ entry }, at) => {
    const one = all[at]?.();
    const name = safeName(entry.name);
    if (!one?.ok) return void problems.push({ name, fault: one?.error ?? 'unreadable' });
    const { bundle, signature } = one.value;
    const key = `${bundle.kiosk}_${bundle.week}`;
    const earlier = good.get(key);
    if (!earlier) return void good.set(key, { one: one.value, isUnique: true });
    const isSame = earlier.one.signature === signature;
    problems.push({ name, fault: isSame ? 'twice' : 'twice-different' });
    // Two different files for one week: neither is counted.
    if (!isSame) earlier.isUnique = false;
  });
  return [...good.values()].flatMap(({ one, isUnique }) => (isUnique ? [one] : []));
};

const createBatch = (
  files: Files,
  engine: Engine,
  { place, owner, tempFolder }: { readonly place: StorePlace; readonly owner: string; readonly tempFolder: string },
) => {
  let rows = 0;
  let month = '';
  let waiting: ReadBundle[] = [];
  const begin = async (): Promise<void> => {
    await engine.run(newTable('cells', CELL_COLUMNS));
    await engine.run(newTable('bundles', DIGEST_COLUMNS));
  };
  const flushRows = async (): Promise<void> => {
    await engine.append('cells', cellRows(owner, waiting));
    await engine.append('bundles', bundleRows(owner, waiting));
    waiting = [];
  };
  const put = async (made: string, name: string): Promise<Result<null, StoreFault>> => {
    const bytes = await files.readBytes(made);
    if (!bytes.ok) return fail('unwritable');
    const written = await place.write(name, bytes.value, true);
    await files.remove(made);
    return written;
  };
  const write = async (): Promise<Result<null, StoreFault>> => {
    if (rows === 0) return ok(null);
    await flushRows();
    const [cells, digest] = [`${tempFolder}/cells.parquet`, `${tempFolder}/digest.parquet`];
    await engine.run(writeCells('cells', cells));
    await engine.run(writeDigest('cells', 'bundles', owner, digest));
    await begin();
    rows = 0;
    const name = newBatchName(month, owner);
    const added = await put(cells, `${name}.parquet`);
    // The digest is written last: a batch counts only once it has one.
    return added.ok ? put(digest, `${name}.digest.parquet`) : added;
  };
  return {
    begin,
    write,
    async add(one: ReadBundle): Promise<Result<null, StoreFault>> {
      const { week, counts } = one.bundle;
      if (monthOf(week) !== month || rows >= ROWS_A_BATCH) {
        const written = await write();
        if (!written.ok) return written;
        month = monthOf(week);
      }
      waiting.push(one);
      rows += counts.size + 1;
      if (waiting.length >= 500) await flushRows();
      return ok(null);
    },
  };
};

const cellRows = function* (owner: string, bundles: readonly ReadBundle[]): Generator<readonly Value[]> {
  for (const { bundle } of bundles)
    for (const [cell, { n, key }] of bundle.counts) yield [owner, bundle.kiosk, bundle.week, cell, n, key];
};

const NOTHING_KNOWN = { known: NO_KEYS, openHalfDays: [] };

/** The figures that the page of its week shows. No configuration is needed: these two cells can always be counted. */
const shownOf = ({ week, secret, counts }: ReadBundle['bundle']): readonly (Shown | undefined)[] => {
  const site = {
    weeks: new Map([[week, new KeyedCells(counts, secret)]]),
    startedIn: week,
    keptFrom: week,
    current: shiftWeek(week, 1),
    halfDaysOver: 0,
    listOf: () => NOTHING_KNOWN,
  };
  const shown = publish(site, { kind: 'week', id: week }, OF_EACH_SITE);
  return OF_EACH_SITE.map((cell) => shown.get(cell));
};

const bundleRows = function* (owner: string, bundles: readonly ReadBundle[]): Generator<readonly Value[]> {
  for (const { bundle, signature } of bundles) {
    const { kiosk, week, signedIn, startedIn, secret, counts } = bundle;
    const [session, helped] = OF_EACH_SITE.map((cell) => counts.get(cell) ?? { n: 0, key: 0 });
    const shown = shownOf(bundle).map((one) => (isNumber(one) ? one.n : null));
    const proof = createHash('sha256').update(signature).digest('hex').slice(0, 32);
    yield [
      ...[owner, kiosk, week, '', session?.n ?? 0, session?.key ?? 0, helped?.n ?? 0, helped?.key ?? 0],
      ...[shown[0] ?? null, shown[1] ?? null, signedIn, startedIn, secret, ...markOf(secret), proof],
    ];
  }
};
