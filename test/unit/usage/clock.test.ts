/**
 * A kiosk without network time whose clock is wrong, at its start and while it runs. Played day by day over one
 * database; each day is a new process.
 */
import { describe, expect, it } from 'vitest';
import { weekOfMoment, type Week } from '../../../main/features/usage/iso-week.ts';
import type { SiteFigures } from '../../../main/features/usage/publish.ts';
import { createFakeCounts, type FakeCounts } from './fake-counts.ts';
import { begin, end } from './usage-fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Nine in the morning, in France, in the week 2026-W43 and the one before; 0 is the Monday of W43. */
const morning = (day: number): number => Date.UTC(2026, 9, 19, 7) + day * DAY;

interface Life {
  readonly store: FakeCounts;
  /** The weeks signed for the Département, each with its counts at that time. */
  readonly signed: Map<string, string>;
  /** Weeks that were signed before they were really over. */
  readonly early: string[];
  sessions: number;
}
const newLife = (): Life => ({ store: createFakeCounts(), signed: new Map(), early: [], sessions: 0 });

const countsText = (store: FakeCounts, week: string): string => JSON.stringify([...store.counts(week)].sort());

/** Runs the kiosk: a session every hour. `wrongBy` is what the clock adds to the real time, hour by hour. */
const run = async (
  life: Life,
  realMs: number,
  hours: number,
  wrongBy: (hour: number) => number = () => 0,
  isNetworkTime?: () => boolean,
): Promise<{ readonly notices: readonly string[] }> => {
  const { store, signed, early } = life;
  let realNow = realMs;
  const deliver = async (site: SiteFigures): Promise<'delivered'> => {
    for (const week of [...store.published()].filter((one) => one >= site.startedIn && one < site.current)) {
      if (signed.has(week)) continue;
      signed.set(week, countsText(store, week));
      if (week >= weekOfMoment(realNow).week) early.push(week);
    }
    return 'delivered';
  };
  const options = isNetworkTime ? { isNetworkTime } : {};
  const { usage, clock } = await begin({ store, deliver, atMs: realMs + wrongBy(0), ...options });
  const notices: string[] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    if (hour > 0) clock.jumpWall(wrongBy(hour) - wrongBy(hour - 1));
    await usage.endSession(end);
    life.sessions += 1;
    notices.push(...usage.notices());
    realNow += HOUR;
    await clock.advance(HOUR);
  }
  await usage.stop();
  return { notices };
};
const days = async (life: Life, from: number, to: number): Promise<void> => {
  for (let day = from; day <= to; day += 1) if (((day % 7) + 7) % 7 < 5) await run(life, morning(day), 8);
};
const total = ({ store }: Life, cell = 'session'): number =>
  [...store.read('0', '9').values()].reduce((n, { counts }) => n + (counts.get(cell)?.n ?? 0), 0);
const isIntact = (life: Life): void => {
  expect(total(life) + (life.store.waits().get('session') ?? 0)).toBe(life.sessions);
  expect(total(life, 'session.helped|no') + (life.store.waits().get('session.helped|no') ?? 0)).toBe(life.sessions);
  expect(life.early).toEqual([]);
  for (const [week, counts] of life.signed) expect(countsText(life.store, week), week).toBe(counts);
  expect(life.store.life()?.keptFrom).toBe(life.store.life()?.startedIn);
};

describe('an ordinary Monday without network time', () => {
  it('publishes last week after six hours in service, over several days if they are short', async () => {
    const life = newLife();
    await days(life, -7, -3);
    expect([...life.signed.keys()]).toEqual([]);
    await run(life, morning(0), 4);
    expect([...life.signed.keys()]).toEqual([]);
    await run(life, morning(1), 4);
    expect([...life.signed.keys()]).toEqual(['2026-W42']);
    isIntact(life);
  });
  it('shows of last week only the finished half-days until then, and counts the new week', async () => {
    const life = newLife();
    await days(life, -7, -3);
    const { usage, clock } = await begin({ store: life.store, atMs: morning(0) });
    await usage.endSession(end);
    expect([usage.site()?.current, usage.site()?.halfDaysOver]).toEqual(['2026-W42', 9]);
    expect(life.store.counts('2026-W43').get('session.half-day|mon-am')).toBe(1);
    await clock.advance(7 * HOUR);
    expect(usage.site()?.current).toBe('2026-W43');
  });
  it('publishes last week at once with network time', async () => {
    const life = newLife();
    await days(life, -7, -3);
    await run(life, morning(0), 1, undefined, () => true);
    expect([...life.signed.keys()]).toEqual(['2026-W42']);
    isIntact(life);
  });
  it('waits for a week of service after a longer closure, and then also sends the empty weeks', async () => {
    const life = newLife();
    await days(life, -21, -17);
    await run(life, morning(0), 8);
    await run(life, morning(1), 8);
    expect([...life.signed.keys()]).toEqual([]);
    await days(life, 2, 6);
    expect([...life.signed.keys()]).toEqual(['2026-W40', '2026-W41', '2026-W42']);
    isIntact(life);
  });
});

