/** Reports the failures of loads. An error response is held until its page has come: the site's own page is shown. */
import type { GuestEvent, LoadFault } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';
import { isOwnPage } from './own-page.ts';

export interface ReportFailuresDeps {
  readonly session: CdpSession;
  readonly emit: (event: GuestEvent) => void;
  /** The page of an error response is the site's own. */
  readonly onOwnPage: (url: string) => void;
  /** A policy of the PC refused a page, before anything was requested. */
  readonly onRefusedByPolicy?: () => void;
}

interface FailedRequest {
  readonly url: string;
  /** It had a body (a form). */
  readonly sent: boolean;
}

interface ErrorResponse extends FailedRequest {
  readonly id: string;
  readonly fault: LoadFault;
  readonly status: number;
  /** URL of the page that came with it; undefined before it is there. */
  reachedAs: string | undefined;
}

export interface Failures {
  /** Whether something was reported since `begin`. */
  readonly reported: boolean;
  /** Another document is being loaded. */
  begin(): void;
  report(request: FailedRequest, fault: LoadFault, status?: number): void;
  /**
   * The browser's error page has come for a URL whose request we did not see: a policy refused it, a worker of the site
   * failed to answer, or it was to come from memory and is gone (a `blob:`).
   */
  reportUnrequested(url: string): void;
  hold(response: Omit<ErrorResponse, 'reachedAs'>): void;
  readonly isHeld: boolean;
  /** This document has come. True if it is the page of the held response. */
  arrived(id: string, url: string): boolean;
  /** Decides about the held response, if its page has come. */
  readHeld(): Promise<void>;
  reportHeld(): void;
  dropHeld(): void;
}

/** Runs in the browser's error page, once it is there: the page of a policy is the one that names no error. */
const NAMES_NO_ERROR = `new Promise((found) => {
  const look = () => found(globalThis.loadTimeDataRaw?.errorCode === '');
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', look);
  else look();
})`;

export const reportFailures = ({ session, emit, onOwnPage, onRefusedByPolicy }: ReportFailuresDeps): Failures => {
  let reported = false;
  let held: ErrorResponse | undefined;
  const report: Failures['report'] = (request, fault, status) => {
    reported = true;
    emit({
      kind: 'load-failed',
      url: request.url,
      fault,
      ...(status === undefined ? {} : { status }),
      ...(request.sent ? { sent: true } : {}),
    });
  };
  const reportHeld = (): void => {
    if (held) report(held, held.fault, held.status);
    held = undefined;
  };
  return {
    get reported() {
      return reported;
    },
    begin() {
      reported = false;
    },
    report,
    reportUnrequested(url) {
      if (reported) return;
      report({ url, sent: false }, url.startsWith('https:') ? 'refused' : 'garbage');
      session
        .send('Runtime.evaluate', { expression: NAMES_NO_ERROR, awaitPromise: true })
        .then(({ result }) => result.value === true && onRefusedByPolicy?.())
        .catch(() => undefined); // another page came
    },
    hold(response) {
      held = { ...response, reachedAs: undefined };
    },
    get isHeld() {
      return held !== undefined;
    },
    arrived(id, url) {
      if (held?.id !== id) return false;
      held.reachedAs = url;
      return true;
    },
    async readHeld() {
      const mine = held;
      if (mine?.reachedAs === undefined) return;
      const { result } = await session.send('Runtime.evaluate', {
        expression: `(${isOwnPage.toString()})(${mine.sent})`,
        returnByValue: true,
      });
      if (held !== mine) return;
      if (result.value !== true) return reportHeld();
      held = undefined;
      onOwnPage(mine.reachedAs);
    },
    reportHeld,
    dropHeld() {
      held = undefined;
    },
  };
};
