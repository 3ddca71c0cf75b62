/**
 * One exchange with a scanner: checks its certificate, follows its redirect to TLS, and maps every failure to a scanner
 * fault.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { Http, HttpFailure, HttpRequest, HttpResponse } from '../../platform/network/http.ts';
import type { CertificatePins } from '../ipp/client.ts';
import { scannerFault, type ScannerFault, type ScannerFaultCode } from '../scanner.ts';

export interface EsclConnectionDeps {
  readonly http: Http;
  /** `http://host[:port]/eSCL` or `https://…`. */
  readonly baseUrl: string;
  /** Certificates of first contact, because devices use self-signed ones. Without pins, any certificate is accepted. */
  readonly pins?: CertificatePins;
  /** Key of the certificate pin: the device's announced name, when its address may belong to another device later. */
  readonly pinnedAs?: string;
  readonly logger?: Pick<Logger, 'log'>;
}

export type EsclCall = Omit<HttpRequest, 'trust' | 'idleTimeoutMs' | 'url'> & {
  /** `/ScannerStatus`, relative to the base URL; or the absolute path of a job, which may be anywhere. */
  readonly to: { readonly below: string } | { readonly path: string };
  readonly idleTimeoutMs?: number;
  readonly host?: 'localhost' | 'with-port';
};

const CALL_TIMEOUT_MS = 10_000;
const REDIRECTS = [301, 302, 303, 307, 308];
const USUAL_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const HTTP_FAULTS: Readonly<Record<HttpFailure['kind'], ScannerFaultCode>> = {
  'bad-address': 'not-found',
  'name-not-found': 'not-found',
  unreachable: 'not-found',
  'no-connection': 'not-found',
  refused: 'not-found',
  timeout: 'no-answer',
  cut: 'unplugged',
  garbage: 'garbled',
  tls: 'denied',
  'certificate-changed': 'denied',
  'too-large': 'too-large',
  aborted: 'no-answer',
};

export interface EsclConnection {
  call(call: EsclCall): Promise<Result<HttpResponse, ScannerFault>>;
  /** The path of a job, on the device that we already talk to, whatever host the `Location` header names. */
  jobPath(location: string | undefined): string | undefined;
}

export const openEsclConnection = (deps: EsclConnectionDeps): EsclConnection => {
  let base = deps.baseUrl.replace(/\/+$/, '');
  let warned = false;

  const pathOf = ({ to }: EsclCall): string => ('path' in to ? to.path : `${new URL(base).pathname}${to.below}`);

  const once = async (asked: EsclCall): Promise<Result<HttpResponse, ScannerFault>> => {
    const { to: _, host, ...request } = asked;
    // Announced names may be no host names: « salle 12.local ».
    if (!URL.canParse(base)) return fail(scannerFault('not-found', 'bad-address'));
    const home = new URL(base);
    const pinnedAs = deps.pinnedAs ?? home.host;
    const sha256 = home.protocol === 'https:' ? await deps.pins?.read(pinnedAs) : undefined;
    const named =
      host === 'localhost'
        ? `localhost${home.port && `:${home.port}`}`
        : `${home.hostname}:${home.port || USUAL_PORTS[home.protocol]}`;
    const answer = await deps.http({
      idleTimeoutMs: CALL_TIMEOUT_MS,
      trust: { sha256 },
      ...request,
      url: `${home.origin}${pathOf(asked)}`,
      ...(host === undefined ? {} : { headers: { ...request.headers, host: named } }),
    });
    if (!answer.ok) {
      if (answer.error.kind === 'certificate-changed' && !warned) deps.logger?.log('scanner.certificate-changed');
      warned ||= answer.error.kind === 'certificate-changed';
      const { kind } = answer.error;
      // "Too large" is said of a sheet; a description or a status of that size is nonsense.
      const isNoPage = kind === 'too-large' && request.maxResponseBytes === undefined;
      return fail(scannerFault(isNoPage ? 'garbled' : HTTP_FAULTS[kind], kind));
    }
    const seen = answer.value.fingerprint;
    if (seen !== undefined && sha256 === undefined && deps.pins) {
      await deps.pins.write(pinnedAs, seen);
      deps.logger?.log('scanner.certificate-remembered');
    }
    return ok(answer.value);
  };

  /** Only follows redirects to the same device, usually from http to https. */
  const redirectedBase = (location: string | undefined, path: string): string | undefined => {
    if (!location || !URL.canParse(location, base)) return undefined;
    const [from, to] = [new URL(base), new URL(location, base)];
    if (to.hostname !== from.hostname || to.origin === from.origin || to.pathname !== path) return undefined;
    return `${to.origin}${from.pathname}`;
  };

  return {
    async call(call) {
      const answer = await once(call);
      if (!answer.ok || !REDIRECTS.includes(answer.value.status)) return answer;
      const elsewhere = redirectedBase(answer.value.headers['location'], pathOf(call));
      if (elsewhere === undefined) return answer;
      base = elsewhere;
      return once(call);
    },
    jobPath(location) {
      if (!location) return undefined;
      // Some send an invalid host: an IPv6 address with its zone, an empty name. Only the path is usable.
      const path = location.trim().replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '') || '/';
      if (!URL.canParse(path, `${base}/`)) return undefined;
      return new URL(path, `${base}/`).pathname.replace(/\/+$/, '') || undefined;
    },
  };
};
