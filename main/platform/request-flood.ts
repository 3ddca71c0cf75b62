/** Detects a request repeated thousands of times a second for several seconds: no honest program does that. */
import type { Clock } from './clock.ts';

const SECOND_MS = 1_000;
/** A page that moves its window at every animation frame makes about two hundred requests a second. */
const MAX_PER_SECOND = 1_000;
const FLOOD_SECONDS = 3;

/** Returns a function that counts one request; `onInsisting` is called once. */
export const createFloodDetector = (clock: Clock, onFlood: () => void): (() => void) => {
  let sinceMs = clock.monotonicMs();
  let requests = 0;
  let seconds = 0;
  return () => {
    const nowMs = clock.monotonicMs();
    if (nowMs - sinceMs >= SECOND_MS) {
      // A pause of several seconds raises the threshold, and so ends the streak.
      const most = (MAX_PER_SECOND * (nowMs - sinceMs)) / SECOND_MS;
      seconds = requests > most ? seconds + 1 : 0;
      if (seconds === FLOOD_SECONDS) onFlood();
      sinceMs = nowMs;
      requests = 0;
    }
    requests += 1;
  };
};
