/**
 * Ends a guest: first its page, so that nothing writes any more, then all data of its session. Each step has a time
 * limit.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { GuestView } from './guest-view.ts';

const CLOSE_WITHIN_MS = 3_000;
const WIPE_WITHIN_MS = 5_000;

/** Never fails: `residueOf` reports what could not be removed. */
export const endGuestView = async (clock: Clock, { session, contents, destroyed }: GuestView): Promise<void> => {
  const within = (ms: number, work: Promise<unknown>): Promise<boolean> =>
    withTimeout(clock, ms, 'closing a guest', work).then(
      () => true,
      () => false,
    );
  if (!contents.isDestroyed()) {
    contents.close({ waitForBeforeUnload: false });
    if (!(await within(CLOSE_WITHIN_MS, destroyed))) {
      contents.forcefullyCrashRenderer();
      contents.close({ waitForBeforeUnload: false });
      await within(CLOSE_WITHIN_MS, destroyed);
    }
  }
  await within(WIPE_WITHIN_MS, session.closeAllConnections());
  const wipes = [
    session.clearStorageData(),
    session.clearCache(),
    session.clearAuthCache(),
    session.clearHostResolverCache(),
  ];
  await within(WIPE_WITHIN_MS, Promise.allSettled(wipes));
};

/** Names what is still there, without personal data. */
export const residueOf = async ({ session, contents }: GuestView): Promise<readonly string[]> => {
  const left: string[] = [];
  if (!contents.isDestroyed()) left.push('page');
  if ((await session.cookies.get({})).length > 0) left.push('cookies');
  if (session.getStoragePath() !== null) left.push('profile on disk');
  return left;
};
