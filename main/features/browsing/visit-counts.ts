/** What a visit adds to the figures. A démarche that is counted both as left and as finished is kept as finished. */
import type { DemarcheConfig } from '../../config/kiosk-config.ts';
import type { Counts } from '../../measures/measures.ts';
import type { BrowsingCounter } from './counters.ts';

export interface VisitCounts {
  opened(): void;
  /** A step of the guide was shown, counted from 0. */
  reached(step: number): void;
  /** A document of the site is in the tray. */
  kept(): void;
  /** `isSent`: as in `Submission`. */
  ended(isSent: boolean): void;
}

export const createVisitCounts = (
  counts: Counts<BrowsingCounter>,
  { id, mailbox }: Pick<DemarcheConfig, 'id' | 'mailbox'>,
): VisitCounts => {
  // A mailbox is open for a code: it has no end.
  if (mailbox !== null)
    return { opened: () => counts.add('site.opened'), reached() {}, kept() {}, ended() {} }; // prettier-ignore
  let furthest = 0;
  return {
    opened: () => counts.add('demarche.opened', id),
    reached: (step) => void (furthest = Math.max(furthest, step)),
    kept: () => counts.add('demarche.finished', id),
    ended(isSent) {
      if (isSent) counts.add('form.sent');
      if (isSent) counts.add('demarche.finished', id);
      counts.add('demarche.left-at-step', `${id}/${furthest + 1}`);
    },
  };
};
