/**
 * Pauses every document request of a guest, page or inner frame, before it is sent. On Chromium it listens on the
 * browser's root session, the only place that sees all of them. Subresources are not paused here: the guest's egress
 * judges their connections (`guest-egress.ts`).
 */
import type { Clock } from '../../platform/clock.ts';
import type { GuestPolicy, GuestRequest, LoadFault, Verdict } from '../port.ts';
import type { CdpEventParams, CdpSession } from './cdp-session.ts';
import { keyedEnd, keysHold, type AskKeys } from './certificate-pins.ts';
import { leavesWeb } from './contact-address.ts';
import { allBut, PASSING_MS } from './large-forms.ts';

type Paused = CdpEventParams<'Fetch.requestPaused'>;

export interface RequestGateDeps {
  readonly clock: Clock;
  /** The session where `Fetch` is enabled: the browser's root session. */
  readonly session: CdpSession;
  readonly policy: GuestPolicy;
  /** Whether this is the main frame of a page: the guest's first one, or one beside it. */
  readonly isMainFrame: (frameId: string) => boolean;
  /**
   * Whether this is the main frame of an unwanted window (Shift and a click on a link): all its requests are refused.
   */
  readonly isIntruder: (frameId: string) => Promise<boolean>;
  /** Resolves a name; an empty list when it is unknown (Chromium reports that itself). */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /**
   * Queries the keys of a host separately, because the browser reports them only after it has sent the request;
   * undefined: no answer.
   */
  readonly keysOf: AskKeys;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { allow: false }, frameId: string) => void;
  readonly onFault: (url: string, fault: LoadFault, frameId: string) => void;
  /** A page is allowed, and requested as soon as this returns. */
  readonly onAsked: (document: AskedDocument, frameId: string) => void;
}

export interface AskedDocument {
  readonly url: string;
  /** It has a body (a form). */
  readonly sent: boolean;
}

export interface RequestGate {
  /**
   * Judges the origin. If pages of it are allowed, its documents are not paused for a moment, so that a large form
   * passes; true once that was requested.
   */
  letFormPass(url: string): Promise<boolean>;
}

const documentsAt = (urlPattern: string, requestStage: 'Request' | 'Response') => ({
  urlPattern,
  resourceType: 'Document' as const,
  requestStage,
});
/** Pauses at the request and at the response. */
const DOCUMENTS = [documentsAt('*', 'Request'), documentsAt('*', 'Response')];

const ALLOWED: Verdict = { allow: true };
/** Redirects, and responses without a page. */
export const NO_PAGE = /^(3\d\d|204|205)$/;

const IP_LITERAL = /^(\[.*\]|\d+\.\d+\.\d+\.\d+)$/;

/**
 * Size of the form data, without a person's files. On Chromium the size replaces the data
 * (`chromium/cbor-messages.ts`).
 */
const bytesSent = ({ postData = '', postDataEntries: [entry] = [] }: Paused['request']): number =>
  Math.max(postData.length, Number(postData) || 0, Number(entry?.bytes) || 0);
/** A signature or a photograph encoded as text is larger; what people type is smaller. */
const LARGE_BYTES = 512 * 1024;

/** "Aborted" keeps the current page; any other reason would show the browser's error page. */
const refusalOf = (kind: GuestRequest['kind']): 'Aborted' | 'BlockedByClient' =>
  kind === 'main-frame' ? 'Aborted' : 'BlockedByClient';

type Resolve = RequestGateDeps['resolve'];

/** Addresses of a URL's host; a numeric host is its own address. */
const addressesOf = async (url: string, resolve: Resolve): Promise<readonly string[]> => {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (host === '') return [];
  return IP_LITERAL.test(host) ? [host.replace(/^\[|\]$/g, '')] : resolve(host);
};

type Judged = { readonly verdict: Verdict; readonly addresses: readonly string[] };

/** Judges the URL first, then every address of its host: a browser may use any of them. */
export const judge = async (policy: GuestPolicy, request: GuestRequest, resolve: Resolve): Promise<Judged> => {
  const first = policy.decide(request);
  if (!first.allow) return { verdict: first, addresses: [] };
  const addresses = await addressesOf(request.url, resolve);
  for (const address of addresses) {
    const verdict = policy.decide({ ...request, address });
    if (!verdict.allow) return { verdict, addresses };
  }
  return { verdict: first, addresses };
};

