/** Browsing whose handlers are called as the dispatcher calls them: with the object of the session that runs. */
import type { BrowsingContract } from '../../main/contract/browsing.ts';
import type { Handlers } from '../../main/contract/define.ts';
import { failure } from '../../main/contract/result.ts';
import { createBrowsing, type Browsing, type BrowsingDeps } from '../../main/features/browsing/browsing.ts';

export interface PersonsBrowsing extends Omit<Browsing, 'handlers'> {
  readonly handlers: Handlers<BrowsingContract>;
}

/** Its first session has begun. */
export const browsingOfPerson = (deps: BrowsingDeps): PersonsBrowsing => {
  const browsing = createBrowsing(deps);
  browsing.begin({ textSize: 'normal' });
  const called = Object.entries(browsing.handlers).map(([name, handler]) => {
    const call = async (input: never) => {
      const mine = browsing.own?.();
      return mine ? handler(input, mine) : failure('session.not-ready');
    };
    return [name, call] as const;
  });
  return { ...browsing, handlers: Object.fromEntries(called) as never };
};
