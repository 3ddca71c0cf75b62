/**
 * A print keeps the session alive only while it progresses. A print that needs help (no paper, a stopped queue) does
 * not: if the person gave up and left, their session would stay open to the next person for ever.
 */
import { isBlocking } from '../../contract/printing.ts';
import type { IdleLocks } from '../feature.ts';
import type { RunState } from './print-run.ts';

export const isStuck = (state: RunState): boolean => state.stage === 'stopped' || state.reasons.some(isBlocking);

export interface PrintHold {
  update(state: RunState): void;
}

export const holdWhileMoving = (idleLocks: IdleLocks): PrintHold => {
  let release: (() => void) | undefined;
  return {
    update(state) {
      if (state.end === null && !isStuck(state)) release ??= idleLocks.acquire('print');
      else {
        release?.();
        release = undefined;
      }
    },
  };
};
