/** Tracks the guest's main frame (its URL, what it loads, what failed) and emits it as events of the port. */
import type { GuestEvent, LoadFault } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';
import { outsideWanted } from './contact-address.ts';
import { faultOf } from './load-faults.ts';
import { isOwnPage } from './own-page.ts';
import type { AskedDocument } from './request-gate.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import { HISTORY_AGAIN_MS, HISTORY_TRIES, isOurBlank, readHistory, stepBack, stepForward } from './step-back.ts';

export interface PageEventsDeps {
  readonly session: CdpSession;
  readonly clock: Clock;
  readonly mainFrameId: string;
  readonly emit: (event: GuestEvent) => void;
  /** Why the connection to this host failed, if the adapter makes the connections itself. */
  readonly tunnelFault?: (host: string) => LoadFault | undefined;
  /**
   * The adapter reports each requested page. Then the browser need not report every part of every page (five messages
   * each), but only while a page is pending or may send the person's files.
   */
  readonly pagesAreTold?: boolean;
  /**
   * Whether data sent to this URL is for the site itself, not for another host (errors, statistics). Absent: always.
   */
  readonly isOfSite?: (url: string) => boolean;
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

/**
 * True for a document without a root, or with an empty one. An SVG or XML document has its own root, without head or
 * body.
 */
export const IS_EMPTY = `!document.documentElement ||
  (document.documentElement instanceof HTMLHtmlElement && !document.head?.hasChildNodes() && !document.body?.hasChildNodes())`;

interface Failing {
  readonly id: string;
  readonly url: string;
  readonly sent: boolean;
  readonly fault: LoadFault;
  readonly status: number;
  /** URL of the page that came with the failure; undefined before it is there. */
  reachedAs: string | undefined;
}

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
  const { session, mainFrameId, emit, tunnelFault } = deps;
  const reportsFor = new Set<'page' | 'sendings'>();
  const startReporting = (why: 'page' | 'sendings'): void => {
    // The page was left meanwhile.
    if (reportsFor.size === 0) void session.send('Network.enable', KEEP_NOTHING).catch(() => undefined);
    reportsFor.add(why);
  };
  const stopReporting = (why: 'page' | 'sendings'): void => {
    if (deps.pagesAreTold !== true || !reportsFor.delete(why) || reportsFor.size > 0) return;
    void session.send('Network.disable').catch(() => undefined); // the page left meanwhile
  };
  /** The main frame's pending document request; a later one replaces it. */
  let documentRequest: (AskedDocument & { readonly id: string }) | undefined;
  /** The `Network` request id of the page that is loading. */
  let startedId = '';
  /** The same for the last page requested by a form; redirects keep the id. */
  let formId = '';

  const canGoBack = async (): Promise<boolean> => {
    const history = await readHistory(session, deps.clock);
    stoodAt = history.entries[history.currentIndex]?.id;
    return history.entries.slice(0, history.currentIndex).some(({ url }) => !isOurBlank(url));
  };
  /** The current history entry when the history was last read. */
  let stoodAt: number | undefined;
  /** Target of our own step back; `left`: the entry left when the page goes back by itself. */
  let steppedTo: number | undefined;
  let left: number | undefined;
  /** The document was requested and no response has arrived yet. */
  let awaiting = false;
  let arriving: string | undefined;
  let here = '';
  let back = false;
  /** The history is being read for `back`; and the page has changed since, so it must be read again. */
  let reading = false;
  let readAgain = false;
  /** A document with an error response. Its page is shown if it is the site's own. */
  let failing: Failing | undefined;
  /** `backwards`: the loading page was visited before. `told`: something was reported about it. */
  let backwards = false;
  let reported = false;
  const fails = (
    request: { readonly url: string; readonly sent: boolean },
    fault: LoadFault,
    status?: number,
  ): void => {
    reported = true;
    emit({
      kind: 'load-failed',
      url: request.url,
      fault,
      ...(status === undefined ? {} : { status }),
      ...(request.sent ? { sent: true } : {}),
    });
  };
  const reportFailing = (): void => {
    if (failing) fails(failing, failing.fault, failing.status);
    failing = undefined;
  };
  const readFailing = async (): Promise<void> => {
    const mine = failing;
    if (mine?.reachedAs === undefined) return;
    const { result } = await session.send('Runtime.evaluate', {
      expression: `(${isOwnPage.toString()})(${mine.sent})`,
      returnByValue: true,
    });
    if (failing !== mine) return;
    if (result.value !== true) return reportFailing();
    failing = undefined;
    reached(mine.reachedAs, false);
  };
  /**
   * The history may lag behind the page just reached: it is read after that, and again when the page has loaded. One
   * read at a time: a page may give each entry megabytes, and change its address all the time.
   */
  const updateCanGoBack = (): void => {
    const at = here;
    if (at === '') return;
    readAgain = reading;
    if (reading) return;
    reading = true;
    void canGoBack()
      .then((now) => {
        if (now === back || here !== at) return;
        back = now;
        emit({ kind: 'navigated', url: at, sameDocument: true, canGoBack: back });
      })
      .catch(() => undefined) // the page left meanwhile
      .finally(() => {
        reading = false;
        if (readAgain) updateCanGoBack();
      });
  };
  // Emitted at once: a later event of the page (an alert) must not come before its arrival.
  const reached = (url: string, sameDocument: boolean, answers = false): void => {
    here = url;
    emit({ kind: 'navigated', url, sameDocument, canGoBack: back, ...(answers ? { answers: true } : {}) });
    updateCanGoBack();
  };