type Header = NonNullable<Paused['responseHeaders']>[number];

const headerOf = (headers: readonly Header[], name: string): string =>
  headers.find((one) => one.name.toLowerCase() === name)?.value ?? '';
/** Whether the response is a page rather than a document; a missing type counts as a page. */
const isShown = (headers: readonly Header[]): boolean =>
  /^$|\b(html|xhtml|xml|svg)\b/i.test(headerOf(headers, 'content-type').trim());

/** What a frame draws, unless the host says that it is to be saved: advertisements and logos are pictures in frames. */
const isDrawn = (headers: readonly Header[]): boolean =>
  /^\s*(image|text|audio|video)\//i.test(headerOf(headers, 'content-type')) &&
  !/^\s*attachment\b/i.test(headerOf(headers, 'content-disposition'));

/** Whether the response of a host outside the journey is a document for the tray. */
export const isForTray = (kind: GuestRequest['kind'], headers: readonly Header[], status: number): boolean =>
  status < 300 && !isShown(headers) && (kind === 'main-frame' || !isDrawn(headers));

/**
 * A PDF that would replace the page becomes an attachment, for the tray; in a frame it is shown in place. Undefined for
 * other types.
 */
export const asDocumentToKeep = (headers: readonly Header[], whateverType = false): Header[] | undefined => {
  if (!whateverType && !/^application\/(x-)?pdf\b/i.test(headerOf(headers, 'content-type').trim())) return undefined;
  const name = 'content-disposition';
  // Its type may be missing (`filename="a.pdf"`), or the semicolon after it.
  const parameters = headerOf(headers, name).replace(/^\s*(?:[\w-]+(?![\w-]|\s*=))?[\s;]*/, '');
  const value = parameters === '' ? 'attachment' : `attachment; ${parameters}`;
  return [...headers.filter((one) => one.name.toLowerCase() !== name), { name, value }];
};

