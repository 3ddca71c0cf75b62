/**
 * Every document of a guest, page or inner frame, is held here before it is asked for. On Chromium it listens at the browser's
 * root session, the one place that all of them pass. What pages are made of does not stop here: its connections are judged by
 * the guest's way out (`guest-egress.ts`).
 */
import type { GuestPolicy, GuestRequest, LoadFault, Verdict } from '../port.ts';
import type { CdpEventParams, CdpSession } from './cdp-session.ts';
import { keyedHost, keysHold, type AskKeys } from './certificate-pins.ts';

type Paused = CdpEventParams<'Fetch.requestPaused'>;

export interface RequestGateDeps {
  /** Where `Fetch` is enabled: the browser's root session. */
  readonly session: CdpSession;
  readonly policy: GuestPolicy;
  /** Whether it is the whole of a page: the one that the guest began with, or one beside it. */
  readonly isMainFrame: (frameId: string) => boolean;
  /** A frame that is the whole of a window nobody asked for (Shift and a click on a link): it gets nothing. */
  readonly isIntruder: (frameId: string) => Promise<boolean>;
  /** Addresses a name stands for; an empty list when the name is unknown (Chromium will say so itself). */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** The keys of a host, asked beside the browser, which does not tell them before it sends; undefined: nobody answers. */
  readonly keysOf: AskKeys;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { allow: false }, frameId: string) => void;
  readonly onFault: (url: string, fault: LoadFault, frameId: string) => void;
  /** A page is let through, and asked for when this returns. */
  readonly onAsked: (document: AskedDocument, frameId: string) => void;
}

export interface AskedDocument {
  readonly url: string;
  /** Something is sent with it (a form). */
  readonly sent: boolean;
}

/** When it is asked for, and when its answer is there. */
const DOCUMENTS = (['Request', 'Response'] as const).map((requestStage) => ({
  urlPattern: '*',
  resourceType: 'Document' as const,
  requestStage,
}));

const ALLOWED: Verdict = { allow: true };
/** Redirects, and answers without a page. */
export const NO_PAGE = /^(3\d\d|204|205)$/;

const IP_LITERAL = /^(\[.*\]|\d+\.\d+\.\d+\.\d+)$/;

/** What a form sends, other than a person's files: on Chromium its size stands in the place of it (`chromium/cbor-messages.ts`). */
const bytesSent = ({ postData = '', postDataEntries: [entry] = [] }: Paused['request']): number =>
  Math.max(postData.length, Number(postData) || 0, Number(entry?.bytes) || 0);
/** A signature or a photograph as text is more; what people write is less. */
const LARGE_BYTES = 512 * 1024;

type Resolve = RequestGateDeps['resolve'];

/** What the host of an address stands for; a numeric one stands for itself. */
const addressesOf = async (url: string, resolve: Resolve): Promise<readonly string[]> => {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (host === '') return [];
  return IP_LITERAL.test(host) ? [host.replace(/^\[|\]$/g, '')] : resolve(host);
};

type Judged = { readonly verdict: Verdict; readonly addresses: readonly string[] };

/** The verdict on the address first, then on all that its name stands for: a browser may take any of them. */
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
/** A page, not a document; nor is what does not say what it is. */
export const isShown = (headers: readonly Header[]): boolean =>
  /^$|\b(html|xhtml|xml|svg)\b/i.test(headerOf(headers, 'content-type').trim());

/**
 * A PDF that would take the place of the page becomes a document of the tray instead; in a frame it is seen where it is. Undefined
 * for all else.
 */
export const asDocumentToKeep = (headers: readonly Header[], whateverType = false): Header[] | undefined => {
  if (!whateverType && !/^application\/(x-)?pdf\b/i.test(headerOf(headers, 'content-type').trim())) return undefined;
  const name = 'content-disposition';
  const words = headerOf(headers, name).replace(/^\s*[\w-]*/, '');
  return [...headers.filter((one) => one.name.toLowerCase() !== name), { name, value: `attachment${words}` }];
};