  /** The page navigated out of the web, so the browser shows its own error page: go back from it before reporting. */
  let outside: ReturnType<typeof outsideWanted>;
  const leaveRefusal = async (wanted: GuestEvent): Promise<void> => {
    if (await stepBack(session, deps.clock)) return;
    outside = undefined; // there is no previous page
    emit(wanted);
  };

  /** The uploads without an answer. */
  const sending = new Map<string, { readonly url: string; readonly requestedMs: number }>();
  const ended = (requestId: string): void => {
    if (sending.delete(requestId) && sending.size === 0) emit({ kind: 'sending', sending: false });
  };
  const sends = (requestId: string, url: string): void => {
    if (sending.has(requestId)) return;
    sending.set(requestId, { url, requestedMs: deps.clock.monotonicMs() });
    if (sending.size === 1) emit({ kind: 'sending', sending: true });
  };
  /** An upload may also be a draft or a check of one field. Their bodies would tell, but we never read these. */
  const answered = (requestId: string, status: number): void => {
    const upload = sending.get(requestId);
    if (upload && status < 400 && (deps.isOfSite?.(upload.url) ?? true))
      emit({ kind: 'sent', requestedMs: upload.requestedMs });
    ended(requestId);
  };
  const documentAsked = (asked: AskedDocument, id = startedId): void => {
    documentRequest = { ...asked, id };
    failing = undefined;
    awaiting = true;
    if (asked.sent) {
      formId = id;
      emit({ kind: 'loading', loading: true, url: asked.url, sent: true });
      sends(id, asked.url);
    } else if (id === formId) {
      // The site has the form, and leads to its result: that one can be requested again.
      emit({ kind: 'loading', loading: true, url: asked.url });
      answered(id, SEE_OTHER);
    }
    startReporting('page');
  };

  let emptinessChecked = true;
  /** Invalid bytes (broken compression) give a completely empty document. */
  const checkEmpty = async (): Promise<void> => {
    if (emptinessChecked) return;
    emptinessChecked = true;
    if (failing) return readFailing();
    const at = here;
    const { result } = await session.send('Runtime.evaluate', { expression: IS_EMPTY, returnByValue: true });
    if (here === at && !awaiting && result.value === true) fails({ url: at, sent: false }, 'garbage');
  };

