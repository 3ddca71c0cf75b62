import { describe, expect, it } from 'vitest';
import { watchKeys } from '../../../main/devices/udisks/watch-keys.ts';
import type { FollowEvents } from '../../../main/platform/follow.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const stage = () => {
  const clock = createManualClock();
  const teller: { heard?: FollowEvents; started: number; letGo: number } = { started: 0, letGo: 0 };
  const port = {
    plugged: [] as readonly string[] | undefined,
    looks: 0,
    gone: [] as (readonly string[])[],
    slowMs: 0,
  };
  const seen: (readonly string[])[] = [];
  const stop = watchKeys(
    {
      clock,
      follow(_program, _args, heard) {
        teller.heard = heard;
        teller.started += 1;
        return () => void (teller.letGo += 1);
      },
      async look() {
        port.looks += 1;
        const now = port.plugged;
        if (port.slowMs > 0) await new Promise<void>((done) => void clock.after(port.slowMs, done));
        return now;
      },
      async onGone(keys) {
        port.gone.push(keys);
      },
    },
    (plugged) => seen.push(plugged),
  );
  return { clock, teller, port, seen, stop };
};

describe('the device list is read', () => {
  it('as soon as something is told, and let go of before its end is said', async () => {
    const { clock, teller, port, seen } = stage();
    teller.heard?.onOutput();
    await clock.advance(1_000);
    port.plugged = ['a'];
    teller.heard?.onOutput();
    await clock.advance(0);
    expect(seen).toEqual([[], ['a']]);
    port.plugged = [];
    teller.heard?.onOutput();
    await clock.advance(100);
    expect(seen).toEqual([[], ['a'], []]);
    expect(port.gone).toEqual([['a']]);
  });

  it('once more when something is told during a look that began too early', async () => {
    const { clock, teller, port, seen } = stage();
    await clock.advance(1_000);
    port.slowMs = 50;
    teller.heard?.onOutput();
    await clock.advance(10);
    port.plugged = ['a'];
    teller.heard?.onOutput();
    await clock.advance(250);
    expect(seen).toEqual([[], ['a']]);
  });

  it('a few times for many events, not each time', async () => {
    const { clock, teller, port } = stage();
    await clock.advance(500);
    const before = port.looks;
    for (let i = 0; i < 50; i += 1) {
      teller.heard?.onOutput();
      await clock.advance(10);
    }
    expect(port.looks - before).toBeLessThanOrEqual(6);
  });

  it('often where nobody tells, seldom where somebody does', async () => {
    const { clock, teller, port, seen } = stage();
    await clock.advance(100);
    port.plugged = ['a'];
    await clock.advance(1_500);
    expect(seen).toEqual([[], ['a']]);
    teller.heard?.onOutput();
    await clock.advance(200);
    const before = port.looks;
    await clock.advance(60_000);
    expect(port.looks - before).toBe(6);
  });

  it('often again when the teller ends, which is asked anew', async () => {
    const { clock, teller, port } = stage();
    teller.heard?.onOutput();
    teller.heard?.onEnded();
    const before = port.looks;
    await clock.advance(29_000);
    expect(port.looks - before).toBeGreaterThanOrEqual(19);
    expect(teller.started).toBe(1);
    await clock.advance(1_000);
    expect(teller.started).toBe(2);
  });

  it('no more after a stop', async () => {
    const { clock, teller, port, seen, stop } = stage();
    await clock.advance(10);
    stop();
    const before = port.looks;
    port.plugged = ['a'];
    await clock.advance(60_000);
    expect(port.looks).toBe(before);
    expect(seen).toEqual([[]]);
    expect(teller.letGo).toBe(1);
  });
});

describe('what is told', () => {
  it('which keys are in, at each change of one of them', async () => {
    const { clock, teller, port, seen } = stage();
    for (const plugged of [['a'], ['a', 'b'], ['b'], ['b'], ['c']]) {
      port.plugged = plugged;
      teller.heard?.onOutput();
      await clock.advance(100);
    }
    expect(seen).toEqual([[], ['a'], ['a', 'b'], ['b'], ['c']]);
    expect(port.gone).toEqual([['a'], ['b']]);
  });

  it('nothing while the machine does not answer: the key did not go and come back', async () => {
    const { clock, teller, port, seen } = stage();
    for (const plugged of [['a'], undefined, ['a']]) {
      port.plugged = plugged;
      teller.heard?.onOutput();
      await clock.advance(100);
    }
    expect(seen).toEqual([[], ['a']]);
    expect(port.gone).toEqual([]);
  });
});
