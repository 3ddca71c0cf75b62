/** Keeps the session while a site plays a video or a sound: the person watches, and presses nothing. */
import type { IdleLocks } from '../feature.ts';

export interface PlayingHold {
  see(playing: boolean): void;
}

export const holdWhilePlaying = ({ idleLocks }: { readonly idleLocks: IdleLocks }): PlayingHold => {
  let release: (() => void) | undefined;
  return {
    see(playing) {
      if (playing) release ??= idleLocks.acquire('video');
      else {
        release?.();
        release = undefined;
      }
    },
  };
};
