/** A clock that moves only when the test advances it. */
import type { Clock } from '../../main/platform/clock.ts';

interface Timer {
  dueMs: number;
  readonly fn: () => void;
  readonly everyMs?: number;
}

export interface ManualClock extends Clock {
  /** Runs the timers that fall due on the way, and lets promises settle between them. */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock alone, as when the system time is set. */
  jumpWall(ms: number): void;
  /** The machine sleeps: late timers run at the next `advance`. Linux's monotonic clock stops meanwhile. */
  sleep(ms: number, system: 'linux' | 'windows'): void;
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

export const createManualClock = (): ManualClock => {
  let steadyMs = 1_000;
  let upMs = 60_000;
  let wallMs = Date.UTC(2026, 9, 25, 0, 30);
  const timers = new Set<Timer>();
  const add = (timer: Timer): (() => void) => {
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const pass = (ms: number): void => {
    steadyMs += ms;
    upMs += ms;
    wallMs += ms;
  };
  return {
    now: () => wallMs,
    monotonicMs: () => steadyMs,
    uptimeMs: () => upMs,
    after: (ms, fn) => add({ dueMs: steadyMs + ms, fn }),
    every: (ms, fn) => add({ dueMs: steadyMs + ms, fn, everyMs: ms }),
    jumpWall(ms) {
      wallMs += ms;
    },
    sleep(ms, system) {
      pass(ms);
      if (system === 'linux') steadyMs -= ms;
      for (const timer of timers) timer.dueMs = Math.max(timer.dueMs, steadyMs);
    },
    async advance(ms) {
      const endMs = steadyMs + ms;
      await settle();
      for (;;) {
        const next = [...timers].filter((one) => one.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (!next) break;
        pass(next.dueMs - steadyMs);
        if (next.everyMs === undefined) timers.delete(next);
        else next.dueMs += next.everyMs;
        next.fn();
        await settle();
      }
      pass(endMs - steadyMs);
      await settle();
    },
  };
};
