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
  /** As in the shell's port: when a device was last used, in the agent's area and on the first screen too. */
  readonly idleMs: () => Promise<number | undefined>;
  readonly restart: () => void;
}

/** Returns a function that stops it. */
export const restartWhenIdle = (deps: IdleRestartDeps): (() => void) => {
  const { clock, now, worn, inSession, idleMs, restart } = deps;
  if (worn === undefined) return () => undefined;
  let idleSinceMs = clock.monotonicMs();
  let hadSession = false;
  const check = async (): Promise<void> => {
    if (inSession()) {
      hadSession = true;
      idleSinceMs = clock.monotonicMs();
      return;
    }
    if (clock.monotonicMs() - idleSinceMs < IDLE_FOR_MS) return;
    const untouchedMs = (await idleMs()) ?? IDLE_FOR_MS; // unknown: only sessions tell
    if (inSession() || untouchedMs < IDLE_FOR_MS) return;
    const hour = now().getHours();
    const isNight = hadSession && hour >= NIGHT.from && hour < NIGHT.to;
    if (!isNight && !worn()) return;
    stop();
    restart();
  };
  const stop = clock.every(CHECK_EVERY_MS, () => void check());
  return stop;
};
