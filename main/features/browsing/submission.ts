/**
 * Whether what the person typed on a site was sent, as far as this can be known. The guide says what the current page
 * shows; the leaving screen reminds the person of the whole visit.
 */
import type { DemarcheConfig } from '../../config/kiosk-config.ts';
import type { Clock } from '../../platform/clock.ts';
import type { LeavingItem } from '../feature.ts';
import { asksToSignIn } from './sign-in.ts';
import { saysSent } from './follow-step.ts';

export interface Submission {
  /** What the page at this address, the current one, says or is. */
  onPage(address: string): 'said' | 'answered' | null;
  /**
   * The request left, as far as anybody can know. The answer to a form counts where the site has no page that says so,
   * and nobody signs in: there it may be the answer to a password. Text that was typed after it may be the next page of
   * the same form.
   */
  readonly isSent: boolean;
  /** What the leaving screen says about the request. `site`: its host. */
  leavingItem(site: string): LeavingItem | undefined;
  /** The person typed. True if what `onPage` says may change. */
  written(): boolean;
  /** The site accepted what was typed before it was requested. */
  accepted(requestedMs: number): void;
  /** The address changed, perhaps without leaving the document. */
  reached(address: string, before: string): void;
  /** The page on which the person typed is gone. `toAnswer`: the next one is the answer to a form. */
  turnPage(toAnswer: boolean): void;
}

export interface SubmissionDeps {
  readonly clock: Clock;
  readonly demarche: Pick<DemarcheConfig, 'sentAt' | 'mailbox' | 'account' | 'bundles'>;
}

export const createSubmission = ({ clock, demarche }: SubmissionDeps): Submission => {
  /** The person typed on the current page, and nothing was sent since. */
  let writtenMs: number | undefined;
  /** The current page is the answer to a form. */
  let isAnswer = false;
  /** One of the pages was. */
  let wasAnswer = false;
  /** The site showed one of its `sentAt` pages. */
  let saidSent = false;
  const says = (address: string): boolean => saysSent(demarche.sentAt, address);
  /** The forms of a mailbox are not the person's request. */
  const answered = (): boolean => isAnswer && demarche.mailbox === null;

  return {
    onPage: (address) => (says(address) ? 'said' : answered() ? 'answered' : null),
    get isSent() {
      const mayTell = demarche.mailbox === null && demarche.sentAt.length === 0 && !asksToSignIn(demarche);
      return saidSent || (mayTell && wasAnswer && writtenMs === undefined);
    },
    leavingItem(site) {
      if (writtenMs !== undefined) return { kind: 'not-sent', site, again: saidSent };
      if (saidSent) return { kind: 'sent', site };
      return answered() ? { kind: 'answered', site } : undefined;
    },
    written() {
      const changes = isAnswer;
      writtenMs = clock.monotonicMs();
      isAnswer = false;
      return changes;
    },
    accepted(requestedMs) {
      if ((writtenMs ?? 0) <= requestedMs) writtenMs = undefined;
    },
    reached(address, before) {
      if (!says(address) || says(before)) return;
      saidSent = true;
      writtenMs = undefined; // also on a site that never leaves its document
    },
    turnPage(toAnswer) {
      writtenMs = undefined;
      isAnswer = toAnswer;
      wasAnswer ||= toAnswer;
    },
  };
};
