/** What a screen needs before it can be drawn. */
import type { Failed } from '../client/errors.ts';
import type { Kiosk } from './kiosk-context.ts';

/**
 * Undefined when there is nothing to draw: it failed, which leads back and is said, or the person has gone elsewhere
 * before the answer, which must not move them.
 */
export const loadOrBack = async <T extends object>(
  { router, sayFailed }: Pick<Kiosk, 'router' | 'sayFailed'>,
  asked: Promise<T | Failed>,
): Promise<T | undefined> => {
  const here = router.current;
  const found = await asked;
  if (router.current !== here) return undefined;
  if (!('code' in found)) return found;
  router.back();
  sayFailed(found);
  return undefined;
};
