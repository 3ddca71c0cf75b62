/**
 * May this request of a guest go out? Pure: a table of cases in `test/unit/browsing/journey-policy.test.ts` is its specification.
 * Pages are held to the journey's domains, frames to these and to what journeys embed; what else a page is made of passes over
 * https, except addresses of the local network.
 */
import ipaddr from 'ipaddr.js';
import { covers } from '../../config/domains.ts';
import type { BlockReason, GuestRequest, Verdict } from '../../shell/port.ts';

export interface Journey {
  /** A domain covers its sub-domains. */
  readonly domains: readonly string[];
  /** `portail.exemple.fr:8443`: where its pages are at another port than https's own. Each is also covered by a domain. */
  readonly ports?: readonly string[];
  /** Hosts of the local network that the place allows (an intranet démarche). */
  readonly localHosts: readonly string[];
  /**
   * Beyond the journey's own domains, what its pages may show in a frame: `hcaptcha.com`, `www.google.com/recaptcha/`.
   * `any`: a payment, in which the bank of whoever pays shows a frame of its own.
   */
  readonly frames: readonly string[] | 'any';
}

const allow: Verdict = { allow: true };
const refuse = (reason: BlockReason): Verdict => ({ allow: false, reason });

/** Names that only ever mean this machine or this network, whatever the resolver says. */
const LOCAL_NAMES = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'home.arpa',
  'corp',
  'localdomain',
  'private',
];

/** True for every address that is not a plain public one: private, loopback, link-local, CGNAT, multicast, metadata… */
export const isLocalAddress = (text: string): boolean => {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return true; // an address we can't read is not one we let through
  const address = ipaddr.process(bare); // an IPv4 address inside an IPv6 one is judged as IPv4
  return address.range() !== 'unicast';
};

const looksLikeAddress = (host: string): boolean => host.startsWith('[') || /^[\d.]+$/.test(host);

const isLocalHost = (host: string): boolean =>
  looksLikeAddress(host)
    ? isLocalAddress(host)
    : !host.includes('.') || LOCAL_NAMES.some((name) => host === name || host.endsWith(`.${name}`));

const exempt = (journey: Journey, host: string): boolean => journey.localHosts.some((one) => covers(one, host));

/** Schemes a page may be made of. Their content comes from the page itself, so it is judged by the page that made it. */
const INNER_SCHEMES: ReadonlySet<string> = new Set(['data:', 'blob:', 'about:']);

const judgeHost = (url: URL, request: GuestRequest, journey: Journey): Verdict => {
  if (url.username !== '' || url.password !== '') return refuse('malformed');
  if (url.hostname === '' || url.hostname.endsWith('.')) return refuse('malformed');
  if (exempt(journey, url.hostname)) return allow;
  if (isLocalHost(url.hostname)) return refuse('local-network');
  if (request.address !== undefined && isLocalAddress(request.address)) return refuse('local-network');
  return allow;
};

const judgePage = (url: URL, journey: Journey): Verdict => {
  if (url.port !== '' && journey.ports?.includes(url.host) !== true) return refuse('outside-journey');
  return journey.domains.some((domain) => covers(domain, url.hostname)) ? allow : refuse('outside-journey');
};

/** `host/path`: the host covers its sub-domains, the path all that begins with it. */
const showsFrame = (pattern: string, url: URL): boolean => {
  const slash = pattern.indexOf('/');
  const [host, path] = slash < 0 ? [pattern, '/'] : [pattern.slice(0, slash), pattern.slice(slash)];
  return covers(host, url.hostname) && url.pathname.startsWith(path);
};

const judgeFrame = (url: URL, journey: Journey): Verdict => {
  const { frames } = journey;
  const shown = frames === 'any' || (url.port === '' && frames.some((pattern) => showsFrame(pattern, url)));
  return shown ? allow : judgePage(url, journey);
};

/** A document that a page made itself (`blob:`) belongs to the origin that made it. */
const judgeMade = (url: URL, journey: Journey): Verdict => {
  if (url.protocol !== 'blob:') return refuse('scheme');
  const made = URL.canParse(url.pathname) ? new URL(url.pathname) : undefined;
  return made?.protocol === 'https:' ? judgePage(made, journey) : refuse('scheme');
};

export const decide = (request: GuestRequest, journey: Journey): Verdict => {
  if (!URL.canParse(request.url)) return refuse('malformed');
  const url = new URL(request.url);
  if (request.kind === 'main-frame') {
    if (url.protocol !== 'https:') return url.protocol === 'http:' ? refuse('not-https') : judgeMade(url, journey);
    const host = judgeHost(url, request, journey);
    return host.allow ? judgePage(url, journey) : host;
  }
  if (INNER_SCHEMES.has(url.protocol)) return allow;
  if (url.protocol === 'http:' || url.protocol === 'ws:') {
    const host = judgeHost(url, request, journey);
    return host.allow ? refuse('not-https') : host;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'wss:') return refuse('scheme');
  const host = judgeHost(url, request, journey);
  return host.allow && request.kind === 'frame' ? judgeFrame(url, journey) : host;
};

/** A link of the journey written with http: the same page is asked for over https instead of stopping the person. */
export const overHttps = (address: string, journey: Journey): string | undefined => {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:') return undefined;
  url.protocol = 'https:';
  url.port = '';
  return decide({ kind: 'main-frame', url: url.href }, journey).allow ? url.href : undefined;
};

/** As storages name what they keep. What has no such name stays a page, and is never asked for. */
const DOCUMENT_PATH = /\.(pdf|jpe?g|png|odt|ods|docx?|xlsx?|csv|ics|txt|zip)$/i;

/** What a guest is told: a page of the journey that is asked for over http is found over https, a document also elsewhere. */
export const decideInJourney = (request: GuestRequest, journey: Journey): Verdict => {
  const verdict = decide(request, journey);
  if (verdict.allow || request.kind !== 'main-frame') return verdict;
  if (verdict.reason === 'outside-journey') {
    const { port, pathname } = new URL(request.url);
    return port === '' && DOCUMENT_PATH.test(pathname) ? { ...verdict, unlessDocument: true } : verdict;
  }
  const instead = verdict.reason === 'not-https' ? overHttps(request.url, journey) : undefined;
  return instead === undefined ? verdict : { ...verdict, instead };
};
