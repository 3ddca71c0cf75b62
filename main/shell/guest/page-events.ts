/** Tracks the guest's main frame (its URL, what it loads, what failed) and emits it as events of the port. */
import type { Clock } from '../../platform/clock.ts';
import type { GuestEvent, LoadFault } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';
import { outsideWanted } from './contact-address.ts';
import { keyedEnd } from './certificate-pins.ts';
import { isEmptyPage } from './empty-page.ts';
import type { GuestEgress } from './guest-egress.ts';
import { codeOf, faultOf } from './load-faults.ts';
import { followHistory } from './page-history.ts';
import { reportFailures } from './report-failures.ts';
import type { AskedDocument } from './request-gate.ts';
import { isOurBlank, stepBack, stepForward } from './step-back.ts';
import { trackUploads } from './uploads.ts';

/** Makes the page's connections: it knows why one failed, and what that says of the network. */
export type PageEgress = Pick<GuestEgress, 'faultAt' | 'certificateRefused' | 'pageCame'>;

export interface PageEventsDeps {
  readonly session: CdpSession;
  readonly clock: Clock;
  readonly mainFrameId: string;
  readonly emit: (event: GuestEvent) => void;
  readonly egress?: PageEgress;
  /**
   * The adapter reports each requested page. Then the browser need not report every part of every page (five messages
   * each), but only while a page is pending or may send the person's files.
   */
  readonly adapterReportsPages?: boolean;
  /**
   * Whether data sent to this URL is for the site itself, not for another host (errors, statistics). Absent: always.
   */
  readonly isOfSite?: (url: string) => boolean;
  /** As in `report-failures.ts`. */
  readonly onRefusedByPolicy?: () => void;
}

/** The browser's only error for a connection that our proxy refused or could not make. */
const TUNNEL_FAILED = 'net::ERR_TUNNEL_CONNECTION_FAILED';

/** Uploads that carry nothing of the person: `sendBeacon`, `<a ping>`, and the browser's own reports. */
const BACKGROUND: ReadonlySet<string> = new Set(['Ping', 'CSPViolationReport']);

const SEE_OTHER = 303;

/** No content, reset content: responses without a page. */
const EMPTY: ReadonlySet<number> = new Set([204, 205]);

/** Chromium's own error page. */
const ERROR_PAGE = 'chrome-error://';

/**
 * By default the browser keeps a copy of every body in case we ask for it. This also keeps the person's form data from
 * being sent to us.
 */
const KEEP_NOTHING = { maxTotalBufferSize: 0, maxResourceBufferSize: 0, maxPostDataSize: 0 } as const;

type WhyReported = 'page' | 'sendings';

/** The browser's reports about the network, on while there is a reason, or always. */
const reportNetwork = (
  session: CdpSession,
  always: boolean,
): { report(why: WhyReported): void; stop(why: WhyReported): void } => {
  const reasons = new Set<WhyReported>();
  return {
    report(why) {
      // The page was left meanwhile.
      if (reasons.size === 0) void session.send('Network.enable', KEEP_NOTHING).catch(() => undefined);
      reasons.add(why);
    },
    stop(why) {
      if (always || !reasons.delete(why) || reasons.size > 0) return;
      void session.send('Network.disable').catch(() => undefined); // the page left meanwhile
    },
  };
};

const faultAt = (url: string, errorText: string, egress: PageEgress | undefined): LoadFault | undefined => {
  const { hostname } = new URL(url);
  const isTunnels = errorText === TUNNEL_FAILED;
  const fault = isTunnels ? (egress?.faultAt(hostname) ?? 'refused') : faultOf(errorText);
  if (fault?.startsWith('certificate') !== true) return fault;
  return egress?.certificateRefused(hostname, isTunnels ? 'pinned' : codeOf(errorText)) ?? fault;
};

