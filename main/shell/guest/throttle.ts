import type { Clock } from '../../platform/clock.ts';

const SECOND_MS = 1_000;

/** Runs at most once per interval: the calls in between are dropped. */
export const throttle = <Given extends readonly unknown[]>(
  clock: Clock,
  intervalMs: number,
  run: (...given: Given) => void,
): ((...given: Given) => void) => {
  let lastMs = -Infinity;
  return (...given) => {
    if (clock.monotonicMs() - lastMs < intervalMs) return;
    lastMs = clock.monotonicMs();
    run(...given);
  };
};

export const throttleToASecond = (clock: Clock, run: () => void): (() => void) => throttle(clock, SECOND_MS, run);
