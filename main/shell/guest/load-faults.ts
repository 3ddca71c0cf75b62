/** Maps Chromium's network errors (`net::ERR_…`) to the few situations that our pages explain. */
import type { LoadFault } from '../port.ts';

/** Not faults: we cancelled it, the person went elsewhere, or the response became a download. */
const NOT_A_FAULT: ReadonlySet<string> = new Set(['net::ERR_ABORTED', 'net::ERR_HTTP_RESPONSE_CODE_FAILURE']);

const OFFLINE = /^net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|PROXY_CONNECTION_FAILED|NETWORK_IO_SUSPENDED)$/;
const NAME = /^net::ERR_(NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_\w+|ICANN_NAME_COLLISION)$/;
const CERTIFICATE = /^net::ERR_(CERT_\w+|SSL_\w+|BAD_SSL_CLIENT_AUTH_CERT|CERTIFICATE_TRANSPARENCY_REQUIRED)$/;
const SLOW = /^net::ERR_(TIMED_OUT|CONNECTION_TIMED_OUT)$/;
const REFUSED =
  /^net::ERR_(CONNECTION_\w+|EMPTY_RESPONSE|ADDRESS_\w+|SOCKET_NOT_CONNECTED|TUNNEL_CONNECTION_FAILED|BLOCKED_BY_\w+|ACCESS_DENIED)$/;
const LOGIN = /^net::ERR_(INVALID_AUTH_CREDENTIALS|UNEXPECTED_PROXY_AUTH|MISSING_AUTH_CREDENTIALS)$/;

export const faultOf = (errorText: string): LoadFault | undefined => {
  if (NOT_A_FAULT.has(errorText)) return undefined;
  if (OFFLINE.test(errorText)) return 'offline';
  if (NAME.test(errorText)) return 'name-not-found';
  // Chromium gives this one only if nothing worse is wrong: the authority is known, and the name is right.
  if (errorText === 'net::ERR_CERT_DATE_INVALID') return 'certificate-date';
  if (CERTIFICATE.test(errorText)) return 'certificate';
  if (SLOW.test(errorText)) return 'slow';
  if (LOGIN.test(errorText)) return 'login-wanted';
  if (errorText === 'net::ERR_CACHE_MISS') return 'sent-page';
  if (REFUSED.test(errorText)) return 'refused';
  return 'garbage';
};

/** `net::ERR_CERT_DATE_INVALID` as a word of our log: `cert-date-invalid`. */
export const codeOf = (errorText: string): string =>
  errorText
    .replace(/^net::ERR_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
