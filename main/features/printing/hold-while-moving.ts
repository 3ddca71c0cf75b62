/**
 * A print keeps the session only while it moves. One that waits for somebody (no paper, a stopped queue) does not: a person who
 * gave up and went would leave their session open to the next one for ever.
 */
import { printerReasons } from '../../contract/printing.ts';
import type { IdleLocks } from '../feature.ts';
import type { RunState } from './print-run.ts';

export const isStuck = (state: RunState): boolean =>
  state.stage === 'stopped' || state.reasons.some((reason) => printerReasons[reason].blocks);

export interface MovingHold {
  see(state: RunState): void;
}

export const holdWhileMoving = (idleLocks: IdleLocks): MovingHold => {
  let release: (() => void) | undefined;
  return {
    see(state) {
      if (state.end === null && !isStuck(state)) release ??= idleLocks.acquire('print');
      else {
        release?.();
        release = undefined;
      }
    },
  };
};
