import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isNetworkTime } from '../../../main/platform/network-time.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'time-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW_MS = Date.UTC(2026, 9, 21, 7);
const HOUR_MS = 3_600_000;
const synchronizedAt = (ms: number): string => {
  const file = join(folder, 'synchronized');
  writeFileSync(file, '');
  utimesSync(file, ms / 1_000, ms / 1_000);
  return file;
};

it.each([
  ['a moment ago', 0, true],
  ['at the last attempt but one', -HOUR_MS, true],
  ['and then the clock was set eight days ahead', -8 * 24 * HOUR_MS, undefined],
  ['and then the clock was set eight days back', 8 * 24 * HOUR_MS, undefined],
  ['this morning, without success since', -3 * HOUR_MS, undefined],
])('the clock that was synchronized %s', (_, byMs, expected) => {
  expect(isNetworkTime(NOW_MS, synchronizedAt(NOW_MS + byMs))).toBe(expected);
});

it('says that it does not know without the time service', () => {
  expect(isNetworkTime(NOW_MS, join(folder, 'none'))).toBeUndefined();
  expect(isNetworkTime(NOW_MS, join(synchronizedAt(NOW_MS), 'none'))).toBeUndefined();
});
