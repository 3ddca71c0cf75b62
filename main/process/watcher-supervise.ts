/**
 * Watches over the kiosk's main process: one that hangs is killed, one that died is started again, and one that keeps
 * dying is given a rest behind the maintenance screen instead of burning for ever. What an ended run left is purged by
 * the next one before it shows anything; its browsers die with their pipe.
 */
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../log/logger.ts';
import { EXIT_ALREADY_RUNNING, EXIT_BAD_USE, EXIT_RESTART } from './exit-codes.ts';

export type ChildMode = 'work' | 'rest';

/** One run of the main process. */
export interface SupervisedChild {
  readonly onBeat: (listener: () => void) => void;
  readonly onExit: (listener: (exit: ChildExit) => void) => void;
  /** Asks it to end in order. */
  stop(): void;
  /** Ends it and what it started, now. */
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
  /** The exit code of a kiosk that ended because it was asked to, or that can't start at all. */
  readonly ended: Promise<number>;
  stop(): void;
}

const LOOK_EVERY_MS = 1_000;
/** Counted in looks of ours, not in time: a machine that slept, or is so busy that we stand still too, proves nothing. */
const SILENT_LOOKS = 10;
/** Reading its own code on a cold disk takes an old PC some seconds, and nothing beats meanwhile. */
const SILENT_LOOKS_AT_START = 60;
const STOPS_WITHIN_MS = 15_000;
/** The place of a first run may be held by a kiosk that ends in order since its own watcher is gone: never for longer. */
export const PLACE_WITHIN_MS = STOPS_WITHIN_MS + 5_000;
const PLACE_AGAIN_AFTER_MS = 1_000;
const RESTART_AFTER_MS = [250, 1_000, 3_000, 10_000] as const;
/** A run this long makes the deaths before it forgotten. */
const CALM_AFTER_MS = 60_000;
const REST_MS = 5 * 60_000;

export const supervise = (deps: SuperviseDeps): Supervisor => {
  const { clock, logger } = deps;
  const { promise: ended, resolve: finish } = Promise.withResolvers<number>();
  const beganAtMs = clock.monotonicMs();
  let deaths = 0;
  /** No run has had the kiosk's place yet. */
  let placeless = true;
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
    const bornAtMs = clock.monotonicMs();
    let silentLooks = 0;
    let patience = SILENT_LOOKS_AT_START;
    let hung = false;
    let rested = false;
    child.onBeat(() => {
      silentLooks = 0;
      patience = SILENT_LOOKS;
    });
    const stopLooking = clock.every(LOOK_EVERY_MS, () => {
      silentLooks += 1;
      if (silentLooks < patience || hung) return;
      hung = true;
      logger.log('kiosk.hung', { silentS: silentLooks });
      child.kill();
    });
    let killLate: () => void = () => undefined;
    const stop = (): void => {
      stopLooking(); // it may be busy ending, and beats no more
      child.stop();
      killLate = clock.after(STOPS_WITHIN_MS, () => child.kill());
    };
    const wake =
      mode === 'work'
        ? () => undefined
        : clock.after(REST_MS, () => {
            rested = true;
            stop();
          });
    stopCurrent = stop;
    child.onExit(({ code, signal }) => {
      stopLooking();
      killLate();
      wake();
      stopCurrent = undefined;
      // Once we had the place, it is held by what is left of our own last run.
      placeless &&= code === EXIT_ALREADY_RUNNING;
      if (stopping) return finish(code ?? 0);
      if (rested || code === EXIT_RESTART) return run('work'); // after a rest: one try, then another rest
      if (code === 0 || code === EXIT_BAD_USE) return finish(code);
      if (placeless && clock.monotonicMs() - beganAtMs >= PLACE_WITHIN_MS) return finish(EXIT_ALREADY_RUNNING);
      if (placeless) {
        cancelWait = clock.after(PLACE_AGAIN_AFTER_MS, () => run('work'));
        return;
      }
      logger.log('kiosk.died', { code, signal, hung, deaths });
      if (clock.monotonicMs() - bornAtMs > CALM_AFTER_MS) deaths = 0;
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
