import { describe, expect, it } from 'vitest';
import { watchKeys } from '../../../main/devices/udisks/watch-keys.ts';
import type { FollowEvents } from '../../../main/platform/follow.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const createFixture = () => {
  const clock = createManualClock();
  const monitor: { events?: FollowEvents; started: number; stopped: number } = { started: 0, stopped: 0 };
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
      follow(_program, _args, events) {
        monitor.events = events;
        monitor.started += 1;
        return () => void (monitor.stopped += 1);
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
  return { clock, monitor, port, seen, stop };
};

describe('the device list is read', () => {
  it('at each event, and a removed key is closed before its removal is reported', async () => {
    const { clock, monitor, port, seen } = createFixture();
    monitor.events?.onOutput();
    await clock.advance(1_000);
    port.plugged = ['a'];
    monitor.events?.onOutput();
    await clock.advance(0);
    expect(seen).toEqual([[], ['a']]);
    port.plugged = [];
    monitor.events?.onOutput();
    await clock.advance(100);
    expect(seen).toEqual([[], ['a'], []]);
    expect(port.gone).toEqual([['a']]);
  });

  it('again after an event that arrived while it was being read', async () => {
    const { clock, monitor, port, seen } = createFixture();
    await clock.advance(1_000);
    port.slowMs = 50;
    monitor.events?.onOutput();
    await clock.advance(10);
    port.plugged = ['a'];
    monitor.events?.onOutput();
    await clock.advance(250);
    expect(seen).toEqual([[], ['a']]);
  });

  it('a few times for many events, not each time', async () => {
    const { clock, monitor, port } = createFixture();
    await clock.advance(500);
    const before = port.looks;
    for (let i = 0; i < 50; i += 1) {
      monitor.events?.onOutput();
      await clock.advance(10);
    }
    expect(port.looks - before).toBeLessThanOrEqual(6);
  });

  it('often without a monitor, rarely with one', async () => {
    const { clock, monitor, port, seen } = createFixture();
    await clock.advance(100);
    port.plugged = ['a'];
    await clock.advance(1_500);
    expect(seen).toEqual([[], ['a']]);
    monitor.events?.onOutput();
    await clock.advance(200);
    const before = port.looks;
    await clock.advance(60_000);
    expect(port.looks - before).toBe(6);
  });

  it('often again when the monitor exits, which is then restarted', async () => {
    const { clock, monitor, port } = createFixture();
    monitor.events?.onOutput();
    monitor.events?.onEnded();
    const before = port.looks;
    await clock.advance(29_000);
    expect(port.looks - before).toBeGreaterThanOrEqual(19);
    expect(monitor.started).toBe(1);
    await clock.advance(1_000);
    expect(monitor.started).toBe(2);
  });

  it('no more after a stop', async () => {
    const { clock, monitor, port, seen, stop } = createFixture();
    await clock.advance(10);
    stop();
    const before = port.looks;
    port.plugged = ['a'];
    await clock.advance(60_000);
    expect(port.looks).toBe(before);
    expect(seen).toEqual([[]]);
    expect(monitor.stopped).toBe(1);
  });
});

describe('the watch reports', () => {
  it('the plugged keys, at each change', async () => {
    const { clock, monitor, port, seen } = createFixture();
    for (const plugged of [['a'], ['a', 'b'], ['b'], ['b'], ['c']]) {
      port.plugged = plugged;
      monitor.events?.onOutput();
      await clock.advance(100);
    }
    expect(seen).toEqual([[], ['a'], ['a', 'b'], ['b'], ['c']]);
    expect(port.gone).toEqual([['a'], ['b']]);
  });

  it('nothing while the machine does not answer: a key must not seem to be plugged in again', async () => {
    const { clock, monitor, port, seen } = createFixture();
    for (const plugged of [['a'], undefined, ['a']]) {
      port.plugged = plugged;
      monitor.events?.onOutput();
      await clock.advance(100);
    }
    expect(seen).toEqual([[], ['a']]);
    expect(port.gone).toEqual([]);
  });
});
