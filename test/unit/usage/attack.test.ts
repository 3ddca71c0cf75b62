/**
 * What an insider may learn, and what an agent still learns, in one run.
 * `ATTACK_CASES=40 npx vitest run test/unit/usage/attack.test.ts` for the long version.
 */
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../main/features/usage/cells.ts';
import { shiftWeek, type Week } from '../../../main/features/usage/iso-week.ts';
import { cellsOf } from '../../../main/features/usage/known-keys.ts';
import { noiseTable, perturb } from '../../../main/features/usage/noise.ts';
import { publish, type SiteFigures } from '../../../main/features/usage/publish.ts';
import { figuresOf } from '../../../main/features/usage/report.ts';
import { isNumber, suppressed } from '../../../main/features/usage/shown.ts';
import { stuckAt } from '../../../main/features/usage/words.ts';
import { seeded } from '../../fakes/seeded.ts';
import { attack, type Family } from './attack.ts';
import { publish as oldPublish } from './old-publish.ts';
import { drawKey, sampleKnown, sampleSession, sampleSite, siteOfCounts } from './sample-site.ts';

const CASES = Number(process.env['ATTACK_CASES'] ?? 3);
const FROM = Number(process.env['ATTACK_FROM'] ?? 1);
/** Nobody may be surer than this of a small count. */
const MOST = 0.6;

/** The whole of a year in which the kiosk came in November: weeks, two months and the year are all over. */
const START = '2025-W45' as Week;
const WEEKS = 8;

const families: readonly Family[] = [
  {
    total: 'session',
    splits: [
      ['session.end|button', 'session.end|quiet', 'session.end|time-over'],
      ['session.half-day|mon-am', 'session.half-day|mon-pm', 'session.half-day|tue-am', 'session.half-day|tue-pm'],
      ['session.duration|under-2', 'session.duration|2-5', 'session.duration|5-15'],
      ['session.helped|yes', 'session.helped|no'],
      ['session.language|fr', 'session.language|simple', 'session.language|en'],
      ['session.text-size|normal', 'session.text-size|large', 'session.text-size|largest'],
    ],
  },
  {
    total: 'demarche.opened|caf-attestation',
    splits: [
      [
        'demarche.finished|caf-attestation',
        ...[0, 1, 2, 3].map((step) => `demarche.left-at-step|caf-attestation/${step}`),
      ],
    ],
  },
  { total: 'search.nothing|logement', splits: [] },
];

/** Real-looking weeks with small counts of all kinds, some of them closed. */
const randomSite = (random: () => number, family: Family): SiteFigures => {
  const busy = [2, 6, 15][Math.floor(random() * 3)] ?? 2;
  const biases = family.splits.map((split) => split.map(() => random() ** 3));
  const weeks = Array.from({ length: WEEKS }, (_, at): [string, [Cell, number][]] => {
    const total = random() < 0.1 ? 0 : Math.floor(random() ** 2 * (busy + 1));
    const cells = new Map<Cell, number>([[family.total, total]]);
    family.splits.forEach((split, which) => {
      const bias = biases[which] ?? [];
      for (let one = 0; one < total; one += 1) {
        let left = random() * bias.reduce((a, b) => a + b, 0);
        const chosen = split[Math.max(0, bias.findIndex((weight) => (left -= weight) <= 0))] ?? ''; // prettier-ignore
        cells.set(chosen, (cells.get(chosen) ?? 0) + 1);
      }
    });
    return [shiftWeek(START, at), [...cells]];
  });
  return siteOfCounts(weeks, '2026-W05', {}, random);
};

