import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { weekOfMoment } from '../../../main/features/usage/iso-week.ts';
import { forgetCopies } from '../../../main/store/forget-copies.ts';
import { allowedCells } from '../../../main/features/usage/known-keys.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { createCountsStore, type CountsStore } from '../../../main/store/counts-store.ts';
import { latestVersion, migrate, schemaVersion, type Migration } from '../../../main/store/migrate.ts';
import { migrations } from '../../../main/store/migrations/index.ts';
import { openDatabase, storeFailure } from '../../../main/store/open-database.ts';
import { readDatabase } from '../../../main/store/read-database.ts';
import { sampleKnown } from '../usage/sample-site.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'figures.db');
const listed = allowedCells(sampleKnown);
const open = (
  using: readonly Migration[] = migrations,
  allowed: Iterable<string> = listed,
): ReturnType<typeof openDatabase> =>
  openDatabase({ files: systemFiles, file: file(), migrations: using, today: () => '2026-11-25', allowed });
const opened = async (): Promise<CountsStore> => {
  const result = await open();
  if (!result.ok) throw new Error(result.error.kind);
  return createCountsStore(result.value.db, 'moulins-1');
};

describe('migrations', () => {
  it('are numbered from 1 without a gap', () =>
    expect(migrations.map((one) => one.version)).toEqual(migrations.map((_, at) => at + 1)));

  it('0001 makes strict tables without rowid, empty', () => {
    const db = new SqliteDatabase(':memory:');
    migrate(db, migrations.slice(0, 1));
    expect(schemaVersion(db)).toBe(1);
    const tables = db
      .prepare(`SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name IN ('counts', 'life')`)
      .all();
    expect(tables).toHaveLength(2);
    for (const table of tables) expect(table).toMatchObject({ wr: 1, strict: 1 });
    expect(db.prepare('SELECT count(*) AS n FROM counts').get()).toEqual({ n: 0 });
    db.close();
  });

  it('0002 keeps every count of 0001, and takes the faults of the machine', () => {
    const db = new SqliteDatabase(':memory:');
    migrate(db, migrations.slice(0, 1));
    const add = db.prepare('INSERT INTO counts VALUES (?, ?, ?, ?, ?)');
    const old = [
      ['moulins-1', '2026-W46', 'session', '', 12],
      ['moulins-1', '2026-W47', 'demarche.opened', 'caf-aide-logement', 7],
      ['moulins-1', '2026-W47', 'reset.fault', 'vault', 1],
      ['vichy', '2026-W47', 'session', '', 3],
    ];
    for (const row of old) add.run(...row);
    db.prepare('INSERT INTO life VALUES (?, ?, ?)').run('moulins-1', '2026-W46', '2026-W46');
    expect(() => add.run('moulins-1', '2026-W47', 'machine.fault', 'clock', 1)).toThrow(/constraint/i);
    migrate(db, migrations.slice(0, 2));
    expect(schemaVersion(db)).toBe(2);
    const rows = db.prepare('SELECT * FROM counts ORDER BY kiosk, week, measure, key').raw();
    expect(rows.all()).toEqual(old);
    expect(db.prepare('SELECT * FROM life').raw().all()).toEqual([['moulins-1', '2026-W46', '2026-W46']]);
    const after = db.prepare('INSERT INTO counts VALUES (?, ?, ?, ?, ?)');
    after.run('moulins-1', '2026-W47', 'machine.fault', 'clock', 1);
    after.run('moulins-1', '2026-W47', 'documents.no-room', '', 1);
    expect(() => after.run('moulins-1', '2026-W47', 'machine.fault', 'ordinateur-de-x', 1)).toThrow(/constraint/i);
    expect(() => after.run('moulins-1', '2026-W47', 'session', '', 1.5)).toThrow(/cannot store/i);
    expect(
      db.prepare(`SELECT wr, strict FROM pragma_table_list WHERE schema = 'main' AND name LIKE 'counts%'`).all(),
    ).toEqual([{ wr: 1, strict: 1 }]);
    db.close();
  });

  it('0003 keeps every count of 0002, and takes the fault of a voice that speaks on', () => {
    const db = new SqliteDatabase(':memory:');
    migrate(db, migrations.slice(0, 2));
    const insert = 'INSERT INTO counts VALUES (?, ?, ?, ?, ?)';
    const old = [
      ['moulins-1', '2026-W47', 'machine.fault', 'clock', 2],
      ['moulins-1', '2026-W47', 'reset.fault', 'other', 1],
      ['vichy', '2026-W47', 'session', '', 3],
    ];
    for (const row of old) db.prepare(insert).run(...row);
    const voice = ['moulins-1', '2026-W48', 'reset.fault', 'voice', 1];
    expect(() => db.prepare(insert).run(...voice)).toThrow(/constraint/i);
    migrate(db, migrations.slice(0, 3));
    expect(schemaVersion(db)).toBe(3);
    expect(db.prepare('SELECT * FROM counts ORDER BY kiosk, week, measure, key').raw().all()).toEqual(old);
    db.prepare(insert).run(...voice);
    expect(() => db.prepare(insert).run('moulins-1', '2026-W48', 'reset.fault', 'vox', 1)).toThrow(/constraint/i);
    expect(
      db.prepare(`SELECT wr, strict FROM pragma_table_list WHERE schema = 'main' AND name LIKE 'counts%'`).all(),
    ).toEqual([{ wr: 1, strict: 1 }]);
    db.close();
  });

  it('0004 keeps every count of 0003, and takes that urgent help was shown', () => {
    const db = new SqliteDatabase(':memory:');
    migrate(db, migrations.slice(0, 3));
    const insert = 'INSERT INTO counts VALUES (?, ?, ?, ?, ?)';
    const old = [
      ['moulins-1', '2026-W47', 'help.asked', 'site', 2],
      ['vichy', '2026-W47', 'reset.fault', 'voice', 1],
    ];
    for (const row of old) db.prepare(insert).run(...row);
    expect(() => db.prepare(insert).run('moulins-1', '2026-W48', 'help.urgent', '', 1)).toThrow(/constraint/i);
    migrate(db, migrations.slice(0, 4));
    expect(db.prepare('SELECT * FROM counts ORDER BY kiosk, week, measure, key').raw().all()).toEqual(old);
    db.prepare(insert).run('moulins-1', '2026-W48', 'help.urgent', '', 1);
    expect(() => db.prepare(insert).run('moulins-1', '2026-W48', 'help.urgent', 'suicide', 1)).toThrow(/constraint/i);
    db.close();
  });

  it('0006 keeps every count of 0005 and gives each a key of its own, each week a secret', () => {
    const db = new SqliteDatabase(':memory:');
    migrate(db, migrations.slice(0, 5));
    const rows = Array.from({ length: 400 }, (_, at) => [
      'moulins-1',
      '2026-W47',
      'demarche.opened',
      `d-${at}`,
      at + 1,
    ]);
    rows.push(['moulins-1', '2026-W46', 'session', '', 3], ['vichy', '2026-W47', 'session', '', 5]);
    for (const [, , measure, key] of rows) db.prepare('INSERT OR IGNORE INTO pairs VALUES (?, ?, 1)').run(measure, key);
    for (const row of rows) db.prepare('INSERT INTO counts VALUES (?, ?, ?, ?, ?)').run(...row);
    const before = db.prepare('SELECT * FROM counts ORDER BY kiosk, week, measure, key').raw().all();
    migrate(db, migrations.slice(0, 6));
    const after = db.prepare('SELECT kiosk, week, measure, key, n FROM counts ORDER BY kiosk, week, measure, key');
    expect(after.raw().all()).toEqual(before);
    const keys = db.prepare<[], number>('SELECT key_sum FROM counts').pluck().all();
    expect(new Set(keys).size).toBeGreaterThan(395);
    // Spread over the whole range, as sums of even keys are.
    const high = keys.filter((key) => key >= 2 ** 31).length;
    expect(high).toBeGreaterThan(140);
    expect(high).toBeLessThan(262);
    const weeks = db.prepare<[], { secret: string }>('SELECT kiosk, week, secret FROM weeks').all();
    expect(weeks).toHaveLength(3);
    expect(new Set(weeks.map(({ secret }) => secret)).size).toBe(3);
    db.close();
  });

  it('0007 keeps every week of 0006, and those with a list are published', () => {
    const db = new SqliteDatabase(':memory:');
    migrate(db, migrations.slice(0, 6));
    db.prepare('INSERT INTO lists VALUES (1, ?)').run('{}');
    const week = db.prepare('INSERT INTO weeks VALUES (?, ?, ?, ?)');
    week.run('moulins-1', '2026-W46', 'a'.repeat(32), 1);
    week.run('moulins-1', '2026-W47', 'b'.repeat(32), null);
    week.run('vichy', '2026-W45', 'c'.repeat(32), 1);
    const weeks = db.prepare('SELECT * FROM weeks ORDER BY kiosk, week').raw();
    const before = weeks.all();
    migrate(db, migrations.slice(0, 7));
    expect(weeks.all()).toEqual(before);
    expect(db.prepare('SELECT * FROM published ORDER BY kiosk').raw().all()).toEqual([
      ['moulins-1', '2026-W46'],
      ['vichy', '2026-W45'],
    ]);
    expect(() => db.prepare('INSERT INTO published VALUES (?, ?)').run('vichy', '2026-11-25')).toThrow(/constraint/i);
    db.close();
  });

  const version = latestVersion(migrations);
  const next: Migration = {
    version: version + 1,
    sql: 'CREATE TABLE other (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID',
  };
  it('keep what was there, and a copy of the file before', async () => {
    const store = await opened();
    store.add('2026-W47', [['session', 3, 7]]);
    store.close();
    const result = await open([...migrations, next]);
    if (!result.ok) throw new Error(result.error.kind);
    expect(schemaVersion(result.value.db)).toBe(version + 1);
    expect(
      createCountsStore(result.value.db, 'moulins-1')
        .read('2026-W47', '2026-W47')
        .get('2026-W47')
        ?.counts.get('session'),
    ).toEqual({ n: 3, key: 7 });
    result.value.db.close();
    const copy = new SqliteDatabase(`${file()}.before-v${version + 1}`, { readonly: true });
    expect([schemaVersion(copy), copy.prepare('SELECT n FROM counts').get()]).toEqual([version, { n: 3 }]);
    copy.close();
  });

  it('that fail leave the version and the tables of before', async () => {
    (await opened()).close();
    await expect(
      open([...migrations, { version: version + 1, sql: 'CREATE TABLE half (a TEXT) STRICT; NONSENSE' }]),
    ).rejects.toThrow();
    const db = new SqliteDatabase(file());
    expect([schemaVersion(db), db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'half'`).get()]).toEqual([
      version,
      undefined,
    ]);
    db.close();
  });
});

describe('the pairs that may be counted', () => {
  /** A file as the last version with one migration a counter left it. */
  const oldFile = (rows: readonly (readonly [string, string, string, string, number])[]): void => {
    const db = new SqliteDatabase(file());
    migrate(db, migrations.slice(0, 4));
    for (const row of rows) db.prepare('INSERT INTO counts VALUES (?, ?, ?, ?, ?)').run(...row);
    db.prepare('INSERT INTO life VALUES (?, ?, ?)').run('moulins-1', '2026-W40', '2026-W41');
    db.close();
  };
  const OLD = [
    ['moulins-1', '2026-W46', 'demarche.left-at-step', 'caf-aide-logement/3', 2],
    ['moulins-1', '2026-W46', 'demarche.opened', 'partie-de-la-liste', 4],
    ['moulins-1', '2026-W47', 'browsing.blocked-domain', 'msa.fr', 1],
    ['moulins-1', '2026-W47', 'reset.fault', 'voice', 1],
    ['moulins-1', '2026-W47', 'session', '', 12],
    ['vichy', '2026-W47', 'session', '', 3],
  ] as const;
  const rowsOf = (db: Database): unknown[] =>
    db.prepare('SELECT * FROM counts ORDER BY kiosk, week, measure, key').raw().all();

  it('come to an old file without a figure lost, and a copy of it is kept', async () => {
    oldFile(OLD);
    const result = await open();
    if (!result.ok) throw new Error(result.error.kind);
    const { db } = result.value;
    expect(
      db.prepare('SELECT kiosk, week, measure, key, n FROM counts ORDER BY kiosk, week, measure, key').raw().all(),
    ).toEqual(OLD);
    expect(db.prepare('SELECT * FROM life').raw().all()).toEqual([['moulins-1', '2026-W40', '2026-W41']]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(
      db
        .prepare(
          `SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT GLOB 'sqlite*' AND name <> 'lists'`,
        )
        .all()
        .map((table) => JSON.stringify(table))
        .sort(),
    ).toEqual(
      ['counts', 'life', 'pairs', 'published', 'waiting', 'weeks'].map((name) =>
        JSON.stringify({ name, wr: 1, strict: 1 }),
      ),
    );
    db.close();
    const copy = new SqliteDatabase(`${file()}.before-v5`, { readonly: true });
    expect(rowsOf(copy)).toEqual(OLD);
    copy.close();
  });

  it('that the catalogue gains or loses need no migration', async () => {
    (await opened()).close();
    const later = await open(migrations, ['session', 'tutorials.printed']);
    if (!later.ok) throw new Error(later.error.kind);
    const store = createCountsStore(later.value.db, 'moulins-1');
    expect(store.add('2026-W48', [['tutorials.printed', 2, 7]]).ok).toBe(true);
    expect(() => store.add('2026-W48', [['session.did|printed', 1, 7]])).toThrow(/foreign key/i);
    store.close();
    // Back to the program of before: what it doesn't know stays, and can still be read.
    const back = await opened();
    expect(back.read('0', '9').get('2026-W48')?.counts).toEqual(new Map([['tutorials.printed', { n: 2, key: 7 }]]));
    expect(back.add('2026-W48', [['session.did|printed', 1, 7]]).ok).toBe(true);
    back.close();
  });

  it('are never a sentence, an address or a name, whatever the catalogue says', async () => {
    for (const cell of ['help.asked|où est la caf', 'help.asked|https://caf.fr', 'help.asked|Dupont', 'Help'])
      await expect(open(migrations, [cell]), cell).rejects.toThrow(/constraint/i);
  });

  it('are left as they are by an opening that changes nothing', async () => {
    (await opened()).close();
    const before = readFileSync(file());
    (await opened()).close();
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it('make the file newer than the program of before, which says so and leaves it alone', async () => {
    const version = latestVersion(migrations);
    (await opened()).close();
    const before = readFileSync(file());
    expect(await open(migrations.slice(0, 4))).toEqual({ ok: false, error: { kind: 'newer', version } });
    expect(readDatabase(file(), migrations.slice(0, 4))).toEqual({ ok: false, error: { kind: 'newer', version } });
    expect(readFileSync(file()).equals(before)).toBe(true);
  });
});

it('a share that does not lock files makes the database unusable, and is no bug', () => {
  const error = new SqliteDatabase.SqliteError('locking protocol', 'SQLITE_PROTOCOL');
  expect(storeFailure(error)).toEqual({ kind: 'unusable', code: 'SQLITE_PROTOCOL' });
});

describe('the copies beside the database', () => {
  it('go when all that they hold would have gone from it, and no sooner', async () => {
    const copy = (name: string, week: string): void => {
      const db = new SqliteDatabase(join(folder, name));
      migrate(db, migrations.slice(0, 1));
      db.prepare('INSERT INTO counts VALUES (?, ?, ?, ?, ?)').run('moulins-1', week, 'session', '', 1);
      db.close();
    };
    copy('figures.db.before-v2', '2024-W40');
    copy('figures.db.before-v6', '2026-W40');
    writeFileSync(join(folder, 'figures.db.before-v5'), 'abîmé'.repeat(500));
    writeFileSync(join(folder, 'figures.db.before-v4'), ''); // after a power cut: SQLite does not flush this copy
    writeFileSync(join(folder, 'figures.db.damaged-2024-09-01'), 'x');
    writeFileSync(join(folder, 'figures.db.damaged-2026-09-01-2'), 'x');
    (await opened()).close();
    const weekOfDay = (day: string): string => weekOfMoment(Date.parse(day)).week;
    const gone = await forgetCopies({ files: systemFiles, file: file(), weekOfDay }, '2024-W45');
    expect(gone).toEqual(['figures.db.before-v2', 'figures.db.damaged-2024-09-01']);
    const left = readdirSync(folder);
    for (const name of [
      'figures.db',
      'figures.db.before-v4',
      'figures.db.before-v5',
      'figures.db.before-v6',
      'figures.db.damaged-2026-09-01-2',
    ])
      expect(left).toContain(name);
    for (const name of gone) expect(left).not.toContain(name);
  });
});

describe('reading beside the kiosk', () => {
  it('sees what was written last, and can write nothing', async () => {
    const store = await opened();
    store.add('2026-W47', [['session', 3, 7]]);
    const read = readDatabase(file(), migrations);
    if (!read.ok) throw new Error(read.error.kind);
    const beside = createCountsStore(read.value, 'moulins-1');
    expect(beside.read('2026-W47', '2026-W47').get('2026-W47')?.counts.get('session')).toEqual({ n: 3, key: 7 });
    expect(beside.add('2026-W47', [['session', 1, 7]])).toMatchObject({ ok: false, error: { kind: 'read-only' } });
    // The kiosk is not held up meanwhile, nor is its file kept from being rewritten.
    expect(store.add('2026-W47', [['session', 1, 7]]).ok).toBe(true);
    beside.close();
    expect(store.compact().ok).toBe(true);
    store.close();
  });
  it.each([
    [99, { kind: 'newer', version: 99 }],
    [0, { kind: 'older' }],
  ])('leaves a file of version %i alone', (version, error) => {
    const db = new SqliteDatabase(file());
    db.exec('CREATE TABLE other (n INTEGER) STRICT');
    db.pragma(`user_version = ${version}`);
    db.close();
    const before = readFileSync(file());
    expect(readDatabase(file(), migrations)).toEqual({ ok: false, error });
    expect(readFileSync(file()).equals(before)).toBe(true);
  });
});

describe('opening', () => {
  it('leaves a file of a newer program alone', async () => {
    const db = new SqliteDatabase(file());
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(file());
    expect(await open()).toEqual({ ok: false, error: { kind: 'newer', version: 99 } });
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it.each([
    ['that is not a database', (): void => writeFileSync(file(), 'ceci n’est pas une base'.repeat(200))],
    [
      'with a page overwritten',
      (): void => {
        const bytes = readFileSync(file());
        bytes.fill(0xa5, 4096, 4096 + 3000);
        writeFileSync(file(), bytes);
      },
    ],
    ['cut in the middle', (): void => writeFileSync(file(), readFileSync(file()).subarray(0, 5000))],
  ])('moves a file %s aside under a dated name and begins a new one', async (_, damage) => {
    const store = await opened();
    store.add('2026-W47', [['session', 3, 7]]);
    store.compact();
    store.close();
    damage();
    const result = await open();
    if (!result.ok) throw new Error(result.error.kind);
    expect(result.value.movedAside).toBe(`${file()}.damaged-2026-11-25`);
    expect(readdirSync(folder)).toContain('figures.db.damaged-2026-11-25');
    expect(createCountsStore(result.value.db, 'moulins-1').read('0', '9').size).toBe(0);
    result.value.db.close();
  });

  it('keeps every damaged file when it happens twice in a day', async () => {
    for (const name of ['figures.db.damaged-2026-11-25', 'figures.db.damaged-2026-11-25-2']) {
      writeFileSync(file(), 'x'.repeat(9000));
      const result = await open();
      if (!result.ok) throw new Error(result.error.kind);
      result.value.db.close();
      expect(readdirSync(folder)).toContain(name);
    }
  });

  it('says that the folder is not there', async () => {
    expect(
      await openDatabase({
        files: systemFiles,
        file: join(folder, 'no', 'f.db'),
        migrations,
        today: () => '',
        allowed: [],
      }),
    ).toMatchObject({ ok: false, error: { kind: 'unusable' } });
  });
});

describe('counters on disk', () => {
  it('refuse every dimension that is not in the catalogue', async () => {
    const result = await open();
    if (!result.ok) throw new Error(result.error.kind);
    const { db } = result.value;
    const write =
      (week: string, measure: string, key: string, n: unknown, kiosk = 'moulins-1') =>
      () =>
        db.prepare('INSERT INTO counts VALUES (?, ?, ?, ?, ?, 7)').run(kiosk, week, measure, key, n);
    expect(write('2026-W47', 'session', '', 1)).not.toThrow();
    for (const [week, measure, key, n] of [
      ['2026-W47', 'session', '10:42', 1],
      ['2026-11-25', 'session', '', 1],
      ['2026-W47T10', 'session', '', 1],
      ['2026-W47', 'session.end', 'madame-dupont', 1],
      ['2026-W47', 'session.half-day', 'mon-10h', 1],
      ['2026-W47', 'demarche.opened', 'https://caf.fr/?id=12', 1],
      ['2026-W47', 'demarche.left-at-step', 'caf/3/mon-am', 1],
      ['2026-W47', 'theme.chosen', 'divorce', 1],
      ['2026-W47', 'url', '', 1],
      ['2026-W47', 'session', '', 0],
      ['2026-W47', 'session', '', 'deux'],
      ['2026-W47', 'pages.printed', '', 1],
    ] as const)
      expect(write(week, measure, key, n), `${measure} ${key}`).toThrow(/constraint|cannot store/i);
    expect(write('2026-W47', 'session', '', 1, 'Bureau de Mme X')).toThrow(/constraint/i);
    db.close();
  });

  it('add all of a session or nothing of it', async () => {
    const store = await opened();
    expect(() =>
      store.add('2026-W47', [
        ['session', 1, 7],
        ['nonsense', 1, 7],
      ]),
    ).toThrow(); // a bug of ours, not a full disk
    expect(store.read('0', '9').size).toBe(0);
    store.close();
  });

  it('come back from weeks of the future, which a wrong clock made, but not from published ones', async () => {
    const store = await opened();
    store.add('2026-W47', [['session', 1, 7]]);
    store.addWaiting([['session', 1, 2 ** 32 - 1]]);
    for (const week of ['2026-W48', '2031-W10'])
      store.add(week, [
        ['session', 2, 7],
        ['session.half-day|mon-am', 1, 5],
        ['session.half-day|mon-pm', 1, 6],
      ]);
    store.add('2027-W01', [['session', 5, 7]]);
    store.publish(['2027-W01'], '{}');
    expect(store.takeBackAfter('2026-W47')).toEqual({ ok: true, value: 6 });
    expect([...store.read('0', '9').keys()]).toEqual(['2026-W47', '2027-W01']);
    expect(store.releaseWaiting('2026-W47')).toEqual({ ok: true, value: 2 });
    expect(store.read('0', '9').get('2026-W47')?.counts).toEqual(
      new Map([
        ['session', { n: 6, key: 20 }],
        ['session.half-day|unknown', { n: 4, key: 22 }],
      ]),
    );
    store.close();
  });

  it('keep the list of a week from its first count, and only the lists that a week has', async () => {
    const store = await opened();
    const seen: (string | null)[] = [];
    const list =
      (text: string) =>
      (kept: string | null): string => {
        seen.push(kept);
        return kept === null ? text : `${kept}+${text}`;
      };
    store.add('2026-W46', [['session', 1, 7]]);
    store.add('2026-W47', [['session', 1, 7]], list('a'));
    store.add('2026-W47', [['session', 1, 7]], list('b'));
    store.addWaiting([['session', 1, 7]]);
    store.releaseWaiting('2026-W48', list('c'));
    store.publish(['2026-W46', '2026-W47'], 'd');
    expect(seen).toEqual([null, 'a', null]);
    expect([...store.read('0', '9').values()].map(({ madeWith }) => madeWith)).toEqual(['d', 'a+b', 'c']);
    store.close();
    const db = new SqliteDatabase(file(), { readonly: true });
    expect(db.prepare('SELECT made_with FROM lists').pluck().all()).toEqual(['a+b', 'c', 'd']);
    db.close();
  });

  it('remember the published weeks, also empty ones, until they are erased', async () => {
    const first = await opened();
    first.add('2026-W45', [['session', 1, 7]]);
    first.publish(['2026-W45', '2026-W46'], '{"a":1}');
    first.close();
    const store = await opened();
    expect([...store.published()]).toEqual(['2026-W45', '2026-W46']);
    expect([...store.read('0', '9').keys()]).toEqual(['2026-W45']);
    store.eraseBefore('2026-W46');
    expect([...store.published()]).toEqual(['2026-W46']);
    store.close();
  });

  it('leave no write-ahead log behind after a session', async () => {
    const store = await opened();
    store.add('2026-W47', [['session', 1, 7]]);
    expect(statSync(`${file()}-wal`).size).toBeGreaterThan(0);
    store.compact();
    expect(statSync(`${file()}-wal`).size).toBe(0);
    store.close();
  });

  it('show a time of last change no finer than the quarter-hour, while open and when closed', async () => {
    const store = await opened();
    const times = (): readonly number[] =>
      readdirSync(folder).flatMap((name) => {
        const { mtimeMs, atimeMs } = statSync(join(folder, name));
        return [mtimeMs % 900_000, atimeMs % 900_000];
      });
    const nowMs = Date.now();
    const steps: readonly (() => unknown)[] = [
      () => store.add('2026-W47', [['session', 1, 7]]),
      () => store.compact(),
      () => store.addWaiting([['session', 1, 7]]),
      () => store.releaseWaiting('2026-W47'),
      () => store.publish(['2026-W47'], '{}'),
      () => store.eraseBefore('2026-W47'),
      () => store.compact(),
    ];
    for (const step of steps) {
      step();
      expect([readdirSync(folder).length, ...new Set(times())]).toEqual([3, 0]);
    }
    expect(nowMs - statSync(file()).mtimeMs).toBeLessThan(900_000);
    store.add('2026-W47', [['session', 1, 7]]);
    store.close();
    expect([readdirSync(folder), ...new Set(times())]).toEqual([['figures.db'], 0]);
  });

  it('erase old weeks, remember it, and leave no trace of them in the file', async () => {
    const before = await open(migrations, [...listed, 'demarche.opened|tres-ancienne']);
    if (!before.ok) throw new Error(before.error.kind);
    createCountsStore(before.value.db, 'moulins-1').add('2024-W10', [['demarche.opened|tres-ancienne', 7, 7]]);
    before.value.db.close();
    const store = await opened(); // the démarche left the list since
    expect(store.read('0', '9').get('2024-W10')?.counts.get('demarche.opened|tres-ancienne')?.n).toBe(7);
    store.add('2026-W47', [['session', 1, 7]]);
    expect(store.eraseBefore('2025-W01')).toEqual({ ok: true, value: 1 });
    store.compact();
    expect([...store.read('0', '9').keys()]).toEqual(['2026-W47']);
    expect(store.life()).toEqual({ startedIn: '2024-W10', keptFrom: '2025-W01' });
    store.close();
    expect(readFileSync(file()).includes('tres-ancienne')).toBe(false);
  });

  it('are erased under a former name of the kiosk too', async () => {
    const before = await open(migrations, listed);
    if (!before.ok) throw new Error(before.error.kind);
    const former = createCountsStore(before.value.db, 'nom-avant');
    former.add('2024-W10', [['session', 1, 7]]);
    former.add('2026-W46', [['session', 1, 7]]);
    former.publish(['2024-W10'], '{}');
    former.addWaiting([['session', 1, 7]]);
    former.close();
    const store = await opened();
    expect(store.eraseBefore('2025-W01')).toEqual({ ok: true, value: 1 });
    store.close();
    const db = new SqliteDatabase(file(), { readonly: true });
    const weeksIn = (table: string): unknown => db.prepare(`SELECT week FROM ${table}`).pluck().all();
    expect([weeksIn('counts'), weeksIn('weeks'), weeksIn('published')]).toEqual([['2026-W46'], ['2026-W46'], []]);
    expect(db.prepare('SELECT count(*) FROM waiting').pluck().get()).toBe(0);
    db.close();
  });

  it('survive a disk that can only be read', async () => {
    const first = await opened();
    first.add('2026-W47', [['session', 1, 7]]);
    first.compact();
    first.close();
    const db = new SqliteDatabase(file(), { readonly: true });
    const store = createCountsStore(db, 'moulins-1');
    expect(store.add('2026-W47', [['session', 1, 7]])).toMatchObject({ ok: false, error: { kind: 'read-only' } });
    store.close();
  });

  it('survive a full disk, and hold what was there', async () => {
    const many = Array.from({ length: 400 }, (_, at): [string, number, number] => [
      `demarche.opened|demarche-avec-un-nom-assez-long-${at}`,
      1,
      7,
    ]);
    const result = await open(migrations, [...listed, ...many.map(([cell]) => cell)]);
    if (!result.ok) throw new Error(result.error.kind);
    const { db } = result.value;
    const store = createCountsStore(db, 'moulins-1');
    store.add('2026-W47', [['session', 1, 7]]);
    store.compact();
    // SQLite answers SQLITE_FULL, as on a full disk.
    db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
    expect(store.add('2026-W47', many)).toEqual({ ok: false, error: { kind: 'full' } });
    expect(store.read('0', '9').get('2026-W47')?.counts).toEqual(new Map([['session', { n: 1, key: 7 }]]));
    store.close();
  });
});
