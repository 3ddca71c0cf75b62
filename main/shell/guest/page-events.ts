/** Where the guest's main frame is, what it is loading and what went wrong, told as events of the port. */
import type { GuestEvent } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';
import { faultOf } from './load-faults.ts';

export interface PageEventsDeps {
  readonly session: CdpSession;
  readonly mainFrameId: string;
  readonly emit: (event: GuestEvent) => void;
}

/** Chromium's own page in place of the one that failed. */
const ERROR_PAGE = 'chrome-error://';

export const watchPage = async ({ session, mainFrameId, emit }: PageEventsDeps): Promise<void> => {
  /** The main frame's document request that is under way; a later one replaces it. */
  let documentRequest: { readonly id: string; readonly url: string } | undefined;

  const canGoBack = async (): Promise<boolean> => {
    const history = await session.send('Page.getNavigationHistory');
    return history.entries.slice(0, history.currentIndex).some((entry) => !entry.url.startsWith('data:'));
  };
  let last: { readonly url: string; back: boolean | undefined } | undefined;
  const reached = (url: string, sameDocument: boolean): void => {
    const mine: typeof last = { url, back: undefined };
    last = mine;
    void canGoBack()
      .catch(() => false)
      .then((back) => {
        mine.back = back;
        emit({ kind: 'navigated', url, sameDocument, canGoBack: back });
      });
  };
  /** The history may lag behind the page that was just reached: it is read again once the page is there. */
  const settled = (): void => {
    const known = last;
    if (known?.back === undefined) return;
    void canGoBack()
      .then((back) => back !== known.back && last === known && reached(known.url, true))
      .catch(() => undefined);
  };

  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined || frame.url.startsWith(ERROR_PAGE)) return;
    reached(`${frame.url}${frame.urlFragment ?? ''}`, false);
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === mainFrameId) reached(url, true);
  });
  session.on('Page.frameStartedNavigating', ({ frameId, navigationType }) => {
    if (frameId === mainFrameId && !/sameDocument/i.test(navigationType)) emit({ kind: 'loading', loading: true });
  });
  session.on('Page.frameStoppedLoading', ({ frameId }) => {
    if (frameId !== mainFrameId) return;
    emit({ kind: 'loading', loading: false });
    settled();
  });
  session.on('Network.requestWillBeSent', ({ requestId, type, frameId, request }) => {
    if (type === 'Document' && frameId === mainFrameId) documentRequest = { id: requestId, url: request.url };
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (requestId !== documentRequest?.id) return;
    if (response.status >= 500) {
      emit({ kind: 'load-failed', url: response.url, fault: 'server-error', status: response.status });
    }
  });
  session.on('Network.loadingFailed', ({ requestId, errorText }) => {
    if (requestId !== documentRequest?.id) return;
    const fault = faultOf(errorText);
    if (fault) emit({ kind: 'load-failed', url: documentRequest.url, fault });
  });
  session.on('Inspector.targetCrashed', () => emit({ kind: 'crashed' }));

  await Promise.all([session.send('Network.enable'), session.send('Inspector.enable')]);
};
