import { describe, expect, it } from 'vitest';
import { excessOf, limitsFor, watchGuest, type Excess, type GuestUse } from '../../../main/shell/guest/guest-limits.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const GIGABYTE = 1024 ** 3;
const CALM: GuestUse = {
  memoryBytes: GIGABYTE / 4,
  processes: 9,
  threads: 90,
  profileBytes: 1_000_000,
  profileFiles: 600,
};

describe('the limits of a site', () => {
  it('leave half of a small machine to other programs, and are capped at what a site can need on a large one', () => {
    expect(limitsFor(4 * GIGABYTE).memoryBytes).toBe(2 * GIGABYTE);
    expect(limitsFor(64 * GIGABYTE).memoryBytes).toBe(3 * GIGABYTE);
    expect(limitsFor(1 * GIGABYTE).memoryBytes).toBe(0.75 * GIGABYTE);
    expect(limitsFor(2 * GIGABYTE).profileBytes).toBe(GIGABYTE / 4);
  });

  it.each<[Excess, Partial<GuestUse>]>([
    ['memory', { memoryBytes: 5 * GIGABYTE }],
    ['processes', { processes: 81 }],
    ['threads', { threads: 1_501 }],
    ['profile', { profileBytes: GIGABYTE }],
    ['profile', { profileFiles: 20_001 }],
  ])('name the resource that exceeded its limit: %s', (what, more) => {
    expect(excessOf({ ...CALM, ...more }, limitsFor(8 * GIGABYTE))).toBe(what);
  });

  it('tolerate a heavy but ordinary site', () => {
    expect(
      excessOf(
        { memoryBytes: 1.4 * GIGABYTE, processes: 25, threads: 450, profileBytes: 90_000_000, profileFiles: 6_000 },
        limitsFor(4 * GIGABYTE),
      ),
    ).toBeUndefined();
  });
});

describe('watching a site', () => {
  const watched = (use: () => Promise<GuestUse>) => {
    const clock = createManualClock();
    const excesses: Excess[] = [];
    const stop = watchGuest({ clock, limits: limitsFor(4 * GIGABYTE), use, onExcess: (what) => excesses.push(what) });
    return { clock, excesses, stop };
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it('reports once, then stops measuring', async () => {
    let looks = 0;
    const { clock, excesses } = watched(async () => {
      looks += 1;
      return { ...CALM, threads: looks === 1 ? 90 : 9_000 };
    });
    for (let i = 0; i < 6; i++) {
      await clock.advance(400);
      await settle();
    }
    expect({ excesses, looks }).toEqual({ excesses: ['threads'], looks: 2 });
  });

  it('ends a site that cannot be measured', async () => {
    const { clock, excesses } = watched(() => Promise.reject(new Error('ENAMETOOLONG')));
    await clock.advance(400);
    await settle();
    await clock.advance(4_000);
    expect(excesses).toEqual(['unmeasured']);
  });

  it('does not start a second measurement while one is running', async () => {
    let looks = 0;
    const { clock } = watched(() => {
      looks += 1;
      return new Promise(() => undefined);
    });
    await clock.advance(4_000);
    expect(looks).toBe(1);
  });

  it('does not report a site that was left during the measurement', async () => {
    let answer = (_use: GuestUse): void => undefined;
    const { clock, excesses, stop } = watched(() => new Promise((resolve) => (answer = resolve)));
    await clock.advance(400);
    stop();
    answer({ ...CALM, processes: 500 });
    await settle();
    expect(excesses).toEqual([]);
  });
});
