/**
 * Calls a feature's handlers as the dispatcher does: passes the session's object, or refuses when there is no session.
 */
import type { FeatureSpec, Handlers } from '../../main/contract/define.ts';
import type { Feature } from '../../main/features/feature.ts';

type Loose = (input: unknown, mine?: unknown) => Promise<unknown>;

export const asDispatched = <F extends FeatureSpec, Own extends object>(
  contract: F,
  feature: Feature<F, Own>,
): Handlers<F> =>
  Object.fromEntries(
    Object.entries(feature.handlers as Readonly<Record<string, Loose>>).map(([name, handler]) => {
      const when = contract.messages[name]?.when ?? contract.when;
      const call = async (input: unknown): Promise<unknown> => {
        if (when !== 'session') return handler(input);
        const mine = feature.own?.();
        return mine === undefined ? { ok: false, error: { code: 'session.not-ready' } } : handler(input, mine);
      };
      return [name, call];
    }),
  ) as Handlers<F>;