describe('a clock that is behind the certificate of a site', () => {
  it('is said to the agent until it is right', async () => {
    const { usage, clock } = await begin({ atMs: morning(0) });
    usage.clockBehind(morning(21));
    usage.clockBehind(morning(14)); // a site whose certificate is older
    expect(usage.notices()).toEqual([expect.stringContaining('L’horloge de la borne est en retard')]);
    clock.jumpWall(20 * DAY);
    expect(usage.notices().join()).toContain('L’horloge');
    clock.jumpWall(2 * DAY);
    await clock.advance(4 * HOUR);
    expect(usage.notices()).toEqual([]);
  });
});

const WRONG: readonly (readonly [string, (realMs: number) => number])[] = [
  ['1970', () => Date.UTC(1970, 0, 1)],
  ['eight days ahead', (realMs) => realMs + 8 * DAY],
  ['eight days behind', (realMs) => realMs - 8 * DAY],
  ['2031', () => Date.UTC(2031, 2, 3, 9)],
];

describe.each(WRONG)('a clock that shows %s', (_, shown) => {
  // A short run, and one longer than the time after which a clock that jumped is used.
  it.each([2, 20])('at the start, for %i hours, loses nothing and publishes nothing too early', async (hours) => {
    const life = newLife();
    await days(life, -7, 1);
    expect([...life.signed.keys()]).toEqual(['2026-W42']);
    const { notices } = await run(life, morning(2), hours, () => shown(morning(2)) - morning(2));
    expect(notices.join()).toContain('Rien n’est perdu');
    isIntact(life);
    await days(life, 3, 8);
    isIntact(life);
    expect([...life.signed.keys()]).toEqual(['2026-W42', '2026-W43']);
    expect([...life.store.read('0', '9').keys()].sort()).toEqual(['2026-W42', '2026-W43', '2026-W44']);
    expect(life.store.waits().size).toBe(0);
  });
  it('at the start after a weekend loses nothing and publishes nothing too early', async () => {
    const life = newLife();
    await days(life, -7, 4);
    await run(life, morning(7), 5, () => shown(morning(7)) - morning(7));
    isIntact(life);
    await days(life, 8, 14);
    isIntact(life);
    expect([...life.signed.keys()]).toEqual(['2026-W42', '2026-W43', '2026-W44']);
  });
  it('while it runs, and then the right time again, loses nothing and publishes nothing too early', async () => {
    const life = newLife();
    await days(life, -7, 1);
    const by = shown(morning(2)) - morning(2);
    await run(life, morning(2), 14, (hour) => (hour >= 2 && hour < 10 ? by : 0));
    isIntact(life);
    await days(life, 3, 8);
    isIntact(life);
    expect([...life.signed.keys()]).toEqual(['2026-W42', '2026-W43']);
  });
  it('at the first start ever creates no week that stays', async () => {
    const life = newLife();
    await run(life, morning(0), 9, () => shown(morning(0)) - morning(0));
    isIntact(life);
    await days(life, 1, 8);
    isIntact(life);
    expect([...life.store.read('2026-W43', '9').keys()].sort()).toEqual(['2026-W43', '2026-W44']);
    expect(life.store.waits().size).toBe(0);
    expect(life.signed.has('2026-W43')).toBe(true);
  });
  it('is corrected at once by network time, and counts of the future come back', async () => {
    const life = newLife();
    await days(life, -7, 1);
    await run(life, morning(2), 20, () => shown(morning(2)) - morning(2));
    await run(life, morning(3), 1, undefined, () => true);
    isIntact(life);
    expect(life.store.waits().size).toBe(0);
    expect([...life.store.read('2026-W44', '9').keys()]).toEqual([]);
  });
});

describe('a published week', () => {
  it('does not grow after a start with a clock that is behind', async () => {
    const life = newLife();
    await days(life, -7, 4);
    await run(life, morning(7), 2, undefined, () => true);
    expect(life.signed.has('2026-W43')).toBe(true);
    await run(life, morning(7) + 3 * HOUR, 20, () => -2 * DAY);
    expect(life.store.waits().get('session')).toBe(20);
    isIntact(life);
    await run(life, morning(8), 8);
    isIntact(life);
    expect(life.store.waits().size).toBe(0);
    expect(life.store.counts('2026-W44' as Week).get('session')).toBe(30);
  });
  it('is published by a clock that was twelve hours ahead only when the week is over', async () => {
    const life = newLife();
    await days(life, -7, 4);
    // Sunday, half past one, and the clock jumps to Monday.
    await run(
      life,
      morning(6) + 4.5 * HOUR,
      5,
      (hour) => (hour >= 1 ? 11 * HOUR : 0),
      () => false,
    );
    isIntact(life);
    expect([...life.signed.keys()]).toEqual(['2026-W42']);
  });
  it('is not published by a jump of half a day because network time confirmed the clock before', async () => {
    const life = newLife();
    await days(life, -7, 4);
    let isSynchronized = true;
    const { clock } = await begin({
      store: life.store,
      atMs: morning(6) + 4.5 * HOUR,
      isNetworkTime: () => isSynchronized,
    });
    isSynchronized = false;
    clock.jumpWall(11 * HOUR);
    await clock.advance(2 * HOUR);
    expect([...life.store.published()]).toEqual(['2026-W42']);
    clock.jumpWall(-11 * HOUR);
    await clock.advance(11 * HOUR);
    isSynchronized = true;
    await clock.advance(HOUR);
    expect([...life.store.published()]).toEqual(['2026-W42', '2026-W43']);
  });
});
