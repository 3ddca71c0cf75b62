/**
 * A page that was lent files and sends something keeps the session: on a slow line a file takes minutes, and the person can only
 * wait. Not what is answered at once, and not for ever: many pages tell somebody something every few seconds, or always have a
 * question under way.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Holds } from '../feature.ts';

export interface SendingHold {
  /** `sending`: bodies are under way that no answer came to. `lent`: the page has files of the person. */
  see(now: { readonly sending: boolean; readonly lent: boolean }): void;
  /** That page is gone. */
  stop(): void;
}

const SLOW_AFTER_MS = 3_000;
/** From the first time a page is waited for. */
const LONGEST_MS = 15 * 60_000;

export const holdWhileSending = ({ clock, holds }: { readonly clock: Clock; readonly holds: Holds }): SendingHold => {
  let release: (() => void) | undefined;
  let stopWaiting: (() => void) | undefined;
  let stopCounting: (() => void) | undefined;
  let spent = false;
  const pause = (): void => {
    stopWaiting?.();
    stopWaiting = undefined;
    release?.();
    release = undefined;
  };
  const hold = (): void => {
    release = holds.hold('upload');
    stopCounting ??= clock.after(LONGEST_MS, () => {
      spent = true;
      pause();
    });
  };
  return {
    see({ sending, lent }) {
      if (!sending || !lent) pause();
      else if (!spent) stopWaiting ??= clock.after(SLOW_AFTER_MS, hold);
    },
    stop() {
      pause();
      stopCounting?.();
      stopCounting = undefined;
      spent = false;
    },
  };
};
