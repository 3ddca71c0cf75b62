/** The end of a session: undo everything in order, then look for what is left. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import type { WipeStep } from '../feature.ts';

export interface AuditResult {
  readonly clean: boolean;
  /** `PN-<step>` of the first step that left something, for the screen and the agent. */
  readonly fault: string;
  readonly left: readonly string[];
}

const STEP_WITHIN_MS = 8_000;

export const wipeAndAudit = async (
  deps: { readonly clock: Clock; readonly logger: Logger },
  steps: readonly WipeStep[],
): Promise<AuditResult> => {
  for (const step of steps) {
    try {
      await withTimeout(deps.clock, step.withinMs ?? STEP_WITHIN_MS, step.name, step.wipe());
    } catch (error) {
      // The other steps still run; the audit below decides.
      deps.logger.log('session.wipe-step-failed', { step: step.name, ...errorFields(error) });
    }
  }
  const left: string[] = [];
  let fault = '';
  for (const step of steps) {
    const found = await withTimeout(deps.clock, STEP_WITHIN_MS, step.name, step.leftovers()).catch(() => [
      'the audit itself failed',
    ]);
    if (found.length === 0) continue;
    fault ||= `PN-${step.name.toUpperCase()}`;
    left.push(...found.map((one) => `${step.name}: ${one}`));
  }
  deps.logger.log(left.length === 0 ? 'session.audit-passed' : 'session.audit-failed', { fault, left: left.length });
  return { clean: left.length === 0, fault, left };
};