export interface WatchedPage {
  /** Goes back one page, skipping a form's result to the form. False: there is no page to go back to. */
  goBack(): Promise<boolean>;
  readonly documentAsked: (document: AskedDocument) => void;
  /** The page has files of the person: its own uploads are reported too, until another page loads. */
  reportSendings(): void;
  /** A page was requested and no response has arrived yet. Chromium holds back our commands meanwhile. */
  awaiting(): boolean;
  /** Loader id of the page whose response has arrived, but whose arrival the renderer has not reported yet. */
  arriving(): string | undefined;
}

export const watchPage = async (deps: PageEventsDeps): Promise<WatchedPage> => {
  const { session, mainFrameId, emit, egress } = deps;
  const network = reportNetwork(session, deps.adapterReportsPages !== true);
  const uploads = trackUploads(deps);
  const history = followHistory(deps);
  const failures = reportFailures({ ...deps, onOwnPage: (url) => history.reached(url, false) });
  /** The main frame's pending document request; a later one replaces it. */
  let documentRequest: (AskedDocument & { readonly id: string }) | undefined;
  /** The `Network` request id of the page that is loading. */
  let startedId = '';
  /** The same for the last page requested by a form; redirects keep the id. */
  let formId = '';

  /** The document was requested and no response has arrived yet. */
  let awaiting = false;
  let arriving: string | undefined;
  /** The loading page was visited before. */
  let backwards = false;
  /** The page navigated out of the web, so the browser shows its own error page: go back from it before reporting. */
  let outside: ReturnType<typeof outsideWanted>;
  const leaveRefusal = async (wanted: GuestEvent): Promise<void> => {
    if (await stepBack(session, deps.clock)) return;
    outside = undefined; // there is no previous page
    emit(wanted);
  };

  const documentAsked = (asked: AskedDocument, id = startedId): void => {
    documentRequest = { ...asked, id };
    failures.dropHeld();
    awaiting = true;
    if (asked.sent) {
      formId = id;
      emit({ kind: 'loading', loading: true, url: asked.url, sent: true });
      uploads.begin(id, asked.url);
    } else if (id === formId) {
      // The site has the form, and leads to its result: that one can be requested again.
      emit({ kind: 'loading', loading: true, url: asked.url });
      uploads.answered(id, SEE_OTHER);
    }
    network.report('page');
  };

  /** Loader id of the page reached last. Its URL would not tell it from the next one: forms post to themselves. */
  let reachedId = '';
  let emptinessChecked = true;
  /** Invalid bytes (broken compression) give a completely empty document. */
  const checkEmpty = async (): Promise<void> => {
    if (emptinessChecked) return;
    emptinessChecked = true;
    if (failures.isHeld) return failures.readHeld();
    const checkedId = reachedId;
    const isEmpty = await isEmptyPage(session);
    const isLeft = reachedId !== checkedId || awaiting || arriving !== undefined; // the next one has its own look
    if (isEmpty && !isLeft) failures.report({ url: history.here, sent: false }, 'garbage');
  };

  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined) return;
    if (frame.loaderId === arriving) arriving = undefined;
    reachedId = frame.loaderId;
    // A page may lead on at once, and its arrival be reported after the next one was requested, whose response we need.
    const leadsOn = awaiting && frame.loaderId !== startedId;
    if (!leadsOn) {
      awaiting = false;
      network.stop('page');
    }
    // Only http(s) pages are checked: the blank page on which a guest waits may stop loading after its site was
    // requested.
    emptinessChecked = !/^https?:/.test(frame.url);
    uploads.endAllBut(documentRequest?.id);
    network.stop('sendings');
    if (frame.url.startsWith(ERROR_PAGE)) {
      outside = outsideWanted(frame.unreachableUrl ?? '');
      if (outside) void leaveRefusal(outside).catch(() => undefined); // the page left meanwhile
      failures.reportHeld();
      // Usually no request was made: Chromium no longer has the form's result, and does not send the form again by
      // itself.
      if (backwards && !failures.reported) {
        failures.report({ url: frame.unreachableUrl ?? '', sent: false }, 'sent-page');
        const of = startedId;
        void history.stepPast(() => startedId === of).catch(() => undefined); // the page left meanwhile
      } else if (frame.loaderId !== documentRequest?.id && !outside) {
        failures.reportUnrequested(frame.unreachableUrl ?? '');
      }
      return;
    }
    // The first page of the site went back to it. Forgetting it in the history would let that page close itself.
    if (isOurBlank(frame.url) && history.here !== '' && !isOurBlank(history.here)) {
      void stepForward(session, deps.clock).catch(() => undefined); // the page left meanwhile
      return;
    }
    history.arrived();
    const address = `${frame.url}${frame.urlFragment ?? ''}`;
    if (!failures.arrived(frame.loaderId, address)) history.reached(address, false, frame.loaderId === formId);
    if (outside) emit(outside);
    outside = undefined;
  });
  session.on('Page.domContentEventFired', () => {
    failures.readHeld().catch(failures.reportHeld);
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === mainFrameId) history.reached(url, true);
  });
  session.on('Page.frameStartedNavigating', ({ frameId, url, loaderId, navigationType }) => {
    if (frameId !== mainFrameId || /sameDocument/i.test(navigationType)) return;
    startedId = loaderId;
    // A step back before the history has caught up looks like a step to the same page, so its type is a reload.
    backwards = navigationType !== 'differentDocument';
    history.leaving(backwards);
    failures.begin();
    emit({ kind: 'loading', loading: true, url });
  });
  session.on('Page.frameStoppedLoading', ({ frameId }) => {
    // The previous page may stop loading while the next one is requested or arrives: the person is still waiting.
    if (frameId !== mainFrameId || awaiting || arriving !== undefined) return;
    emit({ kind: 'loading', loading: false });
    history.update();
    checkEmpty().catch(() => undefined); // the page left meanwhile
  });
  session.on('Network.requestWillBeSent', ({ requestId, type, frameId, request }) => {
    // A redirect may lead out of the web too: nothing is then requested, and the current page stays.
    const led = requestId === documentRequest?.id ? outsideWanted(request.url) : undefined;
    if (led) emit(led);
    if (request.hasPostData === true && !BACKGROUND.has(type ?? '')) uploads.begin(requestId, request.url);
    if (deps.adapterReportsPages === true || type !== 'Document' || frameId !== mainFrameId) return;
    documentAsked({ url: request.url, sent: request.hasPostData === true }, requestId);
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const { status } = response;
    uploads.answered(requestId, status);
    if (requestId !== documentRequest?.id) return;
    awaiting = false;
    arriving = requestId;
    const fromNetwork = response.fromDiskCache !== true && response.fromServiceWorker !== true;
    if (fromNetwork && keyedEnd(response.url)) egress?.pageCame(new URL(response.url).hostname);
    if (status === 401 || status === 407 || status >= 500) {
      const fault = status >= 500 ? 'server-error' : 'login-wanted';
      failures.hold({ ...documentRequest, url: response.url, fault, status });
    } else if (EMPTY.has(status)) {
      arriving = undefined;
      // The current page stays. If there was none, report it, since nothing else would.
      if (history.here === '') failures.report({ ...documentRequest, url: response.url }, 'garbage', status);
      else emit({ kind: 'loading', loading: false });
      network.stop('page');
    }
  });
  session.on('Network.loadingFailed', ({ requestId, errorText }) => {
    uploads.end(requestId);
    if (requestId === arriving) arriving = undefined;
    if (requestId !== documentRequest?.id) return;
    awaiting = false;
    network.stop('page');
    if (failures.isHeld) return failures.reportHeld();
    const fault = faultAt(documentRequest.url, errorText, egress);
    emptinessChecked = true; // reported already
    // `sent-page` is reported when its error page arrives: only then is the history there, and we can go back further.
    if (fault && fault !== 'sent-page') failures.report(documentRequest, fault);
  });
  session.on('Inspector.targetCrashed', () => emit({ kind: 'crashed' }));

  if (deps.adapterReportsPages !== true) network.report('page');
  await session.send('Inspector.enable');
  return {
    awaiting: () => awaiting,
    arriving: () => arriving,
    documentAsked: (asked) => documentAsked(asked),
    goBack: history.goBack,
    reportSendings: () => network.report('sendings'),
  };
};
