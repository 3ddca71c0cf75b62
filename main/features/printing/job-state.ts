/** Converts the state of a run for the screens. */
import type { StateOf } from '../../contract/define.ts';
import type { PrintingContract } from '../../contract/printing.ts';
import type { PrinterFault } from '../../devices/printer.ts';
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
