/** What the policy of the session says about the pages of a guest. Without a session, everything is refused. */
import type { Logger } from '../../log/logger.ts';
import { REFUSE_ALL } from '../guest/guest-egress.ts';
import type { BlockReason, GuestEvent, GuestPolicy } from '../port.ts';

export interface JourneyRulesDeps {
  readonly logger: Logger;
  readonly emit: (event: GuestEvent) => void;
}

export interface JourneyRules extends Required<Omit<GuestPolicy, 'oftenFiltered'>> {
  open(policy: GuestPolicy): void;
  /** Why this page must not be shown; undefined when it may. */
  refusal(url: string): BlockReason | undefined;
  /** Whether a window may be opened at this URL. A refusal is reported. */
  mayOpen(url: string): boolean;
  /** Whether an inner frame may show this URL. A refusal is logged. */
  mayFrame(url: string): boolean;
}

/** The same id in every Chromium. */
const PDF_VIEWER = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/';

export const createJourneyRules = ({ logger, emit }: JourneyRulesDeps): JourneyRules => {
  let policy = REFUSE_ALL;
  return {
    open: (next) => void (policy = next),
    decide: (request) => policy.decide(request),
    pinsFor: (host) => policy.pinsFor?.(host) ?? [],
    proxyFor: (host) => policy.proxyFor?.(host),
    refusal(url) {
      const verdict = policy.decide({ kind: 'main-frame', url });
      return verdict.allow ? undefined : verdict.reason;
    },
    mayOpen(url) {
      if (url === '' || url.startsWith('about:blank')) return true; // still empty: its content is checked when it comes
      const verdict = policy.decide({ kind: 'main-frame', url });
      if (verdict.allow || verdict.instead !== undefined || verdict.unlessDocument === true) return true;
      emit({ kind: 'blocked', url, reason: verdict.reason });
      return false;
    },
    mayFrame(url) {
      // Allowed: an empty frame, the error page of a refused frame, and Chromium's own viewer around an allowed PDF.
      if (url === 'about:blank' || url.startsWith('chrome-error:') || url.startsWith(PDF_VIEWER)) return true;
      const verdict = policy.decide({ kind: 'frame', url });
      if (!verdict.allow) logger.log('guest.request-refused', { kind: 'frame', reason: verdict.reason });
      return verdict.allow;
    },
  };
};
