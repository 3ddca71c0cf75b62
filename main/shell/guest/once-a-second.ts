import type { Clock } from '../../platform/clock.ts';

const SECOND_MS = 1_000;

/** Runs at most once a second: the calls in between are dropped. */
export const onceASecond = <Given extends readonly unknown[]>(
  clock: Clock,
  run: (...given: Given) => void,
): ((...given: Given) => void) => {
  let lastMs = -Infinity;
  return (...given) => {
    if (clock.monotonicMs() - lastMs < SECOND_MS) return;
    lastMs = clock.monotonicMs();
    run(...given);
  };
};
