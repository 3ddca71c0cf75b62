/** Where a guest's page may go: each of Electron's three navigation events, and new windows, through the one policy. */
import type { LoadURLOptions } from 'electron';
import type { GuestPolicy, GuestRequest, Verdict } from '../port.ts';
import type { Contents } from './electron-api.ts';

export interface NavigationGuardDeps {
  readonly policy: () => GuestPolicy | undefined;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { readonly allow: false }) => void;
  /** Opens in the same view, so that « retour » comes back. */
  readonly open: (url: string, options: LoadURLOptions) => void;
}

interface Stoppable {
  preventDefault(): void;
}

export const guardNavigation = (contents: Contents, deps: NavigationGuardDeps): void => {
  const decide = (request: GuestRequest): Verdict =>
    deps.policy()?.decide(request) ?? { allow: false, reason: 'outside-journey' };

  const hold = (event: Stoppable, request: GuestRequest): void => {
    let verdict: Verdict;
    try {
      verdict = decide(request);
    } catch (error) {
      event.preventDefault(); // a bug of ours must not open the gate
      throw error;
    }
    if (verdict.allow) return;
    event.preventDefault();
    deps.onBlocked(request, verdict);
  };
  const kindOf = (isMainFrame: boolean): GuestRequest['kind'] => (isMainFrame ? 'main-frame' : 'frame');

  contents.on('will-navigate', (event) => hold(event, { kind: kindOf(event.isMainFrame), url: event.url }));
  contents.on('will-redirect', (event) => hold(event, { kind: kindOf(event.isMainFrame), url: event.url }));
  contents.on('will-frame-navigate', (event) => hold(event, { kind: kindOf(event.isMainFrame), url: event.url }));

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
