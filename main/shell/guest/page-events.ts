/** Where the guest's main frame is, what it is loading and what went wrong, told as events of the port. */
import type { GuestEvent, LoadFault } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';
import { outsideWanted } from './contact-address.ts';
import { faultOf } from './load-faults.ts';
import { isOwnPage } from './own-page.ts';
import type { AskedDocument } from './request-gate.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import { HISTORY_AGAIN_MS, HISTORY_TRIES, readHistory, stepBack } from './step-back.ts';

export interface PageEventsDeps {
  readonly session: CdpSession;
  readonly clock: Clock;
  readonly mainFrameId: string;
  readonly emit: (event: GuestEvent) => void;
  /** Why no connection to this host came about, where the adapter makes the connections itself. */
  readonly tunnelFault?: (host: string) => LoadFault | undefined;
  /**
   * The adapter tells each page that is asked for. Then the browser need not report on every part of every page (five messages
   * each), but only while a page is awaited, or files of the person may be sent.
   */
  readonly pagesAreTold?: boolean;
}

/** All that the browser knows of a connection that our own proxy would not or could not make. */
const TUNNEL_FAILED = 'net::ERR_TUNNEL_CONNECTION_FAILED';

/** No content, reset content: answers without a page. */
const EMPTY: ReadonlySet<number> = new Set([204, 205]);

/** Chromium's own page in place of the one that failed. */
const ERROR_PAGE = 'chrome-error://';

/** Else the browser keeps a copy of every body for whoever may ask for it. Nor does what a person sends come over to us. */
const KEEP_NOTHING = { maxTotalBufferSize: 0, maxResourceBufferSize: 0, maxPostDataSize: 0 } as const;

/** Not even a root, or a bare one. A drawing or another XML document has a root of its own, and neither head nor body. */
const HOLDS_NOTHING = `!document.documentElement ||
  (document.documentElement instanceof HTMLHtmlElement && !document.head?.hasChildNodes() && !document.body?.hasChildNodes())`;

interface Failing {
  readonly id: string;
  readonly url: string;
  readonly sent: boolean;
  readonly fault: LoadFault;
  readonly status: number;
  /** Where the page that came with it is; undefined before it is there. */
  reachedAs: string | undefined;
}

export interface WatchedPage {
  /** To the page behind this one; past the answer to a form, to the form. False: there is none. */
  goBack(): Promise<boolean>;
  readonly documentAsked: (document: AskedDocument) => void;
  /** The page has files of the person: what it sends by itself is heard too, until another page comes. */
  hearSendings(): void;
  /** A page was asked for and nothing of it came yet. Chromium then holds back what we ask of the page before. */
  awaiting(): boolean;
}

