/** The end of a session: undo everything in order, then look for what is left. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import type { WipeName } from '../../measures/wipe-names.ts';
import type { WipeStep } from '../feature.ts';

export interface AuditResult {
  readonly clean: boolean;
  /** The first step that left something. */
  readonly step: WipeName | undefined;
  /** `PN-<step>`, for the screen and the agent. */
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
  let first: WipeName | undefined;
  for (const step of steps) {
    const found = await withTimeout(deps.clock, STEP_WITHIN_MS, step.name, step.leftovers()).catch(() => [
      'the audit itself failed',
    ]);
    if (found.length === 0) continue;
    first ??= step.name;
    left.push(...found.map((one) => `${step.name}: ${one}`));
  }
  const fault = first === undefined ? '' : `PN-${first.toUpperCase()}`;
  deps.logger.log(first === undefined ? 'session.audit-passed' : 'session.audit-failed', { fault, left: left.length });
  return { clean: first === undefined, step: first, fault, left };
};
