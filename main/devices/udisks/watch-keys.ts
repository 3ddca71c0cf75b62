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

const OFTEN_MS = 1_500;
const SELDOM_MS = 10_000;
/** udev sends about a dozen events for one key within a second. */
const BREATH_MS = 100;
const ASK_AGAIN_MS = 30_000;

export const watchKeys = (deps: WatchKeysDeps, onChange: (present: boolean) => void): (() => void) => {
  const { clock } = deps;
  let known: boolean | undefined;
  let told = false;
  let looking = false;
  let again = false;
  let stopped = false;
  let lookedAtMs = -BREATH_MS;
  let cancelLook: () => void = () => undefined;
  let cancelAsk: () => void = () => undefined;
  let letGo: () => void = () => undefined;

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
    lookIn(again ? BREATH_MS : told ? SELDOM_MS : OFTEN_MS);
  };
  const lookSoon = (): void => {
    if (looking) again = true;
    else lookIn(Math.max(0, lookedAtMs + BREATH_MS - clock.monotonicMs()));
  };
  const ask = (): void => {
    letGo = deps.follow('udisksctl', ['monitor'], {
      onOutput() {
        told = true;
        lookSoon();
      },
      onEnded() {
        told = false;
        cancelAsk = clock.after(ASK_AGAIN_MS, ask);
        lookSoon();
      },
    });
  };
  void look();
  ask();
  return () => {
    stopped = true;
    cancelLook();
    cancelAsk();
    letGo();
  };
};
