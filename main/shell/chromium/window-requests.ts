/** Windows that a press requested, as reported by pages, until the browser creates them. */
import type { Clock } from '../../platform/clock.ts';

export interface WindowRequest {
  /** Opens it in the requesting page instead, because the window can't be kept. */
  readonly leadHere: () => void;
}

export interface WindowRequests {
  /** False: it would have browser bars, so it is refused. */
  wants(features: readonly string[], leadHere: () => void): boolean;
  /** The next window must not be shown. */
  refuse(): void;
  /** The request of the window that was just created. Undefined: nobody requested it, or it is refused. */
  next(): Promise<WindowRequest | undefined>;
}

/** Chromium reports the request before it creates the window, but over another channel. */
const REPORTED_WITHIN_MS = 300;
/** A request that the browser itself refused must not be matched with the next window. */
const FORGOTTEN_AFTER_MS = 1_000;
/**
 * On a busy machine a request may be reported after its window was closed, or its window be created only after the
 * request was forgotten. Later, the person has pressed again.
 */
const LATE_AT_MOST_MS = 5_000;

/** Feature that Chromium reports for a window that is not a popup. */
const HAS_BARS = 'toolbar';

interface Wish {
  readonly atMs: number;
  readonly window: WindowRequest | undefined;
}

export const trackWindowRequests = (clock: Clock): WindowRequests => {
  const wishes: Wish[] = [];
  /** Wishes for which no window had come in time. */
  let forgotten: Wish[] = [];
  let waiting: ((window: WindowRequest | undefined) => void)[] = [];
  /** When windows were refused because no request for them had been reported. */
  const missed: number[] = [];
  /** A window is closed because no request for it was reported. Without this, the person's press would do nothing. */
  const miss = (): void => {
    const nowMs = clock.monotonicMs();
    forgotten = forgotten.filter(({ atMs }) => atMs >= nowMs - LATE_AT_MOST_MS);
    const itsWish = forgotten.shift();
    if (itsWish) itsWish.window?.leadHere();
    else missed.push(nowMs);
  };
  const tell = (window: WindowRequest | undefined): void => {
    const first = waiting.shift();
    if (first) {
      forgotten = [];
      return first(window);
    }
    const nowMs = clock.monotonicMs();
    while (missed[0] !== undefined && missed[0] < nowMs - LATE_AT_MOST_MS) missed.shift();
    // Its window is closed already. Without this, the person's press would do nothing.
    if (missed.shift() !== undefined) window?.leadHere();
    else wishes.push({ atMs: nowMs, window });
  };
  return {
    wants(features, leadHere) {
      const mayCome = !features.includes(HAS_BARS);
      tell(mayCome ? { leadHere } : undefined);
      return mayCome;
    },
    refuse: () => tell(undefined),
    next() {
      const since = clock.monotonicMs() - FORGOTTEN_AFTER_MS;
      const fresh = wishes.findIndex(({ atMs }) => atMs >= since);
      forgotten.push(...wishes.splice(0, fresh < 0 ? wishes.length : fresh));
      const wish = wishes.shift();
      if (wish) {
        forgotten = []; // the person has pressed again
        return Promise.resolve(wish.window);
      }
      return new Promise((resolve) => {
        const answer = (window: WindowRequest | undefined): void => {
          waiting = waiting.filter((one) => one !== answer);
          cancel();
          resolve(window);
        };
        const cancel = clock.after(REPORTED_WITHIN_MS, () => {
          miss();
          answer(undefined);
        });
        waiting.push(answer);
      });
    },
  };
};
