/**
 * Starts the program again when nobody is there, for what only its end gives back: at once when the shell says that it holds a
 * lot, else once in a night in which it served somebody by day.
 */
import type { Clock } from '../platform/clock.ts';

const LOOK_EVERY_MS = 60_000;
/** Whoever comes back for a forgotten paper must not find a dark screen. */
const NOBODY_FOR_MS = 3 * 60_000;
const NIGHT = { from: 3, to: 5 } as const;

export interface IdleRestartDeps {
  readonly clock: Clock;
  readonly now: () => Date;
  /** Undefined: the shell holds nothing that would ask for this. */
  readonly worn: (() => boolean) | undefined;
  readonly inSession: () => boolean;
  readonly restart: () => void;
}

/** The answer stops it. */
export const restartWhenIdle = ({ clock, now, worn, inSession, restart }: IdleRestartDeps): (() => void) => {
  if (worn === undefined) return () => undefined;
  let nobodySinceMs = clock.monotonicMs();
  let served = false;
  const stop = clock.every(LOOK_EVERY_MS, () => {
    if (inSession()) {
      served = true;
      nobodySinceMs = clock.monotonicMs();
      return;
    }
    if (clock.monotonicMs() - nobodySinceMs < NOBODY_FOR_MS) return;
    const hour = now().getHours();
    const night = served && hour >= NIGHT.from && hour < NIGHT.to;
    if (!worn() && !night) return;
    stop();
    restart();
  });
  return stop;
};
