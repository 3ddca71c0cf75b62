/**
 * How much an insider can learn about individuals, and how useful the figures still are to an agent. `ATTACK_SEED=…`
 * generates other sites, `ATTACK_CASES=40` more of them, so that nothing is tuned to the few sites of the short run.
 */
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../main/features/usage/cells.ts';
import { weeksOf, type Week } from '../../../main/features/usage/iso-week.ts';
import { cellsOf } from '../../../main/features/usage/known-keys.ts';
import { MAX_NOISE, noiseTable, perturb, SURE_FROM } from '../../../main/features/usage/noise.ts';
import { publish } from '../../../main/features/usage/publish.ts';
import { figuresOf } from '../../../main/features/usage/report.ts';
import { isNumber, suppressed } from '../../../main/features/usage/shown.ts';
import { stuckAt } from '../../../main/features/usage/words.ts';
import { seeded } from '../../fakes/seeded.ts';
import { attack, type Certainty, type Family } from './attack.ts';
import { kinds, randomSite, type Kind } from './attack-families.ts';
import { publish as oldPublish } from './old-publish.ts';
import { drawKey, sampleKnown, sampleSession, sampleSite, siteOfCounts } from './sample-site.ts';

const CASES = Number(process.env['ATTACK_CASES'] ?? 3);
const SEED = Number(process.env['ATTACK_SEED'] ?? 20_261_127);
/** The highest certainty that anyone may have of a small count. */
const MOST = 0.6;

