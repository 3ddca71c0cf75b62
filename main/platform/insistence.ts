/** Notices that the same thing is asked for thousands of times a second, second after second: no program means that. */
import type { Clock } from './clock.ts';

const SECOND_MS = 1_000;
/** A page that moves its window at every frame that it draws asks some two hundred times a second. */
const MOST_IN_A_SECOND = 1_000;
const SECONDS_IN_A_ROW = 3;

/** The answer counts one more; `onInsisting` is called once. */
export const countInsistence = (clock: Clock, onInsisting: () => void): (() => void) => {
  let sinceMs = clock.monotonicMs();
  let asked = 0;
  let seconds = 0;
  return () => {
    const nowMs = clock.monotonicMs();
    if (nowMs - sinceMs >= SECOND_MS) {
      // A pause of seconds ends the row.
      const most = (MOST_IN_A_SECOND * (nowMs - sinceMs)) / SECOND_MS;
      seconds = asked > most ? seconds + 1 : 0;
      if (seconds === SECONDS_IN_A_ROW) onInsisting();
      sinceMs = nowMs;
      asked = 0;
    }
    asked += 1;
  };
};
