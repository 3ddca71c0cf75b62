/** The windows that a hand asked for, as pages tell it, until the browser makes them. */
import type { Clock } from '../../platform/clock.ts';

export interface WantedWindow {
  /** It can't be had: what it wants is led to in the page that asked. */
  readonly leadHere: () => void;
}

export interface WantedWindows {
  /** False: it would come with bars of the browser's own, and is refused. */
  wants(features: readonly string[], leadHere: () => void): boolean;
  /** The next one is not to be shown. */
  refuse(): void;
  /** The one that has just been made. Undefined: nobody asked for it, or it is refused. */
  next(): Promise<WantedWindow | undefined>;
}

/** Chromium tells of a wish before it makes the window, on another way. */
const TOLD_WITHIN_MS = 300;
/** A wish that the browser refused itself is not the next one's. */
const FORGOTTEN_AFTER_MS = 1_000;

/** What Chromium tells of a window that is no popup. */
const HAS_BARS = 'toolbar';

export const hearWanted = (clock: Clock): WantedWindows => {
  const wishes: { readonly atMs: number; readonly window: WantedWindow | undefined }[] = [];
  let waiting: ((window: WantedWindow | undefined) => void)[] = [];
  const tell = (window: WantedWindow | undefined): void => {
    const first = waiting.shift();
    if (first) first(window);
    else wishes.push({ atMs: clock.monotonicMs(), window });
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
      while (wishes[0] && wishes[0].atMs < since) wishes.shift();
      const wish = wishes.shift();
      if (wish) return Promise.resolve(wish.window);
      return new Promise((resolve) => {
        const answer = (window: WantedWindow | undefined): void => {
          waiting = waiting.filter((one) => one !== answer);
          cancel();
          resolve(window);
        };
        const cancel = clock.after(TOLD_WITHIN_MS, () => answer(undefined));
        waiting.push(answer);
      });
    },
  };
};
