import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../main/shell/guest/load-faults.ts';

describe('the fault of a page that failed to load', () => {
  it.each([
    ['net::ERR_ABORTED', undefined],
    ['net::ERR_HTTP_RESPONSE_CODE_FAILURE', undefined],
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['net::ERR_NAME_NOT_RESOLVED', 'name-not-found'],
    ['net::ERR_DNS_TIMED_OUT', 'name-not-found'],
    ['net::ERR_CERT_DATE_INVALID', 'certificate-date'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'certificate'],
    ['net::ERR_TIMED_OUT', 'slow'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'slow'],
    ['net::ERR_CONNECTION_REFUSED', 'refused'],
    ['net::ERR_ADDRESS_UNREACHABLE', 'refused'],
    ['net::ERR_EMPTY_RESPONSE', 'refused'],
    ['net::ERR_INVALID_AUTH_CREDENTIALS', 'login-wanted'],
    ['net::ERR_CACHE_MISS', 'sent-page'],
    ['net::ERR_CONTENT_DECODING_FAILED', 'garbage'],
    ['net::ERR_TOO_MANY_REDIRECTS', 'garbage'],
    ['something new', 'garbage'],
  ])('%s is %s', (text, fault) => expect(faultOf(text)).toBe(fault));
});
