/** Differences that the noise alone can make are never told as such, on any line of a page. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../main/contract/usage.ts';
import { differenceOf } from '../../../main/features/usage/difference.ts';
import { weeksOf, type PeriodKind, type Week } from '../../../main/features/usage/iso-week.ts';
import { noiseTable } from '../../../main/features/usage/noise.ts';
import { buildReport } from '../../../main/features/usage/report.ts';
import { about, HIDDEN } from '../../../main/features/usage/shown.ts';
import { seeded } from '../../fakes/seeded.ts';
import { sampleKnown, siteOfCounts } from './sample-site.ts';

type Cells = readonly (readonly [string, number])[];
const make = (
  weeks: readonly (readonly [string, Cells])[],
  current: string,
  kind: PeriodKind,
  id: string,
  seed: number,
): Report =>
  buildReport({
    site: siteOfCounts(weeks, current, {}, seeded(seed)),
    period: { kind, id },
    known: sampleKnown,
    place: 'Moulins',
    threshold: 1,
    notices: [],
  });
const seeds = Array.from({ length: 60 }, (_, at) => at + 1);
const people = (n: number): Cells => [['session', n], ['session.helped|yes', n - 5], ['session.helped|no', 5]]; // prettier-ignore
/** All that the page says, without the tables. */
const said = ({ sentences, headline, trend }: Report): string =>
  [...sentences, ...headline.map(({ change }) => change), trend.sentence].join(' ');
const TOLD = /\d+ de (plus|moins)|mieux/;

describe('a difference', () => {
  const shownFor = (n: number): readonly number[] => {
    const row = noiseTable[Math.min(n, noiseTable.length - 1)];
    return (row?.chances ?? []).map((_, at) => n + (row?.from ?? 0) + at);
  };
  it('of two weeks is never told for equal counts, and always from 9 on', () => {
    for (let n = 0; n <= 60; n += 1)
      for (const now of shownFor(n))
        for (const before of shownFor(n)) expect(differenceOf(about(now), about(before), 'week')).toBe(0);
    expect([differenceOf(about(29), about(20), 'week'), differenceOf(about(20), about(29), 'week')]).toEqual([9, -9]);
  });
  it('of sums of weeks as shown needs to be wider, by the noise of each week', () => {
    expect(differenceOf(about(39), about(8), 'month')).toBe(0);
    expect(differenceOf(about(60), about(36), 'month')).toBe(0);
    expect(differenceOf(about(61), about(36), 'month')).toBe(25);
    expect(differenceOf(about(140), about(120), 'month')).toBe(20);
    expect(differenceOf(about(4_000), about(3_991), 'year')).toBe(9);
  });
  it('of several sites added up is wider by the root of their number', () => {
    expect(differenceOf(about(316), about(300), 'week', 4)).toBe(0);
    expect(differenceOf(about(317), about(300), 'week', 4)).toBe(17);
  });
  it('with a figure that is not shown is not told', () => {
    expect(differenceOf(about(9), HIDDEN, 'week')).toBeUndefined();
    expect(differenceOf(undefined, about(9), 'week')).toBeUndefined();
  });
});

describe('a month that is compared with a longer one', () => {
  it('says so, and tells no change in large letters', () => {
    // August 2026 has the weeks 32 to 35, July 27 to 31.
    const weeks = weeksOf({ kind: 'month', id: '2026-07' }).concat(weeksOf({ kind: 'month', id: '2026-08' }));
    expect(weeks).toHaveLength(9);
    const page = make(weeks.map((week) => [week, people(60)]), '2026-W40', 'month', '2026-08', 1); // prettier-ignore
    expect(page.sentences[0]).toMatch(/de moins que le mois d’avant, qui avait une semaine de plus/);
    expect(page.headline.map(({ change }) => change).join('')).toBe('');
  });
});

describe('the page', () => {
  it.each([
    ['week', '2026-W47', 40],
    ['week', '2026-W47', 14],
    // Shown as the sums of their weeks.
    ['month', '2026-09', 7],
    ['month', '2026-09', 9],
    // Drawn once.
    ['month', '2026-09', 30],
    ['year', '2025', 12],
  ] as const)('of a %s (%s) tells no difference of equal weeks of %d people', (kind, id, n) => {
    // Each has as many weeks as the one before it.
    const from = kind === 'year' ? ['2024', '2025'] : ['2026'];
    const weeks = from.flatMap((year) => weeksOf({ kind: 'year', id: year })).map((week) => [week, people(n)] as const);
    for (const seed of kind === 'year' ? seeds.slice(0, 5) : seeds) {
      const report = make(weeks, '2027-W01', kind, id, seed);
      expect(said(report), `seed ${seed}`).toContain('sans écart net');
      expect(said(report), `seed ${seed}`).not.toMatch(TOLD);
    }
  });
  it('tells a true difference, in each place', () => {
    const before = weeksOf({ kind: 'year', id: '2026' }).slice(0, 46).map((week) => [week, people(40)] as const); // prettier-ignore
    for (const seed of seeds.slice(0, 20)) {
      const report = make([...before, ['2026-W47' as Week, people(90)]], '2026-W48', 'week', '2026-W47', seed);
      expect(report.headline.find(({ label }) => label === 'Passages')?.change).toMatch(/^[45]\d de plus qu’avant$/);
      expect(report.sentences[0]).toMatch(/ [45]\d de plus que la semaine d’avant/);
      expect(report.trend.sentence).toMatch(/^\d+ passages\u00a0: [45]\d de plus que la moyenne.*; [45]\d de plus que la moyenne/); // prettier-ignore
    }
  });
  it('does not say whether last week’s advice helped, when as many people stopped at the step', () => {
    const stuck: Cells = [...people(60), ['demarche.opened|caf-attestation', 20], ['demarche.left-at-step|caf-attestation/2', 20]]; // prettier-ignore
    for (const seed of seeds) {
      const report = make([['2026-W46', stuck], ['2026-W47', stuck]], '2026-W48', 'week', '2026-W47', seed); // prettier-ignore
      expect(report.sentences.at(-1), `seed ${seed}`).toMatch(
        /^Conseil de la semaine d’avant.*trop petit pour conclure\.$/,
      );
    }
  });
});