  const currentEntry = async (): Promise<number | undefined> => {
    const history = await session.send('Page.getNavigationHistory');
    return history.entries[history.currentIndex]?.id;
  };
  const goBack = (from?: number): Promise<boolean> =>
    stepBack(session, deps.clock, { from, onStep: (entryId) => (steppedTo = entryId) });
  /**
   * Goes back from a form's result to the form. The renderer may report the error page before the browser's history has
   * reached it: too early a step would lead to the same result again, and the browser might send the form a second
   * time.
   */
  const stepPast = async (of: string): Promise<void> => {
    const isThere = (now: number | undefined): boolean => (steppedTo === undefined ? now !== left : now === steppedTo);
    for (let tries = 0; tries < HISTORY_TRIES && startedId === of; tries++) {
      // Between two documents the browser reports for a moment that there is no page.
      const now = await currentEntry().catch(() => undefined);
      if (now !== undefined && isThere(now)) {
        await goBack(now);
        return;
      }
      await sleep(deps.clock, HISTORY_AGAIN_MS);
    }
  };

  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined) return;
    if (frame.loaderId === arriving) arriving = undefined;
    // A page may lead on at once, and its arrival be reported after the next one was requested, whose response we need.
    const leadsOn = awaiting && frame.loaderId !== startedId;
    if (!leadsOn) {
      awaiting = false;
      stopReporting('page');
    }
    // Only http(s) pages are checked: the blank page on which a guest waits may stop loading after its site was
    // requested.
    emptinessChecked = !/^https?:/.test(frame.url);
    for (const one of sending.keys()) if (one !== documentRequest?.id) ended(one);
    stopReporting('sendings');
    if (frame.url.startsWith(ERROR_PAGE)) {
      outside = outsideWanted(frame.unreachableUrl ?? '');
      if (outside) void leaveRefusal(outside).catch(() => undefined); // the page left meanwhile
      reportFailing();
      // Usually no request was made: Chromium no longer has the form's result, and does not send the form again by
      // itself.
      if (backwards && !reported) {
        fails({ url: frame.unreachableUrl ?? '', sent: false }, 'sent-page');
        void stepPast(startedId).catch(() => undefined); // the page left meanwhile
      }
      return;
    }
    // The first page of the site went back to it. Forgetting it in the history would let that page close itself.
    if (isOurBlank(frame.url) && here !== '' && !isOurBlank(here)) {
      void stepForward(session, deps.clock).catch(() => undefined); // the page left meanwhile
      return;
    }
    steppedTo = undefined;
    const address = `${frame.url}${frame.urlFragment ?? ''}`;
    if (frame.loaderId === failing?.id) failing.reachedAs = address;
    else reached(address, false, frame.loaderId === formId);
    if (outside) emit(outside);
    outside = undefined;
  });
  session.on('Page.domContentEventFired', () => {
    readFailing().catch(reportFailing);
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === mainFrameId) reached(url, true);
  });
  session.on('Page.frameStartedNavigating', ({ frameId, url, loaderId, navigationType }) => {
    if (frameId !== mainFrameId || /sameDocument/i.test(navigationType)) return;
    startedId = loaderId;
    // A step back before the history has caught up looks like a step to the same page, so its type is a reload.
    backwards = navigationType !== 'differentDocument';
    if (backwards) left = stoodAt;
    else steppedTo = undefined;
    reported = false;
    emit({ kind: 'loading', loading: true, url });
  });
  session.on('Page.frameStoppedLoading', ({ frameId }) => {
    // The previous page may stop loading while the next one is only requested: the person is still waiting.
    if (frameId !== mainFrameId || awaiting) return;
    emit({ kind: 'loading', loading: false });
    updateCanGoBack();
    checkEmpty().catch(() => undefined); // the page left meanwhile
  });
  session.on('Network.requestWillBeSent', ({ requestId, type, frameId, request }) => {
    // A redirect may lead out of the web too: nothing is then requested, and the current page stays.
    const led = requestId === documentRequest?.id ? outsideWanted(request.url) : undefined;
    if (led) emit(led);
    if (request.hasPostData === true && !BACKGROUND.has(type ?? '')) sends(requestId, request.url);
    if (deps.pagesAreTold === true || type !== 'Document' || frameId !== mainFrameId) return;
    documentAsked({ url: request.url, sent: request.hasPostData === true }, requestId);
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const { status } = response;
    answered(requestId, status);
    if (requestId !== documentRequest?.id) return;
    awaiting = false;
    arriving = requestId;
    if (status === 401 || status === 407 || status >= 500) {
      const fault = status >= 500 ? 'server-error' : 'login-wanted';
      failing = { ...documentRequest, url: response.url, fault, status, reachedAs: undefined };
    } else if (EMPTY.has(status)) {
      arriving = undefined;
      // The current page stays. If there was none, report it, since nothing else would.
      if (here === '') fails({ ...documentRequest, url: response.url }, 'garbage', status);
      else emit({ kind: 'loading', loading: false });
      stopReporting('page');
    }
  });
  session.on('Network.loadingFailed', ({ requestId, errorText }) => {
    ended(requestId);
    if (requestId !== documentRequest?.id) return;
    awaiting = false;
    arriving = undefined;
    stopReporting('page');
    if (failing) return reportFailing();
    const fault =
      errorText === TUNNEL_FAILED
        ? (tunnelFault?.(new URL(documentRequest.url).hostname) ?? 'refused')
        : faultOf(errorText);
    emptinessChecked = true; // reported already
    // `sent-page` is reported when its error page arrives: only then is the history there, and we can go back further.
    if (fault && fault !== 'sent-page') fails(documentRequest, fault);
  });
  session.on('Inspector.targetCrashed', () => emit({ kind: 'crashed' }));

  if (deps.pagesAreTold !== true) startReporting('page');
  await session.send('Inspector.enable');
  return {
    awaiting: () => awaiting,
    arriving: () => arriving,
    documentAsked: (asked) => documentAsked(asked),
    goBack: () => goBack(),
    reportSendings: () => startReporting('sendings'),
  };
};
