/**
 * Decides when to check for keys: at each udisks event. The event's content is ignored; `look` gives the state.
 * Polling continues: rarely, to catch missed events, and often when udisks is missing or has exited.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../platform/clock.ts';
import type { Follow } from '../../platform/follow.ts';

export interface WatchKeysDeps {
  readonly clock: Clock;
  readonly follow: Follow;
  /** The ids of the keys that are in; undefined when the machine does not answer. */
  readonly look: () => Promise<readonly string[] | undefined>;
  /** These keys were just removed; called before `onChange`. */
  readonly onGone: (keys: readonly string[]) => Promise<void>;
}

const POLL_OFTEN_MS = 1_500;
const POLL_RARELY_MS = 10_000;
/** udev sends about a dozen events for one key within a second. */
const MIN_GAP_MS = 100;
const RESTART_AFTER_MS = 30_000;

export const watchKeys = (deps: WatchKeysDeps, onChange: (plugged: readonly string[]) => void): (() => void) => {
  const { clock } = deps;
  let known: readonly string[] | undefined;
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
    // Without an answer nothing has changed: a key that seemed to go and come back would look newly plugged in.
    const plugged = await deps.look().catch(() => undefined);
    if (!stopped && plugged && !isDeepStrictEqual(plugged, known)) {
      const gone = (known ?? []).filter((key) => !plugged.includes(key));
      known = plugged;
      if (gone.length > 0) await deps.onGone(gone);
      if (!stopped) onChange(plugged);
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
