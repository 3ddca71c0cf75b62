/**
 * The certificate between a site's own and its authority, which many sites forget to send. Nobody there notices: a
 * browser fetches it over plain HTTP, from the URL that the site's certificate names (RFC 5280, 4.2.2.1, `caIssuers`).
 */
import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { systemHttp } from './http.ts';

/** Real ones have 1 to 3 KB. */
const MOST_BYTES = 64 * 1024;
/** Chromium itself gives up after 15 s. */
const WITHIN_MS = 10_000;

/** What Chromium sends with a page's requests, and never with this one. */
const OF_A_PAGE = ['cookie', 'authorization', 'referer', 'origin', 'content-length', 'transfer-encoding', 'upgrade'];

/** The URL of a request that may be for an issuer's certificate; undefined for any other. */
export const issuerUrl = ({ method, url = '', headers }: IncomingMessage): URL | undefined => {
  if (method !== 'GET' || OF_A_PAGE.some((name) => headers[name] !== undefined) || !URL.canParse(url)) return undefined;
  const wanted = new URL(url);
  const plain = wanted.protocol === 'http:' && wanted.port === '' && wanted.username === '' && wanted.password === '';
  return plain ? wanted : undefined;
};

const isAuthority = (bytes: Buffer): boolean => {
  try {
    return new X509Certificate(bytes).ca;
  } catch {
    return false; // not a certificate
  }
};

/**
 * `at`: where the host of the URL is, or the proxy that reaches it. Undefined: no answer, or anything but the
 * certificate of an authority.
 */
export const fetchIssuer = async (
  { href, host, pathname, search }: URL,
  at: { readonly address: string; readonly port: number; readonly isProxy?: boolean },
): Promise<Buffer | undefined> => {
  const address = at.address.includes(':') ? `[${at.address}]` : at.address;
  const response = await systemHttp({
    method: 'GET',
    url: `http://${address}:${at.port}${pathname}${search}`,
    headers: { host },
    ...(at.isProxy ? { target: href } : {}),
    idleTimeoutMs: WITHIN_MS,
    responseTimeoutMs: WITHIN_MS,
    maxResponseBytes: MOST_BYTES,
  });
  if (!response.ok || response.value.status !== 200) return undefined;
  return isAuthority(response.value.body) ? response.value.body : undefined;
};
