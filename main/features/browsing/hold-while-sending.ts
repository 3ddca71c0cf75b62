/**
 * Keeps the session while a page that was given files sends a request: on a slow line an upload takes minutes, and the
 * person can only wait. Requests that are answered quickly do not count, and there is a maximum: many pages poll or
 * send beacons all the time, so "a request is pending" does not mean that a form is being sent.
 */
import type { Clock } from '../../platform/clock.ts';
import type { IdleLocks } from '../feature.ts';

export interface SendingHold {
  /** `sending`: a request with a body has no answer yet. `lent`: the page was given files of the person. */
  see(now: { readonly sending: boolean; readonly lent: boolean }): void;
  /** Call when that page is gone. */
  stop(): void;
}

const SLOW_AFTER_MS = 3_000;
/** Counted from the first time that a page keeps the session. */
const LONGEST_MS = 15 * 60_000;

export const holdWhileSending = ({
  clock,
  idleLocks,
}: {
  readonly clock: Clock;
  readonly idleLocks: IdleLocks;
}): SendingHold => {
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
    release = idleLocks.acquire('upload');
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
