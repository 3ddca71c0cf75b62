/** A clock that advances only when a test calls `advance`. */
import type { Clock } from '../../../main/platform/clock.ts';

export interface ManualClock extends Clock {
  advance(ms: number): Promise<void>;
}

export const createManualClock = (): ManualClock => {
  let now = 0;
  let count = 0;
  const timers = new Map<number, { at: number; readonly fn: () => void; readonly everyMs?: number }>();
  const add = (at: number, fn: () => void, everyMs?: number): (() => void) => {
    const id = ++count;
    timers.set(id, { at, fn, ...(everyMs === undefined ? {} : { everyMs }) });
    return () => void timers.delete(id);
  };
  // Lets chains of promises settle.
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };
  return {
    now: () => now,
    monotonicMs: () => now,
    after: (ms, fn) => add(now + ms, fn),
    every: (ms, fn) => add(now + ms, fn, ms),
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter(([, one]) => one.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (due === undefined) break;
        const [id, timer] = due;
        now = Math.max(now, timer.at);
        if (timer.everyMs === undefined) timers.delete(id);
        else timer.at += timer.everyMs;
        timer.fn();
        await settle();
      }
      now = end;
      await settle();
    },
  };
};
