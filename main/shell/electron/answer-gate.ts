/**
 * Decides from a response's headers whether it is shown, saved as a document of the tray, or refused. Electron shows
 * every PDF in Chromium's viewer, whatever its preferences say (its issue 9412), and in an in-memory profile that
 * viewer stays grey (27121). So a PDF is saved wherever a page would show one.
 */
import type { OnHeadersReceivedListenerDetails } from 'electron';
import { asDocumentToKeep, isForTray, NO_PAGE } from '../guest/request-gate.ts';
import type { GuestPolicy, GuestRequest, Verdict } from '../port.ts';
import type { BrowsingSession } from './electron-api.ts';

export interface AnswerGateDeps {
  readonly policy: () => GuestPolicy | undefined;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { readonly allow: false }) => void;
}

/** Chromium reports `<embed>` as `object`. A response that a script fetches is left to the script. */
const SHOWN: ReadonlySet<OnHeadersReceivedListenerDetails['resourceType']> = new Set([
  'mainFrame',
  'subFrame',
  'object',
]);

/** A 204 keeps the current page. Cancelling would replace it with Chromium's own error page. */
const NOTHING = { statusLine: 'HTTP/1.1 204 No Content', responseHeaders: {} };

export const gateAnswers = (session: BrowsingSession, { policy, onBlocked }: AnswerGateDeps): void => {
  session.webRequest.onHeadersReceived((details, callback) => {
    const { url, resourceType, statusCode, responseHeaders = {} } = details;
    if (!SHOWN.has(resourceType) || NO_PAGE.test(String(statusCode))) return callback({});
    const kind = resourceType === 'mainFrame' ? 'main-frame' : 'frame';
    const request: GuestRequest = { kind, url };
    // The request gate lets a forbidden page through in case it turns out to be a document; it judged an `object` as a
    // resource.
    const verdict: Verdict = resourceType === 'object' ? { allow: true } : judged(policy(), request);
    const headers = Object.entries(responseHeaders).flatMap(([name, values]) =>
      values.map((value) => ({ name, value })),
    );
    if (!verdict.allow && !(verdict.unlessDocument === true && isForTray(kind, headers, statusCode))) {
      callback(NOTHING);
      return onBlocked(request, verdict);
    }
    const kept = asDocumentToKeep(headers, !verdict.allow);
    callback(kept === undefined ? {} : { responseHeaders: listed(kept) });
  });
};

const judged = (policy: GuestPolicy | undefined, request: GuestRequest): Verdict => {
  // Our own blank page (`data:`) does not come from a site.
  if (!request.url.startsWith('http')) return { allow: true };
  return policy?.decide(request) ?? { allow: false, reason: 'outside-journey' };
};

/**
 * Electron decodes a document's file name, which may then contain a line break. It drops a header with a line break and
 * every header after it (its issue 52483).
 */
const listed = (headers: readonly { readonly name: string; readonly value: string }[]): Record<string, string[]> => {
  const list: Record<string, string[]> = {};
  for (const { name, value } of headers) list[name] = [...(list[name] ?? []), value.replace(/[\0\r\n]+/g, ' ')];
  return list;
};
