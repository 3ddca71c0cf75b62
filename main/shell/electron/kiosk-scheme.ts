/**
 * The scheme of our own screens: no server, no port, no `file:`. GET only, one host, only files that `serve` returns.
 */
import type { CustomScheme } from 'electron';
import type { Bytes } from '../port.ts';
import { SCREEN_HEADERS } from '../screen-headers.ts';

export const KIOSK_SCHEME = 'kiosk';
export const KIOSK_HOST = 'kiosk.localhost';
export const KIOSK_ORIGIN = `${KIOSK_SCHEME}://${KIOSK_HOST}`;

/** `standard` and `secure` give it an origin, relative addresses and a secure context. */
export const kioskScheme: CustomScheme = {
  scheme: KIOSK_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

const HEADERS = { ...SCREEN_HEADERS, 'cross-origin-opener-policy': 'same-origin' };

const refuse = (status: number): Response => new Response(null, { status, headers: HEADERS });

export const isKioskUrl = (url: string): boolean => {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    parsed.protocol === `${KIOSK_SCHEME}:` &&
    parsed.host === KIOSK_HOST &&
    parsed.username === '' &&
    parsed.password === ''
  );
};

export const answerKioskRequest = async (
  request: Pick<Request, 'method' | 'url'>,
  serve: (path: string) => Promise<Bytes | undefined>,
): Promise<Response> => {
  if (request.method !== 'GET') return refuse(405);
  if (!isKioskUrl(request.url)) return refuse(404);
  const { pathname } = new URL(request.url);
  // The parser of a standard scheme removes `..`. An encoded one or a backslash can only be an attack.
  if (/%2f|%5c|%00|\\/i.test(pathname) || pathname.split('/').includes('..')) return refuse(404);
  const found = await serve(pathname);
  if (found === undefined) return refuse(404);
  return new Response(new Uint8Array(found.body), { status: 200, headers: { ...HEADERS, 'content-type': found.type } });
};
