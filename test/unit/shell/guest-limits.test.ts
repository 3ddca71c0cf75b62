import { describe, expect, it } from 'vitest';
import { excessOf, limitsFor, watchGuest, type Excess, type GuestUse } from '../../../main/shell/guest/guest-limits.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const GIGABYTE = 1024 ** 3;
const CALM: GuestUse = { memoryBytes: GIGABYTE / 4, processes: 9, threads: 90, profileBytes: 1_000_000 };

describe('what a site may take of the machine', () => {
  it('leaves half of a small machine to everybody else, and gives no more than a site can need on a large one', () => {
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
  ])('names what was too much: %s', (what, more) => {
    expect(excessOf({ ...CALM, ...more }, limitsFor(8 * GIGABYTE))).toBe(what);
  });

  it('lets a heavy ordinary site live', () => {
    expect(
      excessOf(
        { memoryBytes: 1.4 * GIGABYTE, processes: 25, threads: 450, profileBytes: 90_000_000 },
        limitsFor(4 * GIGABYTE),
      ),
    ).toBeUndefined();
  });
});

describe('the watch over a site', () => {
  const watched = (use: () => Promise<GuestUse>) => {
    const clock = createManualClock();
    const told: Excess[] = [];
    const stop = watchGuest({ clock, limits: limitsFor(4 * GIGABYTE), use, onExcess: (what) => told.push(what) });
    return { clock, told, stop };
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it('tells once, then looks no more', async () => {
    let looks = 0;
    const { clock, told } = watched(async () => {
      looks += 1;
      return { ...CALM, threads: looks === 1 ? 90 : 9_000 };
    });
    for (let i = 0; i < 6; i++) {
      await clock.advance(400);
      await settle();
    }
    expect({ told, looks }).toEqual({ told: ['threads'], looks: 2 });
  });

  it('does not look twice at the same time on a slow machine', async () => {
    let looks = 0;
    const { clock } = watched(() => {
      looks += 1;
      return new Promise(() => undefined);
    });
    await clock.advance(4_000);
    expect(looks).toBe(1);
  });

  it('says nothing of a site that was left meanwhile', async () => {
    let answer = (_use: GuestUse): void => undefined;
    const { clock, told, stop } = watched(() => new Promise((resolve) => (answer = resolve)));
    await clock.advance(400);
    stop();
    answer({ ...CALM, processes: 500 });
    await settle();
    expect(told).toEqual([]);
  });
});