describe('the table of noise', () => {
  it.each(noiseTable.map((row, n) => ({ n, ...row })))('of a count of $n', ({ n, from, chances }) => {
    expect(chances.reduce((a, b) => a + b, 0)).toBe(10_000);
    expect(n + from).toBeGreaterThanOrEqual(0);
    expect(from + chances.length - 1).toBeLessThanOrEqual(4);
    if (n < 2) return;
    const mean = chances.reduce((sum, chance, at) => sum + (chance / 10_000) * (from + at), 0);
    const variance = chances.reduce((sum, chance, at) => sum + (chance / 10_000) * (from + at) ** 2, 0);
    expect(Math.abs(mean)).toBeLessThan(0.001);
    expect(Math.abs(variance - 2)).toBeLessThan(0.005);
  });
  it('is what is drawn from', () => {
    const random = seeded(11);
    noiseTable.forEach(({ from, chances }, n) => {
      const seen = chances.map(() => 0);
      for (let at = 0; at < 40_000; at += 1) {
        const noise = perturb(n, drawKey(random)) - n - from;
        seen[noise] = (seen[noise] ?? Number.NaN) + 1;
      }
      seen.forEach((many, at) => expect(Math.abs(many / 4 - (chances[at] ?? 0))).toBeLessThan(150));
    });
  });
  it('leaves an insider who knows of nobody else at most 60 % sure that one person did it', () => {
    const [none, one] = [noiseTable[0], noiseTable[1]];
    for (let shown = 0; shown <= 2; shown += 1) {
      const [a, b] = [none?.chances[shown] ?? 0, one?.chances[shown] ?? 0];
      expect(b / (a + b)).toBeLessThanOrEqual(MOST);
    }
  });
  it('leaves whoever knows all the others to the unit right about one more in at most two bets of three', () => {
    const chance = (shown: number, n: number): number => {
      const row = noiseTable[Math.min(n, 4)];
      return (row?.chances[shown - n - (row?.from ?? 0)] ?? 0) / 10_000;
    };
    for (let n = 1; n < 8; n += 1) {
      let right = 0;
      for (let shown = 0; shown < 16; shown += 1) right += Math.max(chance(shown, n), chance(shown, n + 1)) / 2;
      expect(right).toBeLessThanOrEqual(n === 1 ? 0.673 : 0.6445);
    }
  });
});

describe('an insider with every page of a year', () => {
  it.each(families)('is never more than 60 % sure of a count of 1 to 4 of $total', { timeout: 3_600_000 }, (family) => {
    for (let seed = FROM; seed < FROM + CASES; seed += 1) {
      const random = seeded(seed * 7 + 1);
      const found = attack(randomSite(random, family), family, { random })
        .filter(({ truth, ofTruth }) => truth >= 1 && truth <= 4 && ofTruth > MOST)
        .map(({ cell, scope, truth, ofTruth }) => `${cell} in ${scope}: ${truth} (${ofTruth.toFixed(2)})`);
      expect(found, `seed ${seed}`).toEqual([]);
    }
  });

  it('would be, if each showing drew its noise anew', { timeout: 600_000 }, () => {
    const family = families[1] as Family;
    const random = seeded(4);
    const site = randomSite(random, family);
    const counts = (cell: Cell, scope: string): number =>
      [...site.weeks].reduce((n, [week, cells]) => (week === scope ? n + (cells.get(cell) ?? 0) : n), 0);
    const onWeeks = (cell: Cell, scope: string): number => perturb(counts(cell, scope), drawKey(random));
    // Ten showings of a week.
    const weeksOnly: SiteFigures = { ...site, weeks: new Map([...site.weeks].slice(0, 1)) };
    const found = attack(weeksOnly, family, { random, draws: 10, showAgain: (cell) => onWeeks(cell, START) });
    const small = found.filter(({ truth, scope }) => truth >= 1 && truth <= 4 && scope === START);
    expect(small.some(({ ofTruth }) => ofTruth > MOST)).toBe(true);
  });

  it('reads in the page of each threshold nothing but the page without one', () => {
    const site = sampleSite('2026-W30', 12, 60);
    for (const period of [
      { kind: 'week', id: '2026-W35' },
      { kind: 'month', id: '2026-08' },
    ] as const) {
      // prettier-ignore
      const whole = figuresOf({ site, known: sampleKnown, threshold: 1 }, period);
      for (const threshold of [3, 5, 11])
        expect(figuresOf({ site, known: sampleKnown, threshold }, period)).toEqual(
          new Map([...(whole ?? [])].map(([cell, shown]) => [cell, suppressed(shown, threshold)])),
        );
    }
  });
});

