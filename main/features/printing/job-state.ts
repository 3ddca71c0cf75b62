/** How a run looks to the screens. */
import type { StateOf } from '../../contract/define.ts';
import type { PrintingContract } from '../../contract/printing.ts';
import type { RunState } from './print-run.ts';

export const jobState = (state: RunState | undefined): StateOf<PrintingContract>['job'] => {
  if (state === undefined) return null;
  const fault = state.end?.kind === 'failed' || state.end?.kind === 'unconfirmed' ? state.end.fault : undefined;
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
