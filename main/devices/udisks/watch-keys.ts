/**
 * Decides when to check for a key: at each udisks event. The event's content is ignored; `look` gives the state.
 * Polling continues: rarely, to catch missed events, and often when udisks is missing or has exited.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Follow } from '../../platform/follow.ts';

export interface WatchKeysDeps {
  readonly clock: Clock;
  readonly follow: Follow;
  readonly look: () => Promise<boolean>;
  /** The key was just removed; called before `onChange`. */
  readonly onGone: () => Promise<void>;
}

const POLL_OFTEN_MS = 1_500;
const POLL_RARELY_MS = 10_000;
/** udev sends about a dozen events for one key within a second. */
const MIN_GAP_MS = 100;
const RESTART_AFTER_MS = 30_000;

export const watchKeys = (deps: WatchKeysDeps, onChange: (present: boolean) => void): (() => void) => {
  const { clock } = deps;
  let known: boolean | undefined;
  let monitored = false;
  let looking = false;
  let again = false;
  let stopped = false;
  let lookedAtMs = -MIN_GAP_MS;
  let cancelLook: () => void = () => undefined;
  let cancelAsk: () => void = () => undefined;
  let stopMonitor: () => void = () => undefined;

  const lookIn = (ms: number): void => {
    cancelLook();
    if (!stopped) cancelLook = clock.after(ms, () => void look());
  };
  const look = async (): Promise<void> => {
    looking = true;
    again = false;
    const present = await deps.look().catch(() => false);
    if (!stopped && present !== known) {
      const was = known;
      known = present;
      if (was === true) await deps.onGone();
      if (!stopped) onChange(present);
    }
    looking = false;
    lookedAtMs = clock.monotonicMs();
    lookIn(again ? MIN_GAP_MS : monitored ? POLL_RARELY_MS : POLL_OFTEN_MS);
  };
  const lookSoon = (): void => {
    if (looking) again = true;
    else lookIn(Math.max(0, lookedAtMs + MIN_GAP_MS - clock.monotonicMs()));
  };
  const startMonitor = (): void => {
    stopMonitor = deps.follow('udisksctl', ['monitor'], {
      onOutput() {
        monitored = true;
        lookSoon();
      },
      onEnded() {
        monitored = false;
        cancelAsk = clock.after(RESTART_AFTER_MS, startMonitor);
        lookSoon();
      },
    });
  };
  void look();
  startMonitor();
  return () => {
    stopped = true;
    cancelLook();
    cancelAsk();
    stopMonitor();
  };
};
