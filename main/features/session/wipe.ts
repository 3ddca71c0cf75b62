/** The end of a session: run every wipe step in order, then audit what is left. */
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import type { WipeName } from '../../measures/wipe-names.ts';
import type { AuditResult, WipeStep } from '../feature.ts';

const STEP_WITHIN_MS = 8_000;
/** Waits before each further look after the first one; two seconds in all. */
const LOOK_AGAIN_MS = [250, 750, 1_000] as const;
const NOT_LOOKED = 'the audit itself failed';

/** Converts our description of a leftover ("1 fichier(s) dans le coffre") to the characters that the log accepts. */
const asCode = (words: string): string =>
  `left.${words
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim()
    .replace(/ +/g, '-')
    .slice(0, 50)
    .replace(/-$/, '')}`;

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
  const look = (step: WipeStep): Promise<readonly string[]> =>
    withTimeout(deps.clock, STEP_WITHIN_MS, step.name, step.leftovers()).catch(() => [NOT_LOOKED]);
  for (const step of steps) {
    let found = await look(step);
    // One look is not enough on a machine under load: a process that is ending stays listed for a moment. A real
    // leftover is still there at every look.
    if (found.length > 0) deps.logger.log('session.looked-again', { step: step.name, what: asCode(found[0] ?? '') });
    for (const waitMs of LOOK_AGAIN_MS) {
      if (found.length === 0 || found[0] === NOT_LOOKED) break;
      await sleep(deps.clock, waitMs);
      found = await look(step);
    }
    if (found.length === 0) continue;
    first ??= step.name;
    for (const one of found) deps.logger.log('session.leftover', { step: step.name, what: asCode(one) });
    left.push(...found.map((one) => `${step.name}: ${one}`));
  }
  const fault = first === undefined ? '' : `PN-${first.toUpperCase()}`;
  // Only failed audits are logged. One line per session, with milliseconds, would record when each person left.
  // The figures count the audits that passed.
  if (first !== undefined) deps.logger.log('session.audit-failed', { fault, left: left.length });
  return { clean: first === undefined, step: first, fault, left };
};