export const openRequestGate = async (deps: RequestGateDeps): Promise<() => Promise<void>> => {
  const { session } = deps;
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined); // the request may be gone by then

  /** Before anything is sent: a form, a cookie. A host that shows no key at all did not show the right one. */
  const keysAreRight = async (url: string): Promise<boolean> => {
    const host = keyedHost(url);
    const pins = host === undefined ? [] : (deps.policy.pinsFor?.(host) ?? []);
    return host === undefined || pins.length === 0 || keysHold(pins, (await deps.keysOf(host)) ?? []);
  };

  const watch = (patterns: typeof DOCUMENTS): void =>
    quietly(session.send('Fetch.enable', { patterns, handleAuthRequests: patterns.length > 0 }));

  /**
   * A page that comes about with patterns set has every one of its parts handed through the browser's own process, whatever
   * the patterns say. So none are set for the moment in which it does. The three go out in one breath: a document that is asked
   * for in between is judged when it is there (`guest-page.ts`), and its connection by the way out.
   */
  const answered = (paused: Paused): void => {
    const { responseStatusCode: status = 0, responseHeaders = [], requestId } = paused;
    const isPage = deps.isMainFrame(paused.frameId) && status >= 200 && !NO_PAGE.test(String(status));
    const request: GuestRequest = { kind: 'main-frame', url: paused.request.url };
    const verdict = isPage ? deps.policy.decide(request) : ALLOWED;
    if (!verdict.allow && (verdict.unlessDocument !== true || isShown(responseHeaders) || status >= 300)) {
      deps.onBlocked(request, verdict, paused.frameId);
      quietly(session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }));
      return;
    }
    const kept = isPage ? asDocumentToKeep(responseHeaders, !verdict.allow) : undefined;
    const comesAbout = isPage && kept === undefined;
    if (comesAbout) watch([]);
    quietly(
      session.send('Fetch.continueResponse', {
        requestId,
        ...(kept && { responseHeaders: kept, responseCode: status }),
      }),
    );
    if (comesAbout) watch(DOCUMENTS);
  };

  /** Requests whose answer is not seen, with all that they lead on to: the browser does not take that back. */
  const unseen = new Set<string>();
  const isUnseen = ({ requestId, redirectedRequestId = '', request }: Paused): boolean => {
    if (!unseen.delete(redirectedRequestId) && (request.method === 'GET' || bytesSent(request) <= LARGE_BYTES))
      return false;
    unseen.add(requestId);
    return true;
  };

  const onPaused = async (paused: Paused): Promise<void> => {
    if (paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined) return answered(paused);
    if (await deps.isIntruder(paused.frameId)) {
      await session.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'BlockedByClient' });
      return;
    }
    const kind = deps.isMainFrame(paused.frameId) ? 'main-frame' : 'frame';
    const request: GuestRequest = { kind, url: paused.request.url };
    let { verdict } = await judge(deps.policy, request, deps.resolve);
    if (verdict.allow && !(await keysAreRight(request.url))) verdict = { allow: false, reason: 'certificate' };
    const unheard = isUnseen(paused);
    // A document from elsewhere is asked for where `answered` sees what came.
    if (verdict.allow || (verdict.unlessDocument === true && paused.request.method === 'GET' && !unheard)) {
      if (kind === 'main-frame')
        deps.onAsked({ url: request.url, sent: paused.request.method !== 'GET' }, paused.frameId);
      await session.send('Fetch.continueRequest', {
        requestId: paused.requestId,
        // All that is sent would be told a second time with the answer.
        ...(unheard && { interceptResponse: false }),
      });
      return;
    }
    if (verdict.instead !== undefined) {
      // As a browser does for a site that it knows to want https: who leads there, and what is sent along, stays its own affair.
      await session.send('Fetch.fulfillRequest', {
        requestId: paused.requestId,
        responseCode: 307,
        responseHeaders: [{ name: 'Location', value: verdict.instead }],
      });
      return;
    }
    deps.onBlocked(request, verdict, paused.frameId);
    // "Aborted" leaves the page that was there as it was; any other reason would show the browser's own error page.
    await session.send('Fetch.failRequest', {
      requestId: paused.requestId,
      errorReason: request.kind === 'main-frame' ? 'Aborted' : 'BlockedByClient',
    });
  };

  const stops = [
    session.on('Fetch.requestPaused', (paused) => quietly(onPaused(paused))),
    session.on('Fetch.authRequired', (wanted) => {
      // No password window of the browser: no site of a journey asks for one this way.
      quietly(
        session.send('Fetch.continueWithAuth', {
          requestId: wanted.requestId,
          authChallengeResponse: { response: 'CancelAuth' },
        }),
      );
      if (wanted.resourceType === 'Document' && deps.isMainFrame(wanted.frameId))
        deps.onFault(wanted.request.url, 'login-wanted', wanted.frameId);
    }),
  ];
  await session.send('Fetch.enable', { patterns: DOCUMENTS, handleAuthRequests: true });
  return async () => {
    for (const stop of stops) stop();
    await session.send('Fetch.disable').catch(() => undefined); // the page is gone, and its gate with it
  };
};
