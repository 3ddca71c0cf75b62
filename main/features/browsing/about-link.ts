/** What our blocked page says about the host of a link: the démarches that we have for it, or the site it imitates. */
import { covers, journeyDomains } from '../../config/domains.ts';
import type { DemarcheConfig, KioskConfig } from '../../config/kiosk-config.ts';
import type { Cover } from '../../contract/browsing.ts';
import { imitatedSite } from './imitated-site.ts';

export type AboutLink = Pick<Extract<Cover, { kind: 'blocked' }>, 'imitates' | 'demarches'>;

/** Number of démarches that the blocked page offers for a host. */
const MOST_OFFERS = 3;

export const aboutLink = (
  host: string,
  from: {
    /** The démarche whose site has the link. */
    readonly demarche: DemarcheConfig;
    /** The démarches whose sites are open. */
    readonly open: readonly DemarcheConfig[];
    readonly demarches: readonly DemarcheConfig[];
    readonly bundles: KioskConfig['bundles'];
  },
): AboutLink => {
  const offered = from.demarches.filter(
    (one) =>
      one.mailbox === null &&
      one.id !== from.demarche.id &&
      journeyDomains(one, {}).some((domain) => covers(domain, host)),
  );
  const shared = Object.values(from.bundles).flatMap(({ domains }) => domains);
  return {
    imitates: offered.length > 0 ? null : imitatedSite(host, [...from.open, ...from.demarches], shared),
    demarches: offered.slice(0, MOST_OFFERS).map(({ id, title }) => ({ id, title })),
  };
};
