/** Converts the state of a run for the screens. Pure. */
import type { StateOf } from '../../contract/define.ts';
import type { PrintingContract } from '../../contract/printing.ts';
import type { PrinterFault } from '../../devices/printer.ts';
import type { LeavingItem } from '../feature.ts';
import { isStuck } from './hold-while-moving.ts';
import type { RunState } from './print-run.ts';

export const faultOf = ({ end }: RunState): PrinterFault | undefined =>
  end !== null && 'fault' in end ? end.fault : undefined;

export const jobState = (state: RunState | undefined): StateOf<PrintingContract>['job'] => {
  if (state === undefined) return null;
  const fault = faultOf(state);
  return {
    stage: state.stage,
    sides: state.sides,
    sidesOut: state.sidesOut,
    reasons: state.reasons,
    cancelling: state.cancelling,
    end: state.end?.kind ?? null,
    code: fault?.code ?? null,
    retry: fault?.retry ?? null,
    slow: state.slow,
  };
};

type Printing = Extract<LeavingItem, { kind: 'printing' }>['state'];

const unfinished = (state: RunState): Printing | undefined => {
  if (state.end?.kind === 'unconfirmed') return 'unsure';
  if (state.end?.kind === 'failed') return 'missing';
  // The person stopped it, or everything is out as far as the printer can tell.
  if (state.end !== null || state.cancelling) return undefined;
  if (isStuck(state)) return 'stopped';
  return state.sidesOut === 0 ? 'begun' : 'coming';
};

/** What the leaving screen says of a run that the person has not acknowledged. */
export const unfinishedItem = (state: RunState | undefined): readonly LeavingItem[] => {
  const how = state && unfinished(state);
  const left = state === undefined ? 0 : state.sides - state.sidesOut;
  return how === undefined || left === 0 ? [] : [{ kind: 'printing', state: how, left }];
};
