/** What somebody who takes the disk can read: the raw database file. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemFiles } from '../../../main/platform/files.ts';
import { createCountsStore } from '../../../main/store/counts-store.ts';
import { migrations } from '../../../main/store/migrations/index.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import type { Increment } from '../../../main/features/usage/counts-file.ts';
import { allowedCells } from '../../../main/features/usage/known-keys.ts';
import { keyed, sampleKnown, sampleSession } from '../../unit/usage/sample-site.ts';
import { seeded } from '../../fakes/seeded.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raw-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const strayFiles = (): string[] => readdirSync(folder).filter((name) => !/^[a-d]\.db(-wal|-shm)?$/.test(name));

type Session = readonly Increment[];
const write = async (name: string, sessions: readonly Session[]): Promise<Buffer> => {
  const file = join(folder, name);
  const allowed = allowedCells(sampleKnown);
  const opened = await openDatabase({ files: systemFiles, file, migrations, today: () => '2026-11-25', allowed });
  if (!opened.ok) throw new Error(opened.error.kind);
  const store = createCountsStore(opened.value.db, 'moulins-1', () => '0123456789abcdef'.repeat(2));
  for (const session of sessions) {
    store.add('2026-W47', session);
    store.compact();
  }
  const bytes = readFileSync(file);
  expect(readFileSync(`${file}-wal`).length).toBe(0);
  store.close();
  expect(strayFiles()).toEqual([]);
  return bytes;
};

const shuffle = <T>(list: readonly T[], random: () => number): T[] =>
  list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);

describe('the raw file', () => {
  const random = seeded(7);
  const sessions: Session[] = Array.from({ length: 120 }, () => keyed(sampleSession(random), random));
  let first: Buffer;
  beforeAll(async () => {
    first = await write('a.db', sessions);
  });

  it('is identical to the byte, whatever the order and time of the sessions', { timeout: 90_000 }, async () => {
    const other = await write(
      'b.db',
      shuffle(sessions, random).map((session) => shuffle(session, random)),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // so that the clock shows another second
    const backwards = await write('c.db', [...sessions].reverse());
    expect(other.equals(first)).toBe(true);
    expect(backwards.equals(first)).toBe(true);
  });

  it('differs when one session differs, so the comparison above can fail', { timeout: 60_000 }, async () => {
    expect(
      (
        await write('d.db', [...sessions.slice(1), [...(sessions[0] ?? []), ['session.did|printed', 1, 5] as const]])
      ).equals(first),
    ).toBe(false);
  });

  it('contains no date or time as text (nor as a number: files written at different times were equal)', () => {
    const text = first.toString('latin1');
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|T\d{2}Z/);
  });

  it('contains no cell that SQL does not show, so nothing stays in freed space', () => {
    const text = first.toString('latin1');
    const rows = new Set(sessions.flatMap((session) => session.map(([cell]) => cell)));
    // Each row's key text occurs exactly once, apart from the fixed ones in the schema text.
    for (const cell of rows) {
      const [measure = '', key = ''] = cell.split('|');
      expect(text.split(`2026-W47${measure}${key}`).length - 1, cell).toBeGreaterThanOrEqual(1);
    }
    const total = text.split(/moulins-12026-W47(?!2026|0123)/).length - 1; // the kiosk's life and the week's secret are separate rows
    expect(total).toBe(rows.size);
  });

  it('has no other file beside it but an empty log', () => {
    expect(readdirSync(folder)).toContain('a.db');
    expect(strayFiles()).toEqual([]);
  });
});