describe('an insider at the kiosk, who looks each minute and restarts it at will', () => {
  const week = '2026-W47' as Week;
  const random = seeded(21);
  const sessions = Array.from({ length: 60 }, () => sampleSession(random));
  const countsAfter = (many: number): readonly [Cell, number][] => {
    const all = new Map<Cell, number>();
    for (const one of sessions.slice(0, many)) for (const [cell, n] of one) all.set(cell, (all.get(cell) ?? 0) + n);
    return [...all];
  };

  it('had every person’s steps under the method of before', () => {
    const splits = [{ cells: ['session.helped|yes', 'session.helped|no'], labelSmall: false }];
    const gate = { total: 'session', splits };
    const others = cellsOf(sampleKnown).filter((cell) => !cell.startsWith('session'));
    const settings = { threshold: 5, gate, families: others.map((total) => ({ total, splits: [] })) };
    const shown = (many: number) =>
      oldPublish(
        { weeks: new Map([[week, new Map(countsAfter(many))]]), startedIn: week, keptFrom: week, current: week },
        { kind: 'week', id: week },
        settings,
      );
    let told = 0;
    for (let many = 30; many < 60; many += 1) {
      const [before, after] = [shown(many), shown(many + 1)];
      const changed = others.filter((cell) => JSON.stringify(before.get(cell)) !== JSON.stringify(after.get(cell)));
      // Exactly what this one person did.
      if (changed.length > 0 && changed.every((cell) => sessions[many]?.has(cell))) told += 1;
    }
    expect(told).toBeGreaterThan(20);
  });

  it('sees each half-day once, as it will stand in the page of the week, and nothing else about people', () => {
    const whole = siteOfCounts([[week, countsAfter(60)]], '2026-W48');
    const period = { kind: 'week', id: week } as const;
    const cells = cellsOf(sampleKnown);
    const final = publish(whole, period, cells);
    let last = 0;
    for (let over = 0; over < 14; over += 1) {
      const live = publish({ ...whole, current: week, halvesOver: over }, period, cells);
      const told = [...live].filter(([cell, shown]) => shown.kind === 'about' && cell !== 'session');
      for (const [cell, shown] of told) expect(shown).toEqual(final.get(cell));
      const sum = told.reduce((n, [, shown]) => n + (isNumber(shown) ? shown.n : 0), 0);
      const total = live.get('session');
      if (told.length === 0) expect(total).toEqual({ kind: 'hidden' });
      else expect([told.length, total]).toEqual([over, { kind: 'about', n: sum }]);
      last = told.length;
    }
    expect(last).toBe(13);
  });
});

describe('what an agent learns all the same', () => {
  it.each([
    { visits: 60, top: 0.6, error: 1.4 },
    { visits: 600, top: 0.8, error: 1.4 },
  ])('at $visits visits a week: where most gave up', ({ visits, top, error }) => {
    let [found, asked, moved, cells, first] = [0, 0, 0, 0, 0];
    const WEEKS_SEEN = 40;
    for (let seed = 1; seed <= 4; seed += 1) {
      const site = sampleSite('2025-W40', WEEKS_SEEN / 4 + 1, visits, seed);
      for (const [week, counts] of [...site.weeks].filter(([one]) => one < site.current)) {
        const now = publish(site, { kind: 'week', id: week }, cellsOf(sampleKnown));
        const guided = (cell: Cell): boolean => cell.startsWith('demarche.left-at-step|') && !cell.endsWith('/0');
        const truth = [...counts.keys()].filter(guided).map((cell) => counts.get(cell) ?? 0).sort((a, b) => b - a); // prettier-ignore
        const named = stuckAt({ now, known: sampleKnown }, 3);
        // A step that as many people gave up at is as true.
        const third = truth[2] ?? 0;
        found += named.filter(({ cell }) => (counts.get(cell) ?? 0) >= third).length;
        asked += 3;
        if ((counts.get(named[0]?.cell ?? '') ?? 0) >= (truth[1] ?? 0)) first += 1;
        for (const [cell, shown] of now) {
          if (shown.kind !== 'about') continue;
          moved += Math.abs(shown.n - (counts.get(cell) ?? 0));
          cells += 1;
        }
      }
    }
    process.stdout.write(
      `${visits} visits a week: ${Math.round((100 * found) / asked)} % of the top three steps, the first is among the true two in ${Math.round((100 * first) / WEEKS_SEEN)} % of weeks; a number is off by ${(moved / cells).toFixed(2)} on average\n`,
    );
    expect(found / asked).toBeGreaterThan(top);
    expect(moved / cells).toBeLessThan(error);
  });

  it('is told no difference that the noise could have made, and every number to 4', () => {
    const site = sampleSite('2025-W40', 60, 60);
    for (const [week, counts] of [...site.weeks].filter(([one]) => one < site.current))
      for (const [cell, shown] of publish(site, { kind: 'week', id: week }, cellsOf(sampleKnown)))
        if (isNumber(shown)) expect(Math.abs(shown.n - (counts.get(cell) ?? 0))).toBeLessThanOrEqual(4);
  });
});
