/**
 * Supervises the kiosk process. A kiosk that hangs is killed, and one that died is restarted. After repeated deaths the
 * kiosk only shows the maintenance screen for a while, instead of restarting in a loop. The next run purges what the
 * last one left, before it shows anything. The browsers of a dead kiosk exit when their pipe closes.
 */
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../log/logger.ts';
import { EXIT_ALREADY_RUNNING, EXIT_BAD_USE, EXIT_RESTART } from './exit-codes.ts';

export type ChildMode = 'work' | 'rest';

/** One run of the main process. */
export interface SupervisedChild {
  readonly onBeat: (listener: () => void) => void;
  readonly onExit: (listener: (exit: ChildExit) => void) => void;
  /** Asks it to shut down cleanly. */
  stop(): void;
  /** Kills it and its child processes at once. */
  kill(): void;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface SuperviseDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly launch: (mode: ChildMode) => SupervisedChild;
}

export interface Supervisor {
  /** Resolves to the exit code when the kiosk was asked to end, or when it can't start at all. */
  readonly ended: Promise<number>;
  stop(): void;
}

const TICK_MS = 1_000;
/**
 * Silence is counted in our own ticks, not in time. On a machine that slept or is overloaded, the watcher does not tick
 * either, so it does not take the pause for a hang.
 */
const SILENT_TICKS = 10;
/** An old PC with a cold disk takes several seconds to load the code, and sends no heartbeat during that time. */
const SILENT_TICKS_AT_START = 60;
const STOPS_WITHIN_MS = 15_000;
/**
 * How long a first run retries while another kiosk holds the single-instance lock. A kiosk whose watcher was killed
 * shuts down cleanly and releases the lock within this time.
 */
export const LOCK_WITHIN_MS = STOPS_WITHIN_MS + 5_000;
const LOCK_RETRY_MS = 1_000;
const RESTART_AFTER_MS = [250, 1_000, 3_000, 10_000] as const;
/** A run that lasts longer than this resets the count of deaths. */
const DEATHS_FORGOTTEN_AFTER_MS = 60_000;
const REST_MS = 5 * 60_000;

export const supervise = (deps: SuperviseDeps): Supervisor => {
  const { clock, logger } = deps;
  const { promise: ended, resolve: finish } = Promise.withResolvers<number>();
  const firstRunAtMs = clock.monotonicMs();
  let deaths = 0;
  /** No run has held the single-instance lock yet. */
  let neverLocked = true;
  let stopping = false;
  let cancelWait: () => void = () => undefined;
  let stopCurrent: (() => void) | undefined;

  const next = (): void => {
    const delayMs = RESTART_AFTER_MS[deaths];
    deaths += 1;
    cancelWait = clock.after(delayMs ?? RESTART_AFTER_MS.at(-1) ?? 0, () =>
      run(delayMs === undefined ? 'rest' : 'work'),
    );
  };

  const run = (mode: ChildMode): void => {
    const child = deps.launch(mode);
    const startedAtMs = clock.monotonicMs();
    let silentTicks = 0;
    let allowedTicks = SILENT_TICKS_AT_START;
    let hung = false;
    let rested = false;
    child.onBeat(() => {
      silentTicks = 0;
      allowedTicks = SILENT_TICKS;
    });
    const stopTicking = clock.every(TICK_MS, () => {
      silentTicks += 1;
      if (silentTicks < allowedTicks || hung) return;
      hung = true;
      logger.log('kiosk.hung', { silentS: silentTicks });
      child.kill();
    });
    let cancelKill: () => void = () => undefined;
    const stop = (): void => {
      stopTicking(); // a kiosk that shuts down no longer sends heartbeats
      child.stop();
      cancelKill = clock.after(STOPS_WITHIN_MS, () => child.kill());
    };
    const cancelRest =
      mode === 'work'
        ? () => undefined
        : clock.after(REST_MS, () => {
            rested = true;
            stop();
          });
    stopCurrent = stop;
    child.onExit(({ code, signal }) => {
      stopTicking();
      cancelKill();
      cancelRest();
      stopCurrent = undefined;
      // If we had the lock before, the process that holds it now is a remainder of our own last run.
      neverLocked &&= code === EXIT_ALREADY_RUNNING;
      if (stopping) return finish(code ?? 0);
      if (rested || code === EXIT_RESTART) return run('work'); // after a rest, one try; if it fails, another rest
      if (code === 0 || code === EXIT_BAD_USE) return finish(code);
      if (neverLocked && clock.monotonicMs() - firstRunAtMs >= LOCK_WITHIN_MS) return finish(EXIT_ALREADY_RUNNING);
      if (neverLocked) {
        cancelWait = clock.after(LOCK_RETRY_MS, () => run('work'));
        return;
      }
      logger.log('kiosk.died', { code, signal, hung, deaths });
      if (clock.monotonicMs() - startedAtMs > DEATHS_FORGOTTEN_AFTER_MS) deaths = 0;
      next();
    });
  };

  run('work');
  return {
    ended,
    stop() {
      if (stopping) return;
      stopping = true;
      cancelWait();
      if (stopCurrent) stopCurrent();
      else finish(0);
    },
  };
};
