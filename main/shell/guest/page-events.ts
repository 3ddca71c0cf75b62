/** Where the guest's main frame is, what it is loading and what went wrong, told as events of the port. */
import type { GuestEvent, LoadFault } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';
import { faultOf } from './load-faults.ts';
import { isOwnPage } from './own-page.ts';

export interface PageEventsDeps {
  readonly session: CdpSession;
  readonly mainFrameId: string;
  readonly emit: (event: GuestEvent) => void;
  /** Why no connection to this host came about, where the adapter makes the connections itself. */
  readonly tunnelFault?: (host: string) => LoadFault | undefined;
}

/** All that the browser knows of a connection that our own proxy would not or could not make. */
const TUNNEL_FAILED = 'net::ERR_TUNNEL_CONNECTION_FAILED';

/** No content, reset content: answers without a page. */
const EMPTY: ReadonlySet<number> = new Set([204, 205]);

/** Chromium's own page in place of the one that failed. */
const ERROR_PAGE = 'chrome-error://';

/** Else the browser keeps a copy of every body for whoever may ask for it. Nor does what a person sends come over to us. */
const KEEP_NOTHING = { maxTotalBufferSize: 0, maxResourceBufferSize: 0, maxPostDataSize: 0 } as const;

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
  /** A page was asked for and nothing of it came yet. Chromium then holds back what we ask of the page before. */
  awaiting(): boolean;
}

export const watchPage = async ({ session, mainFrameId, emit, tunnelFault }: PageEventsDeps): Promise<WatchedPage> => {
  /** The main frame's document request that is under way; a later one replaces it. */
  let documentRequest: { readonly id: string; readonly url: string; readonly sent: boolean } | undefined;

  const canGoBack = async (): Promise<boolean> => {
    const history = await session.send('Page.getNavigationHistory');
    return history.entries.slice(0, history.currentIndex).some((entry) => !entry.url.startsWith('data:'));
  };
  /** The document was asked for and nothing of it came yet. */
  let awaiting = false;
  let here = '';
  let back = false;
  /** A document whose answer was a failure. What came with it is shown when it is a page of the site's own. */
  let failing: Failing | undefined;
  const fails = (request: { readonly url: string; readonly sent: boolean }, fault: LoadFault, status?: number): void =>
    emit({
      kind: 'load-failed',
      url: request.url,
      fault,
      ...(status === undefined ? {} : { status }),
      ...(request.sent ? { sent: true } : {}),
    });
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
  const readHistory = (): void => {
    const at = here;
    if (at === '') return;
    void canGoBack()
      .then((now) => {
        if (now === back || here !== at) return;
        back = now;
        emit({ kind: 'navigated', url: at, sameDocument: true, canGoBack: back });
      })
      .catch(() => undefined);
  };
  // Told at once: what the page does next (an alert) must not be overtaken by its own arrival.
  const reached = (url: string, sameDocument: boolean): void => {
    here = url;
    emit({ kind: 'navigated', url, sameDocument, canGoBack: back });
    readHistory();
  };

  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined) return;
    if (frame.url.startsWith(ERROR_PAGE)) return nothingToRead();
    const address = `${frame.url}${frame.urlFragment ?? ''}`;
    if (frame.loaderId === failing?.id) failing.reachedAs = address;
    else reached(address, false);
  });
  session.on('Page.domContentEventFired', () => {
    readFailing().catch(nothingToRead);
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === mainFrameId) reached(url, true);
  });
  session.on('Page.frameStartedNavigating', ({ frameId, url, navigationType }) => {
    if (frameId === mainFrameId && !/sameDocument/i.test(navigationType)) emit({ kind: 'loading', loading: true, url });
  });
  session.on('Page.frameStoppedLoading', ({ frameId }) => {
    // The page before may stop while the next one is still only a question: the person is waiting all the same.
    if (frameId !== mainFrameId || awaiting) return;
    emit({ kind: 'loading', loading: false });
    readHistory();
  });
  const sending = new Set<string>();
  const answered = (requestId: string): void => {
    if (sending.delete(requestId) && sending.size === 0) emit({ kind: 'sending', sending: false });
  };
  session.on('Network.requestWillBeSent', ({ requestId, type, frameId, request }) => {
    if (request.hasPostData === true) {
      sending.add(requestId);
      if (sending.size === 1) emit({ kind: 'sending', sending: true });
    }
    if (type !== 'Document' || frameId !== mainFrameId) return;
    documentRequest = { id: requestId, url: request.url, sent: request.method !== 'GET' };
    failing = undefined;
    awaiting = true;
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
    }
  });
  session.on('Network.loadingFailed', ({ requestId, errorText }) => {
    answered(requestId);
    if (requestId !== documentRequest?.id) return;
    awaiting = false;
    if (failing) return nothingToRead();
    const fault =
      errorText === TUNNEL_FAILED
        ? (tunnelFault?.(new URL(documentRequest.url).hostname) ?? 'refused')
        : faultOf(errorText);
    if (fault) fails(documentRequest, fault);
  });
  session.on('Inspector.targetCrashed', () => emit({ kind: 'crashed' }));

  await Promise.all([session.send('Network.enable', KEEP_NOTHING), session.send('Inspector.enable')]);
  return { awaiting: () => awaiting };
};