export const openRequestGate = async (deps: RequestGateDeps): Promise<RequestGate> => {
  const { session } = deps;
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined); // the request may be gone by then

  /**
   * Checked before anything is sent (a form, a cookie). A host that does not answer is left to the egress, which makes
   * no connection to it either, and knows why: saying that the site is not safe would be false.
   */
  const keysAreWrong = async (url: string): Promise<boolean> => {
    const end = keyedEnd(url);
    const pins = end === undefined ? [] : (deps.policy.pinsFor?.(end.host) ?? []);
    const keys =
      end === undefined || pins.length === 0
        ? undefined
        : await deps.keysOf(end.host, end.port, deps.policy.proxyFor?.(end.host));
    return keys !== undefined && !keysHold(pins, keys);
  };

  const watch = (patterns: typeof DOCUMENTS): void =>
    quietly(session.send('Fetch.enable', { patterns, handleAuthRequests: patterns.length > 0 }));

  const kindOf = ({ frameId }: Paused): 'main-frame' | 'frame' => (deps.isMainFrame(frameId) ? 'main-frame' : 'frame');

  /**
   * If patterns are set while a page is created, Chromium routes all its subresources through the browser process,
   * whatever the patterns say. So they are cleared for that moment. The three commands are sent together: a document
   * requested in between is judged once it is there (`guest-page.ts`), and its connection by the egress.
   */
  const answered = (paused: Paused): void => {
    const { responseStatusCode: status = 0, responseHeaders = [], requestId } = paused;
    const kind = kindOf(paused);
    // Chromium would end the renderer of a frame that is redirected to a URL of its block list (profile.ts).
    const redirectsTo = status >= 300 && status < 400 ? headerOf(responseHeaders, 'location').trim() : '';
    if (kind === 'frame' && leavesWeb(redirectsTo)) {
      quietly(session.send('Fetch.failRequest', { requestId, errorReason: refusalOf(kind) }));
      return;
    }
    const hasContent = status >= 200 && !NO_PAGE.test(String(status));
    const isPage = hasContent && kind === 'main-frame';
    const request: GuestRequest = { kind, url: paused.request.url };
    const verdict = hasContent ? deps.policy.decide(request) : ALLOWED;
    if (!verdict.allow && !(verdict.unlessDocument === true && isForTray(kind, responseHeaders, status))) {
      deps.onBlocked(request, verdict, paused.frameId);
      quietly(session.send('Fetch.failRequest', { requestId, errorReason: refusalOf(kind) }));
      return;
    }
    const kept = isPage || !verdict.allow ? asDocumentToKeep(responseHeaders, !verdict.allow) : undefined;
    const createsPage = isPage && kept === undefined;
    if (createsPage) watch([]);
    quietly(
      session.send('Fetch.continueResponse', {
        requestId,
        ...(kept && { responseHeaders: kept, responseCode: status }),
      }),
    );
    if (createsPage) watch(DOCUMENTS);
  };

  /** Requests whose response we don't intercept, including their redirects: the browser can't undo that. */
  const uninspectedIds = new Set<string>();
  /** A form passed, and no other document was requested since. What it is redirected to follows the same rule. */
  let hasPassed = false;
  const isUninspected = ({ requestId, redirectedRequestId = '', request }: Paused): boolean => {
    hasPassed &&= redirectedRequestId !== '';
    if (
      !uninspectedIds.delete(redirectedRequestId) &&
      !hasPassed &&
      (request.method === 'GET' || bytesSent(request) <= LARGE_BYTES)
    )
      return false;
    uninspectedIds.add(requestId);
    return true;
  };

  const onPaused = async (paused: Paused): Promise<void> => {
    if (paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined) return answered(paused);
    if (await deps.isIntruder(paused.frameId)) {
      await session.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'BlockedByClient' });
      return;
    }
    const kind = kindOf(paused);
    const request: GuestRequest = { kind, url: paused.request.url };
    let { verdict } = await judge(deps.policy, request, deps.resolve);
    if (verdict.allow && (await keysAreWrong(request.url))) verdict = { allow: false, reason: 'certificate' };
    const uninspected = isUninspected(paused);
    // A document of another host is requested only if `answered` can inspect the response.
    if (verdict.allow || (verdict.unlessDocument === true && paused.request.method === 'GET' && !uninspected)) {
      if (kind === 'main-frame')
        deps.onAsked({ url: request.url, sent: paused.request.method !== 'GET' }, paused.frameId);
      await session.send('Fetch.continueRequest', {
        requestId: paused.requestId,
        // Otherwise all form data would be sent to us a second time, with the response.
        interceptResponse: !uninspected,
      });
      return;
    }
    if (verdict.instead !== undefined) {
      // Like HSTS: the browser keeps the initiator and the cookie rules of the original navigation.
      await session.send('Fetch.fulfillRequest', {
        requestId: paused.requestId,
        responseCode: 307,
        responseHeaders: [{ name: 'Location', value: verdict.instead }],
      });
      return;
    }
    deps.onBlocked(request, verdict, paused.frameId);
    await session.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: refusalOf(kind) });
  };

  session.on('Fetch.requestPaused', (paused) => quietly(onPaused(paused)));
  session.on('Fetch.authRequired', (wanted) => {
    // No browser password window: no site of a journey uses this kind of sign-in.
    quietly(
      session.send('Fetch.continueWithAuth', {
        requestId: wanted.requestId,
        authChallengeResponse: { response: 'CancelAuth' },
      }),
    );
    if (wanted.resourceType === 'Document' && deps.isMainFrame(wanted.frameId))
      deps.onFault(wanted.request.url, 'login-wanted', wanted.frameId);
  });
  await session.send('Fetch.enable', { patterns: DOCUMENTS, handleAuthRequests: true });
  let passing: { readonly origin: string; readonly end: () => void } | undefined;
  return {
    async letFormPass(url) {
      // A frame may show what a page may not, never the other way round.
      const { verdict } = await judge(deps.policy, { kind: 'main-frame', url }, deps.resolve);
      if (!verdict.allow || (await keysAreWrong(url))) return false;
      hasPassed = true;
      const { origin } = new URL(url);
      if (passing?.origin === origin) return true;
      passing?.end();
      watch(allBut(origin).map((pattern) => documentsAt(pattern, 'Request')));
      const end = deps.clock.after(PASSING_MS, () => {
        passing = undefined;
        watch(DOCUMENTS);
      });
      passing = { origin, end };
      return true;
    },
  };
};
