import { describe, expect, it } from 'vitest';
import { createFreshInput } from '../../../main/shell/guest/fresh-input.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

describe('fresh input', () => {
  it('is given to one caller, even if several ask at once', async () => {
    const clock = createManualClock();
    const fresh = createFreshInput({ clock, idleMs: async () => 0 });
    expect(await Promise.all([fresh(), fresh(), fresh()])).toEqual([true, false, false]);
    await clock.advance(1);
    expect(await fresh()).toBe(true);
  });

  it.each([
    ['the system does not say', async () => undefined],
    ['the system fails', () => Promise.reject(new Error('the display is gone'))],
    ['no device was used since the system listens', async () => Number.POSITIVE_INFINITY],
  ])('is assumed once when %s', async (_, idleMs) => {
    const clock = createManualClock();
    const fresh = createFreshInput({ clock, idleMs });
    expect(await fresh()).toBe(true);
    await clock.advance(60_000);
    expect(await fresh()).toBe(false);
  });
});
