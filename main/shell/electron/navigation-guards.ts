/** Where a guest's page may go: each of Electron's three navigation events, and new windows, through the one policy. */
import type { LoadURLOptions } from 'electron';
import type { GuestPolicy, GuestRequest, Verdict } from '../port.ts';
import type { Contents } from './electron-api.ts';
import type { MadeNavigation } from './made-documents.ts';

export interface NavigationGuardDeps {
  readonly policy: () => GuestPolicy | undefined;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { readonly allow: false }) => void;
  /** Of a navigation that may go on: whether it is held all the same, to see what it leads to. */
  readonly holdMade: (navigation: MadeNavigation) => boolean;
  /** Opens in the same view, so that « retour » comes back. */
  readonly open: (url: string, options: LoadURLOptions) => void;
}

interface Stoppable extends MadeNavigation {
  preventDefault(): void;
}

export const guardNavigation = (contents: Contents, deps: NavigationGuardDeps): void => {
  const decide = (request: GuestRequest): Verdict =>
    deps.policy()?.decide(request) ?? { allow: false, reason: 'outside-journey' };

  const hold = (event: Stoppable): void => {
    const request: GuestRequest = { kind: event.isMainFrame ? 'main-frame' : 'frame', url: event.url };
    let verdict: Verdict;
    try {
      verdict = decide(request);
    } catch (error) {
      event.preventDefault(); // a bug of ours must not open the gate
      throw error;
    }
    if (verdict.allow) {
      if (deps.holdMade(event)) event.preventDefault();
      return;
    }
    // Judged by the gate of requests: sent on to the same page where it is allowed, or a document of elsewhere.
    if (event.isMainFrame && (verdict.instead !== undefined || verdict.unlessDocument === true)) return;
    event.preventDefault();
    deps.onBlocked(request, verdict);
  };

  contents.on('will-navigate', hold);
  contents.on('will-redirect', hold);
  contents.on('will-frame-navigate', hold);

  contents.setWindowOpenHandler((details) => {
    // `window.open()` with nothing: the page wanted an empty window to fill; there is none.
    if (details.url === '' || details.url === 'about:blank') return { action: 'deny' };
    const request: GuestRequest = { kind: 'main-frame', url: details.url };
    const verdict = decide(request);
    if (!verdict.allow) deps.onBlocked(request, verdict);
    else deps.open(details.url, loadOptions(details));
    return { action: 'deny' };
  });
};

/** A form sent to `_blank` keeps its fields. */
const loadOptions = (details: Parameters<Parameters<Contents['setWindowOpenHandler']>[0]>[0]): LoadURLOptions => {
  const body = details.postBody;
  const referrer = { httpReferrer: details.referrer };
  // Electron says `null` when there is no body, whatever its type says.
  if (body === undefined || body === null) return referrer;
  const boundary = body.boundary === undefined ? '' : `; boundary=${body.boundary}`;
  return { ...referrer, postData: body.data, extraHeaders: `content-type: ${body.contentType}${boundary}` };
};
