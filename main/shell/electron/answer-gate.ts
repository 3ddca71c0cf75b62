/**
 * What comes of a site's answer, decided on its headers. Electron shows every PDF in Chromium's viewer, whatever its preferences say
 * (its issue 9412), and in a profile in memory that viewer stays grey (27121): so a PDF becomes a document of the tray wherever a
 * page would show one.
 */
import type { OnHeadersReceivedListenerDetails } from 'electron';
import { asDocumentToKeep, isShown, NO_PAGE } from '../guest/request-gate.ts';
import type { GuestPolicy, GuestRequest, Verdict } from '../port.ts';
import type { BrowsingSession } from './electron-api.ts';

export interface AnswerGateDeps {
  readonly policy: () => GuestPolicy | undefined;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { readonly allow: false }) => void;
}

/** An embed is an object to Chromium. What a script reads for itself stays the script's. */
const SHOWN: ReadonlySet<OnHeadersReceivedListenerDetails['resourceType']> = new Set([
  'mainFrame',
  'subFrame',
  'object',
]);

/** The page that was there stays. Refused, it would make room for Chromium's own error page. */
const NOTHING = { statusLine: 'HTTP/1.1 204 No Content', responseHeaders: {} };

export const gateAnswers = (session: BrowsingSession, { policy, onBlocked }: AnswerGateDeps): void => {
  session.webRequest.onHeadersReceived((details, callback) => {
    const { url, resourceType, statusCode, responseHeaders = {} } = details;
    if (!SHOWN.has(resourceType) || NO_PAGE.test(String(statusCode))) return callback({});
    const request: GuestRequest = { kind: 'main-frame', url };
    // A frame was judged as it was asked for; a page may have been let through for the document that it might be.
    const verdict: Verdict = resourceType === 'mainFrame' ? judged(policy(), request) : { allow: true };
    const headers = Object.entries(responseHeaders).flatMap(([name, values]) =>
      values.map((value) => ({ name, value })),
    );
    if (!verdict.allow && (verdict.unlessDocument !== true || isShown(headers) || statusCode >= 300)) {
      callback(NOTHING);
      return onBlocked(request, verdict);
    }
    const kept = asDocumentToKeep(headers, !verdict.allow);
    callback(kept === undefined ? {} : { responseHeaders: listed(kept) });
  });
};

const judged = (policy: GuestPolicy | undefined, request: GuestRequest): Verdict => {
  // Our own blank page is no site's answer.
  if (!request.url.startsWith('http')) return { allow: true };
  return policy?.decide(request) ?? { allow: false, reason: 'outside-journey' };
};

/**
 * Electron decodes the name of a document, which may hold a line end then, and takes back no header from the first with a line end on
 * (its issue 52483).
 */
const listed = (headers: readonly { readonly name: string; readonly value: string }[]): Record<string, string[]> => {
  const list: Record<string, string[]> = {};
  for (const { name, value } of headers) list[name] = [...(list[name] ?? []), value.replace(/[\0\r\n]+/g, ' ')];
  return list;
};
