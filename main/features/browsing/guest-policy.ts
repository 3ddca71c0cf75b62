/** What the guest of a démarche may request. */
import type { DemarcheConfig, KioskConfig } from '../../config/kiosk-config.ts';
import type { GuestPolicy } from '../../shell/port.ts';
import { decideInJourney, proxyFor, type Journey } from './journey-policy.ts';
import { pinnedKeys } from './pinned-keys.ts';

export const guestPolicy = (
  journey: Journey,
  { mailbox }: Pick<DemarcheConfig, 'mailbox'>,
  bundles: KioskConfig['bundles'],
): GuestPolicy => ({
  decide: (request) => decideInJourney(request, journey),
  pinsFor: (host) => pinnedKeys(bundles, host),
  proxyFor: (host) => proxyFor(host, journey),
  oftenFiltered: mailbox !== null,
});
