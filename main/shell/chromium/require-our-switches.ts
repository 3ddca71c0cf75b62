/**
 * Makes sure that no policy of the PC has overridden a switch that our promises rest on, which happens without a word:
 * `ProxySettings` or `ProxyMode` would send everything past our proxy, and nothing would be judged; `DiskCacheDir`
 * would leave on the disk what a person saw. So the browser is made to request a name that does not exist.
 */
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import type { ClosedEgress } from '../guest/guest-egress.ts';
import { cacheOf } from './profile.ts';

export interface OurSwitchesDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Pick<Files, 'exists'>;
  readonly egress: Pick<ClosedEgress, 'hears'>;
}

/** On an overloaded machine; a refused request takes 20 ms. */
const ANSWERS_WITHIN_MS = 15_000;

/** `session`: of a page whose site is not loaded yet. Rejects when a switch does not hold. */
export const requireOurSwitches = async (
  { clock, logger, files, egress }: OurSwitchesDeps,
  profile: string,
  session: CdpSession,
): Promise<void> => {
  const isHeard = await egress.hears((url) => {
    const expression = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).catch(() => undefined)`;
    const answered = session.send('Runtime.evaluate', { expression, awaitPromise: true });
    return withTimeout(clock, ANSWERS_WITHIN_MS, 'a request of the waiting page', answered);
  });
  if (!isHeard) {
    logger.log('guest.past-the-kiosk');
    throw new Error('the browser does not use our proxy');
  }
  // A request opens the cache first.
  if (await files.exists(cacheOf(profile))) return;
  logger.log('guest.cache-elsewhere');
  throw new Error('the browser has its cache outside its profile');
};
