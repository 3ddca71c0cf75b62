import { describe, expect, it } from 'vitest';
import { watchKeys } from '../../../main/devices/udisks/watch-keys.ts';
import type { FollowEvents } from '../../../main/platform/follow.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const stage = () => {
  const clock = createManualClock();
  const teller: { heard?: FollowEvents; started: number; letGo: number } = { started: 0, letGo: 0 };
  const port = { present: false, looks: 0, gone: 0, slowMs: 0 };
  const seen: boolean[] = [];
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
        const now = port.present;
        if (port.slowMs > 0) await new Promise<void>((done) => void clock.after(port.slowMs, done));
        return now;
      },
      async onGone() {
        port.gone += 1;
      },
    },
    (present) => seen.push(present),
  );
  return { clock, teller, port, seen, stop };
};

describe('the device list is read', () => {
  it('as soon as something is told, and let go of before its end is said', async () => {
    const { clock, teller, port, seen } = stage();
    teller.heard?.onOutput();
    await clock.advance(1_000);
    port.present = true;
    teller.heard?.onOutput();
    await clock.advance(0);
    expect(seen).toEqual([false, true]);
    port.present = false;
    teller.heard?.onOutput();
    await clock.advance(100);
    expect(seen).toEqual([false, true, false]);
    expect(port.gone).toBe(1);
  });

  it('once more when something is told during a look that began too early', async () => {
    const { clock, teller, port, seen } = stage();
    await clock.advance(1_000);
    port.slowMs = 50;
    teller.heard?.onOutput();
    await clock.advance(10);
    port.present = true;
    teller.heard?.onOutput();
    await clock.advance(250);
    expect(seen).toEqual([false, true]);
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
    port.present = true;
    await clock.advance(1_500);
    expect(seen).toEqual([false, true]);
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
    port.present = true;
    await clock.advance(60_000);
    expect(port.looks).toBe(before);
    expect(seen).toEqual([false]);
    expect(teller.letGo).toBe(1);
  });
});
