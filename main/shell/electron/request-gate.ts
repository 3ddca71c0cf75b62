/** Holds every request of a guest's session until the policy has judged it: pages, frames, workers, service workers. */
import type { OnBeforeRequestListenerDetails } from 'electron';
import { judge } from '../guest/request-gate.ts';
import type { GuestPolicy, GuestRequest, Verdict } from '../port.ts';
import type { BrowsingSession } from './electron-api.ts';

/** Every guest is armed on this page before it loads a site. */
export const BLANK_PAGE = 'data:text/html,<title>point-numerique</title>';

const kinds: Readonly<Record<OnBeforeRequestListenerDetails['resourceType'], GuestRequest['kind']>> = {
  mainFrame: 'main-frame',
  subFrame: 'frame',
  stylesheet: 'resource',
  script: 'resource',
  image: 'resource',
  font: 'resource',
  object: 'resource',
  xhr: 'resource',
  ping: 'resource',
  cspReport: 'resource',
  media: 'resource',
  webSocket: 'resource',
  other: 'resource',
};

export interface RequestGateDeps {
  readonly policy: () => GuestPolicy | undefined;
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { readonly allow: false }) => void;
  /** Keeps the current page. Cancelling alone would replace it with Chromium's own error page. */
  readonly refusePage: (refuse: () => void) => void;
  /** The policy threw. The request is refused, and the bug must be reported. */
  readonly onBug: (error: unknown) => void;
}

export const gateRequests = (session: BrowsingSession, deps: RequestGateDeps): void => {
  session.webRequest.onBeforeRequest((details, callback) => {
    if (details.url === BLANK_PAGE) return callback({ cancel: false });
    const policy = deps.policy();
    // Refuse everything without a policy (a warm guest), and any resource type that a newer Electron adds.
    if (policy === undefined || !Object.hasOwn(kinds, details.resourceType)) return callback({ cancel: true });
    const request: GuestRequest = { kind: kinds[details.resourceType], url: details.url };
    judgeRequest(policy, request).then(
      (verdict) => {
        // Redirect, as a browser does for a site that it knows to require https.
        if (!verdict.allow && verdict.instead !== undefined) return callback({ redirectURL: verdict.instead });
        // `answer-gate.ts` decides once the response's headers are there.
        const asDocument = !verdict.allow && verdict.unlessDocument === true && details.method !== 'POST';
        if (verdict.allow || asDocument) return callback({ cancel: false });
        deps.onBlocked(request, verdict);
        if (request.kind === 'main-frame') deps.refusePage(() => callback({ cancel: true }));
        else callback({ cancel: true });
      },
      (error: unknown) => {
        callback({ cancel: true });
        deps.onBug(error);
      },
    );
  });
  const judgeRequest = async (policy: GuestPolicy, request: GuestRequest): Promise<Verdict> =>
    (await judge(policy, request, deps.resolve)).verdict;
};
