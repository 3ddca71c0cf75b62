/**
 * Decides whether a request of a guest may go out. Pure: the table of cases in
 * `test/unit/browsing/journey-policy.test.ts` is its specification. Pages must belong to the journey's domains. Frames
 * may also come from the hosts listed for frames. All other resources only need https, and no address of the local
 * network.
 */
import ipaddr from 'ipaddr.js';
import { covers, journeyDomains, MAX_HOST_LENGTH } from '../../config/domains.ts';
import type { DemarcheConfig, KioskConfig } from '../../config/kiosk-config.ts';
import type { ProxyAddress } from '../../platform/network/tunnel-end.ts';
import type { BlockReason, GuestEvent, GuestRequest, Silence, Verdict } from '../../shell/port.ts';

export interface Journey {
  /** A domain covers its sub-domains. */
  readonly domains: readonly string[];
  /** `portail.exemple.fr:8443`: pages on another port than 443. Each host must also be covered by a domain. */
  readonly ports?: readonly string[];
  /** Hosts of the local network that the place allows (an intranet démarche), as in URLs: `[fd00::1]`. */
  readonly localHosts: readonly string[];
  /**
   * What pages may show in a frame, besides the journey's own domains: `hcaptcha.com`, `www.google.com/recaptcha/`.
   * `any` is for payments: the bank of the person who pays shows its own frame.
   */
  readonly frames: readonly string[] | 'any';
  /** Whether this machine has this public address, or has it in one of its networks. */
  readonly isNeighbour?: IsNeighbour;
  /** What the place reaches the internet through, if not directly. */
  readonly proxy?: ProxyAddress | null;
}

export type IsNeighbour = (address: string) => boolean;

export const journeyOf = (demarche: DemarcheConfig, config: KioskConfig, isNeighbour: IsNeighbour): Journey => ({
  domains: journeyDomains(demarche, config.bundles),
  ports: demarche.ports,
  localHosts: config.site.localHosts,
  frames: demarche.payByCard ? 'any' : [...config.site.frames, ...demarche.frames],
  isNeighbour,
  proxy: config.site.proxy,
});

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

/** NAT64 (RFC 6052). Not `64:ff9b:1::/48` (RFC 8215), which may also stand for addresses of the local network. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** An IPv4 address inside an IPv6 one is judged as IPv4. */
const innermost = (text: string): ipaddr.IPv4 | ipaddr.IPv6 => {
  const address = ipaddr.process(text);
  return address instanceof ipaddr.IPv6 && address.match(NAT64)
    ? ipaddr.fromByteArray(address.toByteArray().slice(-4))
    : address;
};

/** True for a neighbour, and for any address that is not public: private, loopback, link-local, CGNAT, metadata… */
export const isLocalAddress = (text: string, isNeighbour: IsNeighbour = () => false): boolean => {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return true; // refuse an address that we can't parse
  const address = innermost(bare);
  return address.range() !== 'unicast' || isNeighbour(address.toString());
};

const looksLikeAddress = (host: string): boolean => host.startsWith('[') || /^[\d.]+$/.test(host);

const isLocalHost = (host: string, isNeighbour: IsNeighbour | undefined): boolean =>
  looksLikeAddress(host)
    ? isLocalAddress(host, isNeighbour)
    : !host.includes('.') || LOCAL_NAMES.some((name) => host === name || host.endsWith(`.${name}`));

const exempt = (journey: Journey, host: string): boolean =>
  journey.localHosts.some((one) => covers(one, host) || one === host);

/** Schemes for content that the page created itself. That page was already checked. */
const INNER_SCHEMES: ReadonlySet<string> = new Set(['data:', 'blob:', 'about:']);

const judgeHost = (url: URL, request: GuestRequest, journey: Journey): Verdict => {
  if (url.username !== '' || url.password !== '') return refuse('malformed');
  if (url.hostname === '' || url.hostname.endsWith('.')) return refuse('malformed');
  if (url.hostname.length > MAX_HOST_LENGTH) return refuse('malformed');
  if (exempt(journey, url.hostname)) return allow;
  if (isLocalHost(url.hostname, journey.isNeighbour)) return refuse('local-network');
  if (request.address !== undefined && isLocalAddress(request.address, journey.isNeighbour))
    return refuse('local-network');
  return allow;
};

/** Machines of the local network are reached without the proxy. */
export const proxyFor = (host: string, journey: Journey): ProxyAddress | undefined =>
  exempt(journey, host) ? undefined : (journey.proxy ?? undefined);

const judgePage = (url: URL, journey: Journey): Verdict => {
  if (url.port !== '' && journey.ports?.includes(url.host) !== true) return refuse('outside-journey');
  return journey.domains.some((domain) => covers(domain, url.hostname)) ? allow : refuse('outside-journey');
};

/** `host/path`: the host covers its sub-domains, and the path is a prefix. */
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

/** A document that a page created (`blob:`) is judged by the origin that created it. */
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

/**
 * Whether a page of the journey was refused for its address alone: a DNS filter or a captive portal leads its name into
 * the local network.
 */
export const isLocalSite = (
  { url, reason }: { readonly url: string; readonly reason: BlockReason },
  journey: Journey,
): boolean => reason === 'local-network' && decide({ kind: 'main-frame', url }, journey).allow;

/** Such a name may be the fault of that one site, or of the network. */
export const localFailure = (
  url: string,
  silence: Silence | undefined,
): Extract<GuestEvent, { kind: 'load-failed' }> => ({
  kind: 'load-failed',
  url,
  fault: silence?.intercepted ? 'intercepted' : silence?.several ? 'offline' : 'name-not-found',
  kept: true,
});

/**
 * No démarche starts at such an address: a network that wants a sign-in, or filters, redirected the person to a page of
 * its own.
 */
export const isPortal = (reason: BlockReason): boolean => reason === 'local-network' || reason === 'not-https';

/** A link of the journey with http: request the same page over https instead of blocking the person. */
export const overHttps = (address: string, journey: Journey): string | undefined => {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:') return undefined;
  url.protocol = 'https:';
  url.port = '';
  return decide({ kind: 'main-frame', url: url.href }, journey).allow ? url.href : undefined;
};

/** Storage hosts name documents like this. An address without such an extension counts as a page and stays blocked. */
const DOCUMENT_PATH =
  /\.(pdf|jpe?g|jfif|png|gif|webp|avif|hei[cf]|tiff?|bmp|odt|ods|docx?|xlsx?|rtf|csv|ics|txt|zip)$/i;

/**
 * The verdict for a guest. It adds two exceptions to `decide`: an http page of the journey is requested over https
 * instead, and a document may come from another host.
 */
export const decideInJourney = (request: GuestRequest, journey: Journey): Verdict => {
  const verdict = decide(request, journey);
  if (verdict.allow || request.kind === 'resource') return verdict;
  if (verdict.reason === 'outside-journey') {
    const { port, pathname } = new URL(request.url);
    return port === '' && DOCUMENT_PATH.test(pathname) ? { ...verdict, unlessDocument: true } : verdict;
  }
  const isPage = request.kind === 'main-frame';
  const instead = isPage && verdict.reason === 'not-https' ? overHttps(request.url, journey) : undefined;
  return instead === undefined ? verdict : { ...verdict, instead };
};
