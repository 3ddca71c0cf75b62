/**
 * Makes sure that the browser sends through our own proxy, which judges everything. A policy of the PC
 * (`ProxySettings`, `ProxyMode`) overrides the switch: all would go past us, and nobody would notice. So the browser is
 * made to request a name that does not exist.
 */
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import type { ClosedEgress } from '../guest/guest-egress.ts';

export interface OurProxyDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly egress: Pick<ClosedEgress, 'hears'>;
}

/** On an overloaded machine; a refused request takes 20 ms. */
const ANSWERS_WITHIN_MS = 15_000;

/** `session`: of a page whose site is not loaded yet. Rejects when the request goes elsewhere. */
export const requireOurProxy = async ({ clock, logger, egress }: OurProxyDeps, session: CdpSession): Promise<void> => {
  const heard = await egress.hears((url) => {
    const expression = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).catch(() => undefined)`;
    const answered = session.send('Runtime.evaluate', { expression, awaitPromise: true });
    return withTimeout(clock, ANSWERS_WITHIN_MS, 'a request of the waiting page', answered);
  });
  if (heard) return;
  logger.log('guest.past-the-kiosk');
  throw new Error('the browser does not use our proxy');
};
