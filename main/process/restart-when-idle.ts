/**
 * Restarts the program between sessions, to free memory that only a new process frees, and to run the browser that an
 * update installed. It restarts as soon as nobody is there when the shell says that it is worn. Otherwise it restarts
 * at night, if there was a session since the start.
 */
import type { Clock } from '../platform/clock.ts';

const CHECK_EVERY_MS = 60_000;
/** A person who comes back for a forgotten paper must not find a blank screen. */
const IDLE_FOR_MS = 3 * 60_000;
const NIGHT = { from: 3, to: 5 } as const;

export interface IdleRestartDeps {
  readonly clock: Clock;
  readonly now: () => Date;
  /** Whether the shell accumulated too much memory; undefined when the shell never does. */
  readonly worn: (() => boolean) | undefined;
  readonly inSession: () => boolean;
  readonly restart: () => void;
}

/** Returns a function that stops it. */
export const restartWhenIdle = ({ clock, now, worn, inSession, restart }: IdleRestartDeps): (() => void) => {
  if (worn === undefined) return () => undefined;
  let idleSinceMs = clock.monotonicMs();
  let hadSession = false;
  const stop = clock.every(CHECK_EVERY_MS, () => {
    if (inSession()) {
      hadSession = true;
      idleSinceMs = clock.monotonicMs();
      return;
    }
    if (clock.monotonicMs() - idleSinceMs < IDLE_FOR_MS) return;
    const hour = now().getHours();
    const isNight = hadSession && hour >= NIGHT.from && hour < NIGHT.to;
    if (!worn() && !isNight) return;
    stop();
    restart();
  });
  return stop;
};
