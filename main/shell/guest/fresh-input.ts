/** Whether a person has used a keyboard, a mouse or a touch screen since the last time that this was asked. */
import type { Clock } from '../../platform/clock.ts';

export interface FreshInputDeps {
  readonly clock: Clock;
  /** As in the port: pages can't fake it. Undefined when the system does not say. */
  readonly idleMs: () => Promise<number | undefined>;
}

/** True for one caller per use of a device. The first one needs none: the system may not have listened before. */
export type FreshInput = () => Promise<boolean>;

export const createFreshInput = ({ clock, idleMs }: FreshInputDeps): FreshInput => {
  let takenAtMs: number | undefined;
  return async () => {
    const idle = await idleMs().catch(() => undefined); // then nobody knows
    const nowMs = clock.monotonicMs();
    const isFresh = takenAtMs === undefined || (idle !== undefined && nowMs - idle > takenAtMs);
    if (isFresh) takenAtMs = nowMs;
    return isFresh;
  };
};