export const watchPage = async (deps: PageEventsDeps): Promise<WatchedPage> => {
  const { session, mainFrameId, emit, tunnelFault } = deps;
  const reportsFor = new Set<'page' | 'sendings'>();
  const report = (why: 'page' | 'sendings'): void => {
    // The page left meanwhile.
    if (reportsFor.size === 0) void session.send('Network.enable', KEEP_NOTHING).catch(() => undefined);
    reportsFor.add(why);
  };
  const enough = (why: 'page' | 'sendings'): void => {
    if (deps.pagesAreTold !== true || !reportsFor.delete(why) || reportsFor.size > 0) return;
    void session.send('Network.disable').catch(() => undefined); // the page left meanwhile
  };
  /** The main frame's document request that is under way; a later one replaces it. */
  let documentRequest: (AskedDocument & { readonly id: string }) | undefined;
  /** What the `Network` domain will call the page that is under way. */
  let startedId = '';
  /** The same, of the last page that was asked for by sending a form; a redirection after it keeps that name. */
  let formId = '';

  const canGoBack = async (): Promise<boolean> => {
    const history = await readHistory(session, deps.clock);
    stoodAt = history.entries[history.currentIndex]?.id;
    return history.entries.slice(0, history.currentIndex).some((entry) => !entry.url.startsWith('data:'));
  };
  /** The entry of the history that was current when it was last read. */
  let stoodAt: number | undefined;
  /** Where a step back of ours goes; and, when the page goes back by itself, what it left. */
  let steppedTo: number | undefined;
  let left: number | undefined;
  /** The document was asked for and nothing of it came yet. */
  let awaiting = false;
  let here = '';
  let back = false;
  /** A document whose answer was a failure. What came with it is shown when it is a page of the site's own. */
  let failing: Failing | undefined;
  /** The page under way was there before, and whether something was said of it. */
  let backwards = false;
  let told = false;
  const fails = (
    request: { readonly url: string; readonly sent: boolean },
    fault: LoadFault,
    status?: number,
  ): void => {
    told = true;
    emit({
      kind: 'load-failed',
      url: request.url,
      fault,
      ...(status === undefined ? {} : { status }),
      ...(request.sent ? { sent: true } : {}),
    });
  };
  const nothingToRead = (): void => {
    if (failing) fails(failing, failing.fault, failing.status);
    failing = undefined;
  };
  const readFailing = async (): Promise<void> => {
    const mine = failing;
    if (mine?.reachedAs === undefined) return;
    const { result } = await session.send('Runtime.evaluate', {
      expression: `(${isOwnPage.toString()})()`,
      returnByValue: true,
    });
    if (failing !== mine) return;
    if (result.value !== true) return nothingToRead();
    failing = undefined;
    reached(mine.reachedAs, false);
  };
  /** The history may lag behind the page that was just reached: it is read after, and again once the page is there. */
  const lookBack = (): void => {
    const at = here;
    if (at === '') return;
    void canGoBack()
      .then((now) => {
        if (now === back || here !== at) return;
        back = now;
        emit({ kind: 'navigated', url: at, sameDocument: true, canGoBack: back });
      })
      .catch(() => undefined); // the page left meanwhile
  };
  // Told at once: what the page does next (an alert) must not be overtaken by its own arrival.
  const reached = (url: string, sameDocument: boolean, answers = false): void => {
    here = url;
    emit({ kind: 'navigated', url, sameDocument, canGoBack: back, ...(answers ? { answers: true } : {}) });
    lookBack();
  };

  /** The page was led out of the web: the browser's own refusal stands there, and is left again before somebody is told. */
  let outside: ReturnType<typeof outsideWanted>;
  const leaveRefusal = async (wanted: GuestEvent): Promise<void> => {
    if (await stepBack(session, deps.clock)) return;
    outside = undefined; // no page was there before
    emit(wanted);
  };

  const sending = new Set<string>();
  const answered = (requestId: string): void => {
    if (sending.delete(requestId) && sending.size === 0) emit({ kind: 'sending', sending: false });
  };
  const sends = (requestId: string): void => {
    sending.add(requestId);
    if (sending.size === 1) emit({ kind: 'sending', sending: true });
  };
  const documentAsked = (asked: AskedDocument, id = startedId): void => {
    documentRequest = { ...asked, id };
    failing = undefined;
    awaiting = true;
    if (asked.sent) formId = id;
    if (asked.sent && !sending.has(id)) sends(id);
    report('page');
  };

  let looked = true;
  /** Bytes that make no sense (a broken compression) come about as a page with nothing at all in it. */
  const lookForNothing = async (): Promise<void> => {
    if (looked) return;
    looked = true;
    if (failing) return readFailing();
    const at = here;
    const { result } = await session.send('Runtime.evaluate', { expression: HOLDS_NOTHING, returnByValue: true });
    if (here === at && !awaiting && result.value === true) fails({ url: at, sent: false }, 'garbage');
  };

  const currentEntry = async (): Promise<number | undefined> => {
    const history = await session.send('Page.getNavigationHistory');
    return history.entries[history.currentIndex]?.id;
  };
  const goBack = (from?: number): Promise<boolean> =>
    stepBack(session, deps.clock, { from, onStep: (entryId) => (steppedTo = entryId) });
  /**
   * To the form behind its answer. The renderer tells of the error page before or after the browser's history stands there: a
   * step taken too early would lead to that same answer again, and the browser may then send the form a second time.
   */
  const stepPast = async (of: string): Promise<void> => {
    const isThere = (now: number | undefined): boolean => (steppedTo === undefined ? now !== left : now === steppedTo);
    for (let tries = 0; tries < HISTORY_TRIES && startedId === of; tries++) {
      // Between two documents the browser says for a moment that there is no page.
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
    enough('page');
    // A blank page holds nothing by right: the one on which a guest waits may stop loading after its site was asked for.
    looked = !/^https?:/.test(frame.url);
    for (const one of sending) if (one !== documentRequest?.id) answered(one);
    enough('sendings');
    if (frame.url.startsWith(ERROR_PAGE)) {
      outside = outsideWanted(frame.unreachableUrl ?? '');
      if (outside) void leaveRefusal(outside).catch(() => undefined); // the page left meanwhile
      nothingToRead();
      // Nothing was asked of any network, mostly: Chromium has no answer to the form any more, and sends none by itself.
      if (backwards && !told) {
        fails({ url: frame.unreachableUrl ?? '', sent: false }, 'sent-page');
        void stepPast(startedId).catch(() => undefined); // the page left meanwhile
      }
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
    readFailing().catch(nothingToRead);
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === mainFrameId) reached(url, true);
  });
  session.on('Page.frameStartedNavigating', ({ frameId, url, loaderId, navigationType }) => {
    if (frameId !== mainFrameId || /sameDocument/i.test(navigationType)) return;
    startedId = loaderId;
    // A step back that comes before the history stands where we were is a step to the same page: a reload, by its name.
    backwards = navigationType !== 'differentDocument';
    if (backwards) left = stoodAt;
    else steppedTo = undefined;
    told = false;
    emit({ kind: 'loading', loading: true, url });
  });
  session.on('Page.frameStoppedLoading', ({ frameId }) => {
    // The page before may stop while the next one is still only a question: the person is waiting all the same.
    if (frameId !== mainFrameId || awaiting) return;
    emit({ kind: 'loading', loading: false });
    lookBack();
    lookForNothing().catch(() => undefined); // the page left meanwhile
  });
  session.on('Network.requestWillBeSent', ({ requestId, type, frameId, request }) => {
    // An answer may lead out of the web too: nothing is asked for then, and the page that was there stays.
    const led = requestId === documentRequest?.id ? outsideWanted(request.url) : undefined;
    if (led) emit(led);
    if (request.hasPostData === true && !sending.has(requestId)) sends(requestId);
    if (deps.pagesAreTold === true || type !== 'Document' || frameId !== mainFrameId) return;
    documentAsked({ url: request.url, sent: request.hasPostData === true }, requestId);
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    answered(requestId);
    if (requestId !== documentRequest?.id) return;
    awaiting = false;
    const { status } = response;
    if (status === 401 || status === 407 || status >= 500) {
      const fault = status >= 500 ? 'server-error' : 'login-wanted';
      failing = { ...documentRequest, url: response.url, fault, status, reachedAs: undefined };
    } else if (EMPTY.has(status)) {
      // The page that was there stays. Where there was none, nobody would ever be told.
      if (here === '') fails({ ...documentRequest, url: response.url }, 'garbage', status);
      else emit({ kind: 'loading', loading: false });
      enough('page');
    }
  });
  session.on('Network.loadingFailed', ({ requestId, errorText }) => {
    answered(requestId);
    if (requestId !== documentRequest?.id) return;
    awaiting = false;
    enough('page');
    if (failing) return nothingToRead();
    const fault =
      errorText === TUNNEL_FAILED
        ? (tunnelFault?.(new URL(documentRequest.url).hostname) ?? 'refused')
        : faultOf(errorText);
    looked = true; // told already
    // What can't be shown again is told by its error page: only then does the history stand there, and one can go further.
    if (fault && fault !== 'sent-page') fails(documentRequest, fault);
  });
  session.on('Inspector.targetCrashed', () => emit({ kind: 'crashed' }));

  if (deps.pagesAreTold !== true) report('page');
  await session.send('Inspector.enable');
  return {
    awaiting: () => awaiting,
    documentAsked: (asked) => documentAsked(asked),
    goBack: () => goBack(),
    hearSendings: () => report('sendings'),
  };
};
