/** Detects a request repeated thousands of times a second for several seconds: no honest program does that. */
import type { Clock } from './clock.ts';

const SECOND_MS = 1_000;
/** A page that moves its window at every animation frame makes about two hundred requests a second. */
const MOST_IN_A_SECOND = 1_000;
const SECONDS_IN_A_ROW = 3;

/** Returns a function that counts one request; `onInsisting` is called once. */
export const countInsistence = (clock: Clock, onInsisting: () => void): (() => void) => {
  let sinceMs = clock.monotonicMs();
  let asked = 0;
  let seconds = 0;
  return () => {
    const nowMs = clock.monotonicMs();
    if (nowMs - sinceMs >= SECOND_MS) {
      // A pause of several seconds raises the threshold, and so ends the streak.
      const most = (MOST_IN_A_SECOND * (nowMs - sinceMs)) / SECOND_MS;
      seconds = asked > most ? seconds + 1 : 0;
      if (seconds === SECONDS_IN_A_ROW) onInsisting();
      sinceMs = nowMs;
      asked = 0;
    }
    asked += 1;
  };
};
