/** The end of a session: undo everything in order, then look for what is left. */
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import type { WipeName } from '../../measures/wipe-names.ts';
import type { AuditResult, WipeStep } from '../feature.ts';

const STEP_WITHIN_MS = 8_000;
/** After the first look; two seconds in all. */
const LOOK_AGAIN_MS = [250, 750, 1_000] as const;
const NOT_LOOKED = 'the audit itself failed';

/** Our own words for what is left ("1 fichier(s) dans le coffre"), in the letters that a log takes. */
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
    // One look at a machine under load is no proof: a process that was told to end is still listed for a moment. What is
    // really left is there each time.
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
  // One that passed is counted by the figures and not logged: a line a session, to the millisecond, would say when people left.
  if (first !== undefined) deps.logger.log('session.audit-failed', { fault, left: left.length });
  return { clean: first === undefined, step: first, fault, left };
};