const chance = (shown: number, n: number): number => {
  const row = noiseTable[Math.min(n, noiseTable.length - 1)];
  return (row?.chances[shown - n - row.from] ?? 0) / 10_000;
};
const SHOWN = Array.from({ length: 20 }, (_, shown) => shown);
const COUNTS = Array.from({ length: 41 }, (_, n) => n);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe('the table of noise', () => {
  it.each(noiseTable.map((row, n) => ({ n, ...row })))('has a valid row for a count of $n', ({ n, from, chances }) => {
    expect(chances.reduce((a, b) => a + b, 0)).toBe(10_000);
    expect(n + from).toBeGreaterThanOrEqual(0);
    expect(from + chances.length - 1).toBeLessThanOrEqual(4);
    if (n < 2) return;
    const mean = chances.reduce((sum, chance, at) => sum + (chance / 10_000) * (from + at), 0);
    const variance = chances.reduce((sum, chance, at) => sum + (chance / 10_000) * (from + at) ** 2, 0);
    expect(Math.abs(mean)).toBeLessThan(0.001);
    expect(Math.abs(variance - 2)).toBeLessThan(0.005);
  });
  it('matches the noise that is drawn', () => {
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
  it.each([0.82, 1, 1.4, 2, 2.8, 4, 5.6, 8])(
    'reveals no count of 1 to 4 with more than 60 % certainty to a reader who knows that it happens %d times a week',
    (rate) => {
      const before = COUNTS.reduce<number[]>((all, n) => [...all, n === 0 ? 1 : ((all[n - 1] ?? 0) * rate) / n], []);
      for (const shown of SHOWN) {
        const all = sum(COUNTS.map((n) => (before[n] ?? 0) * chance(shown, n)));
        for (const n of [1, 2, 3, 4])
          expect((before[n] ?? 0) * chance(shown, n), `${n} shown as ${shown}`).toBeLessThanOrEqual(MOST * all + 1e-9);
      }
    },
  );
  it('leaves a reader who knows the count is 0 or 1 at most 60 % sure of 1', () => {
    for (const shown of [0, 1, 2])
      expect(chance(shown, 1) / (chance(shown, 0) + chance(shown, 1))).toBeLessThanOrEqual(MOST);
  });
  it.each([0, 1, 2, 5, 9])('leaves a reader with %d own sessions at most 60 % sure about one other person', (own) => {
    // Assumes that n + 1 unknown people are two thirds as likely as n. The README explains why 60 % follows.
    for (const shown of SHOWN) {
      const [without, withOne] = [0, 1].map((one) => sum(COUNTS.map((others) => (2 / 3) ** others * chance(shown, own + others + one)))); // prettier-ignore
      const all = (without ?? 0) + (withOne ?? 0);
      if (all > 0) expect((withOne ?? 0) / all).toBeLessThanOrEqual(MOST + 1e-9);
    }
  });
  it('lets a reader who knows all the others exactly guess right about one more person at most two times in three', () => {
    for (let n = 1; n < 8; n += 1) {
      const right = sum(SHOWN.map((shown) => Math.max(chance(shown, n), chance(shown, n + 1)) / 2));
      expect(right).toBeLessThanOrEqual(n === 1 ? 0.673 : 0.6445);
    }
  });
});

const small = (found: readonly Certainty[]): readonly Certainty[] =>
  found.filter(({ truth }) => truth >= 1 && truth <= 4);
const surer = (found: readonly Certainty[], most: number): readonly Certainty[] =>
  small(found).filter(({ ofTruth }) => ofTruth > most);

describe('an insider with every page of a year', () => {
  // Zero is impossible: a month has noise of its own besides its weeks', and two draws far apart can fit only one count
  // (README).
  it.each(kinds)(
    'is surer than 60 % of at most one count of 1 to 4 in two hundred of $name',
    { timeout: 3_600_000 },
    (kind: Kind) => {
      let counts = 0;
      const exceeded: string[] = [];
      for (let seed = SEED; seed < SEED + CASES; seed += 1) {
        const random = seeded(seed);
        const family = kind.family(random);
        const sites = Array.from({ length: kind.sites }, () => randomSite(random, family, kind));
        const first = attack(sites, family, { random });
        counts += small(first).length;
        // The sampling error is a few hundredths, so results near the limit are sampled again for longer.
        const found =
          surer(first, MOST - 0.1).length === 0 ? [] : surer(attack(sites, family, { random, steps: 120_000 }), MOST);
        for (const { cell, page, truth, ofTruth } of found)
          exceeded.push(`seed ${seed}: ${cell} in ${page}: ${truth} (${ofTruth.toFixed(2)})`);
      }
      process.stdout.write(
        `attack of seed ${SEED}: ${kind.name}: ${exceeded.length} of ${counts} small counts known\n`,
      );
      expect(exceeded.length, exceeded.join(', ')).toBeLessThanOrEqual(Math.ceil(counts / 200));
    },
  );

  it('exceeds 60 % for at most one count in twenty even if all the rates are known', { timeout: 600_000 }, () => {
    const kind = kinds[0] as Kind;
    const random = seeded(SEED);
    const family = kind.family(random);
    const site = randomSite(random, family, kind);
    const many = (cell: Cell): number => sum([...site.weeks.values()].map((week) => week.get(cell) ?? 0));
    const wholes = new Map<Cell, readonly [whole: Cell, ways: number]>();
    const divide = ({ cell, splits, some }: Family): void => {
      for (const { parts } of splits) for (const part of parts) wholes.set(part.cell, [cell, parts.length]);
      for (const one of some) wholes.set(one.cell, [cell, 2]);
      [...splits.flatMap(({ parts }) => parts), ...some].forEach(divide);
    };
    divide(family);
    const shareOf = (cell: Cell): number => {
      const [whole, ways] = wholes.get(cell) ?? ['session', 1];
      return (many(cell) + 0.5) / (many(whole) + 0.5 * ways);
    };
    const learnt = { rate: (many('session') + 0.5) / site.weeks.size, shareOf };
    const found = attack([site], family, { random, learnt, steps: 30_000 });
    process.stdout.write(
      `attack of seed ${SEED}, all rates known: ${surer(found, MOST).length} of ${small(found).length}\n`,
    );
    expect(surer(found, MOST).length).toBeLessThanOrEqual(Math.ceil(small(found).length / 20));
  });

  it('would exceed 60 % if each display drew new noise', { timeout: 600_000 }, () => {
    const family: Family = { cell: 'search.nothing|logement', splits: [], some: [] };
    const random = seeded(4);
    const weeks: [string, [Cell, number][]][] = [2, 1, 3, 4].map((n, at) => [`2025-W4${at + 5}`, [[family.cell, n]]]);
    const site = siteOfCounts(weeks, '2026-W05', {}, random);
    const again = (_: Cell, page: string): readonly number[] => {
      const n = new Map(weeks).get(page)?.[0]?.[1];
      return n === undefined ? [] : Array.from({ length: 9 }, () => perturb(n, drawKey(random)));
    };
    expect(surer(attack([site], family, { random, showAgain: again }), MOST).length).toBeGreaterThan(2);
    expect(surer(attack([site], family, { random }), MOST)).toEqual([]);
  });

  it('would exceed 60 % if each breakdown of the visits had its own noise', { timeout: 600_000 }, () => {
    let successes = 0;
    const random = seeded(9);
    const kind = kinds[0] as Kind;
    const family = kind.family(random);
    for (let at = 0; at < 3; at += 1) {
      const site = randomSite(random, family, kind);
      const apart = (cell: Cell, page: string): readonly number[] =>
        cell === 'session' && site.weeks.has(page as Week) ? Array.from({ length: 6 }, () => perturb(site.weeks.get(page as Week)?.get(cell) ?? 0, drawKey(random))) : []; // prettier-ignore
      successes += surer(attack([site], family, { random, showAgain: apart }), MOST).length;
    }
    expect(successes).toBeGreaterThan(0);
  });

  it('learns nothing more from a page with a threshold than from the page without one', () => {
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

describe('an insider at the kiosk who reads the page every minute and restarts at will', () => {
  const week = '2026-W47' as Week;
  const random = seeded(21);
  const sessions = Array.from({ length: 60 }, () => sampleSession(random));
  const countsAfter = (many: number): readonly [Cell, number][] => {
    const all = new Map<Cell, number>();
    for (const one of sessions.slice(0, many)) for (const [cell, n] of one) all.set(cell, (all.get(cell) ?? 0) + n);
    return [...all];
  };

  it('could read most people’s steps under the previous method', () => {
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
    let exposed = 0;
    for (let many = 30; many < 60; many += 1) {
      const [before, after] = [shown(many), shown(many + 1)];
      const changed = others.filter((cell) => JSON.stringify(before.get(cell)) !== JSON.stringify(after.get(cell)));
      // The changes are exactly what this one person did.
      if (changed.length > 0 && changed.every((cell) => sessions[many]?.has(cell))) exposed += 1;
    }
    // A person who did only what others had done stays hidden. The rest, about two in three, were exposed.
    expect(exposed).toBeGreaterThan(17);
  });

  it('sees each half-day’s final number once it is over, and nothing else about people', () => {
    const whole = siteOfCounts([[week, countsAfter(60)]], '2026-W48');
    const period = { kind: 'week', id: week } as const;
    const cells = cellsOf(sampleKnown);
    const final = publish(whole, period, cells);
    let last = 0;
    for (let over = 0; over < 14; over += 1) {
      const live = publish({ ...whole, current: week, halfDaysOver: over }, period, cells);
      const published = [...live].filter(([cell, shown]) => shown.kind === 'about' && cell !== 'session');
      for (const [cell, shown] of published) expect(shown).toEqual(final.get(cell));
      const sum = published.reduce((n, [, shown]) => n + (isNumber(shown) ? shown.n : 0), 0);
      const total = live.get('session');
      if (published.length === 0) expect(total).toEqual({ kind: 'hidden' });
      else expect([published.length, total]).toEqual([over, { kind: 'about', n: sum }]);
      last = published.length;
    }
    expect(last).toBe(13);
  });
});

describe.each(['machine.fault|browser', 'service.out|network'])('%s, which only a person can meet', (cell) => {
  const [before, week] = ['2026-W46', '2026-W47'] as [Week, Week];
  const site = siteOfCounts([[before, [[cell, 2]]], [week, [[cell, 3], ['machine.fault|memory-full', 1]]]], week, { halfDaysOver: 13 }); // prettier-ignore
  const shownIn = (of: typeof site, kind: 'week' | 'month' | 'year', id: string) => publish(of, { kind, id }, [cell]).get(cell); // prettier-ignore

  it('is on no page before its week is over, so that a page read every minute shows nobody', () => {
    expect(shownIn(site, 'week', week)).toEqual({ kind: 'hidden' });
    // The month and the year show the finished weeks.
    for (const [kind, id] of [
      ['month', '2026-11'],
      ['year', '2026'],
    ] as const)
      // prettier-ignore
      expect(shownIn(site, kind, id)).toEqual({ kind: 'exact', n: 2 });
    const over = { ...site, current: '2026-W48' as Week };
    expect(shownIn(over, 'week', week)).toEqual({ kind: 'exact', n: 3 });
    expect(shownIn(over, 'month', '2026-11')).toEqual({ kind: 'exact', n: 5 });
  });
  it('is not hidden with the faults that come without anyone', () => {
    const full = 'machine.fault|memory-full';
    expect(publish(site, { kind: 'week', id: week }, [full]).get(full)).toEqual({ kind: 'exact', n: 1 });
  });
});

/** The measures of which the page lists the largest. */
const LISTS = ['demarche.left-at-step', 'demarche.opened', 'theme.chosen', 'search.nothing', 'session.empty-handed', 'help.asked', 'trouble.met']; // prettier-ignore

/** Nobody knows whether people who left at the last step finished there. */
const isStepToHelpAt = (cell: Cell): boolean =>
  sampleKnown.demarches.some(({ id, steps }) => {
    const [of, step] = cell.split('/');
    return of === `demarche.left-at-step|${id}` && Number(step) > 0 && Number(step) < steps;
  });

describe('what an agent can still learn', () => {
  it.each([
    { visits: 60, top: 0.6, most: 0.58, second: 0.8, error: 1.4 },
    { visits: 600, top: 0.8, most: 0.83, second: 0.975, error: 1.4 },
  ])('at $visits visits a week: the steps where most people gave up', ({ visits, top, most, second, error }) => {
    let [found, asked, moved, cells, first, amongTwo] = [0, 0, 0, 0, 0, 0];
    const WEEKS_SEEN = 160;
    for (let seed = 1; seed <= 16; seed += 1) {
      const site = sampleSite('2025-W40', WEEKS_SEEN / 16 + 1, visits, seed);
      for (const [week, counts] of [...site.weeks].filter(([one]) => one < site.current)) {
        const now = publish(site, { kind: 'week', id: week }, cellsOf(sampleKnown));
        const truth = [...counts.keys()].filter(isStepToHelpAt).map((cell) => counts.get(cell) ?? 0).sort((a, b) => b - a); // prettier-ignore
        const named = stuckAt({ now, known: sampleKnown }, 3);
        // A step with as many people as the third one is equally right.
        const third = truth[2] ?? 0;
        found += named.filter(({ cell }) => (counts.get(cell) ?? 0) >= third).length;
        asked += 3;
        const atFirst = counts.get(named[0]?.cell ?? '') ?? 0;
        // Several steps may have been left by most people.
        if (atFirst > 0 && atFirst === truth[0]) first += 1;
        if (atFirst > 0 && atFirst >= (truth[1] ?? 0)) amongTwo += 1;
        for (const [cell, shown] of now) {
          if (shown.kind !== 'about') continue;
          moved += Math.abs(shown.n - (counts.get(cell) ?? 0));
          cells += 1;
        }
      }
    }
    process.stdout.write(
      `${visits} visits a week: ${Math.round((100 * found) / asked)} % of the top three steps, the first is the true one in ${Math.round((100 * first) / WEEKS_SEEN)} % of weeks and among the true two in ${Math.round((100 * amongTwo) / WEEKS_SEEN)} %; a number is off by ${(moved / cells).toFixed(2)} on average\n`,
    );
    expect(found / asked).toBeGreaterThan(top);
    // What these sites show today: a page that names the step worse fails here.
    expect(first / WEEKS_SEEN).toBeGreaterThanOrEqual(most);
    expect(amongTwo / WEEKS_SEEN).toBeGreaterThanOrEqual(second);
    expect(moved / cells).toBeLessThan(error);
  });

  it.each([20, 60, 600])(
    'at %d visits a week: a year’s top fives within the noise, and every number within 4',
    (visits) => {
      const period = { kind: 'year', id: '2025' } as const;
      let [moved, cells, named, asked, first] = [0, 0, 0, 0, 0];
      for (let seed = 1; seed <= 3; seed += 1) {
        const site = sampleSite('2024-W52', 56, visits, seed);
        const year = weeksOf(period);
        const truth = (cell: Cell): number => sum(year.map((week) => site.weeks.get(week)?.get(cell) ?? 0));
        const now = publish(site, period, cellsOf(sampleKnown));
        for (const [cell, shown] of now) {
          if (shown.kind !== 'about') continue;
          expect(Math.abs(shown.n - truth(cell)), cell).toBeLessThanOrEqual(MAX_NOISE);
          moved += Math.abs(shown.n - truth(cell));
          cells += 1;
        }
        for (const of of LISTS) {
          const guided = (cell: Cell): boolean => cell.startsWith(`${of}|`) && !cell.endsWith('/0');
          const all = [...now].filter(([cell]) => guided(cell));
          const sure = all.flatMap(([cell, shown]) => (isNumber(shown) && shown.n >= SURE_FROM ? [{ cell, n: shown.n }] : [])); // prettier-ignore
          const five = sure.sort((a, b) => b.n - a.n).slice(0, 5);
          const truths = all.map(([cell]) => truth(cell)).sort((a, b) => b - a);
          const last = truths[five.length - 1] ?? 0;
          // Noise may swap two numbers that are close.
          for (const { cell } of five) expect(truth(cell), cell).toBeGreaterThanOrEqual(last - 2 * MAX_NOISE);
          named += five.filter(({ cell }) => truth(cell) >= last).length;
          asked += five.length;
        }
        const steps = [...now.keys()].filter(isStepToHelpAt);
        const most = Math.max(...steps.map(truth));
        if (truth(stuckAt({ now, known: sampleKnown }, 1)[0]?.cell ?? '') >= most - 2 * MAX_NOISE) first += 1;
      }
      process.stdout.write(
        `a year at ${visits} visits a week: ${Math.round((100 * named) / asked)} % of ${asked} lines in the top fives; ${cells} numbers are off by ${(moved / cells).toFixed(2)} on average; ${first} of 3 name the step where most gave up\n`,
      );
      expect(named / asked).toBeGreaterThan(0.9);
      if (visits >= 60) expect(first).toBe(3);
    },
  );

  it('gets every number within 4', () => {
    const site = sampleSite('2025-W40', 60, 60);
    for (const [week, counts] of [...site.weeks].filter(([one]) => one < site.current))
      for (const [cell, shown] of publish(site, { kind: 'week', id: week }, cellsOf(sampleKnown)))
        if (isNumber(shown)) expect(Math.abs(shown.n - (counts.get(cell) ?? 0))).toBeLessThanOrEqual(4);
  });
});
