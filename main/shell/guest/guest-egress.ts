/**
 * The only way out of a guest's browser: every connection that it makes (a page, a subresource, a WebSocket, a WebRTC
 * relay, a prefetch) is judged here by the addresses of its host, and connected to exactly those addresses. The browser
 * itself resolves no names, so no second lookup can lead elsewhere. Where the place has a proxy, that one is asked for
 * the host by its name, and resolves it.
 */
import { randomBytes } from 'node:crypto';
import { hostOf, isAddress } from '../../config/domains.ts';
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { openConnectProxy, type ConnectProxyDeps } from '../../platform/network/connect-proxy.ts';
import type { Endpoint, HostResolver } from '../../platform/network/resolve-host.ts';
import {
  endBehind,
  tunnelFault,
  WANTS_SIGN_IN,
  type ProxyAddress,
  type TunnelEnd,
  type TunnelFailure,
} from '../../platform/network/tunnel-end.ts';
import { keyedEnd, keysHold, type AskKeys } from './certificate-pins.ts';
import { judge } from './request-gate.ts';
import type { SilenceWatch } from './silence.ts';
import type { BlockReason, GuestPolicy, GuestRequest, LoadFault } from '../port.ts';

export interface GuestEgressDeps {
  readonly clock: Clock;
  /** The current policy: a guest is ready before it is assigned to a session. */
  readonly policy: () => GuestPolicy;
  readonly openResolver: () => HostResolver;
  /** Demonstration sites: the endpoint of a name, `null` for none, undefined when no rule matches. */
  readonly mapped: (host: string) => Endpoint | null | undefined;
  /**
   * Absent where the browser exposes the keys of its own handshake (Electron outside the demonstration), so no separate
   * query is needed.
   */
  readonly keysOf?: AskKeys;
  /** From when on the certificate of that host is valid, in milliseconds since 1970. */
  readonly validFrom: (host: string, end: TunnelEnd) => Promise<number | undefined>;
  readonly mayUse: ConnectProxyDeps['mayUse'];
  readonly isOnNetwork: () => boolean;
  readonly silence: SilenceWatch;
  readonly onRefused: (reason: BlockReason) => unknown;
  /** The place's proxy lets nobody to a site of the démarche. `status`: its answer; undefined when it gave none. */
  readonly onProxyFault: (status: number | undefined) => void;
  /** A page was refused for its certificate. `code`: Chromium's own (`cert-authority-invalid`), or `pinned`. */
  readonly onCertificateRefused: (code: string) => void;
}

/** The certificate is the site's own, as far as we know, but for its dates. */
const DATE_INVALID = 'cert-date-invalid';
/** Where filters lead a name. No machine of a network answers there, so it is no portal. */
const NOWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '127.0.0.1', '::', '::1']);

export interface GuestEgress {
  readonly port: number;
  /**
   * For the checks before the connection: the guest's names are looked up in one place. Empty when the name leads
   * nowhere.
   */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Why the last connection to this host failed; the browser itself only knows that the tunnel failed. */
  faultAt(host: string): LoadFault | undefined;
  /** The page of this host was refused for its certificate. Returns what to say of it. */
  certificateRefused(host: string, code: string): LoadFault;
  /** A page of this host came over TLS. */
  pageCame(host: string): void;
  /** As in the port. Connects only where the guest itself may. */
  certificateFrom(url: string): Promise<number | undefined>;
  stop(): void;
}

/** The latest fault of each host; bounded, so that a page with a thousand hosts does not fill our memory. */
const MOST_FAULTS = 100;
/** Of a proxy (`407 Proxy Authentication Required`). */
const WANTS_PASSWORD = 407;
/**
 * Behind a proxy, the place's own name servers often know only its own machines, and some never answer for the rest.
 * What they know at once is judged; for all else, the proxy is trusted to lead nowhere inside. A page that keeps them
 * busy with names of its own makes any name late. A late name is looked up again while it is used, and judged once its
 * addresses are known.
 */
const NAME_WITHIN_MS = 500;
/** Names that were not known in time; for more of them, each request waits. */
const MOST_LATE = 1_000;
/**
 * For a late name that no name server answered. Its lookup holds a thread for up to 20 s, so asking again at every
 * request would keep the names waiting that the place does know, and make them late too.
 */
const ASKED_AGAIN_AFTER_MS = 60_000;

export const openGuestEgress = async (deps: GuestEgressDeps): Promise<GuestEgress> => {
  const names = deps.openResolver();
  /** Not among the names that pages ask for, which may all hang. */
  const proxyNames = deps.openResolver();
  const faults = new Map<string, LoadFault>();
  const remember = (host: string, fault: LoadFault): void => {
    faults.delete(host);
    faults.set(host, fault);
    const [oldest] = faults.keys();
    if (faults.size > MOST_FAULTS && oldest !== undefined) faults.delete(oldest);
  };

  const allows = (host: string, more: Pick<GuestRequest, 'kind' | 'address'>): boolean =>
    deps.policy().decide({ url: `https://${host}/`, ...more }).allow;
  const isOfJourney = (host: string): boolean => allows(host, { kind: 'main-frame' });
  /** A démarche of the local network (`localHosts`) tells nothing about the internet. */
  const isLocal = (host: string): boolean => allows(host, { kind: 'resource', address: '127.0.0.1' });
  /** Only for the sites of the démarche: networks filter other things that their pages load, such as statistics. */
  const unanswered = (host: string): void => {
    if (deps.isOnNetwork() && isOfJourney(host) && !isLocal(host)) deps.silence.unanswered(host);
  };
  /** The same sites, and not those that a network may filter one by one. */
  const intercepted = (host: string): void => {
    if (isOfJourney(host) && !isLocal(host) && deps.policy().oftenFiltered !== true) deps.silence.intercepted(host);
  };
  const isDown = (): boolean => !deps.isOnNetwork() || deps.silence.silence()?.several === true;
  const rememberSilent = (host: string): void => remember(host, isDown() ? 'offline' : 'refused');

  /** Each page and connection would wait again. The value: from when on the name may be asked for again. */
  const late = new Map<string, number>();
  const hearLate = async (host: string, asked = names.resolve(host)): Promise<void> => {
    late.set(host, Infinity); // one lookup at a time
    const found = await asked;
    if (found && found.length > 0) late.delete(host);
    else late.set(host, deps.clock.monotonicMs() + (found ? 0 : ASKED_AGAIN_AFTER_MS));
  };
  const ofThePlace = async (host: string): Promise<readonly string[]> => {
    const againMs = late.get(host);
    if (againMs !== undefined) {
      if (deps.clock.monotonicMs() >= againMs) void hearLate(host);
      return [];
    }
    const asked = names.resolve(host);
    try {
      return (await withTimeout(deps.clock, NAME_WITHIN_MS, 'a name of the place', asked)) ?? [];
    } catch {
      if (!late.has(host) && late.size < MOST_LATE) void hearLate(host, asked);
      return [];
    }
  };
  const addressesOf = async (host: string): Promise<readonly string[]> => {
    if (deps.policy().proxyFor?.(host)) return ofThePlace(host);
    const found = await names.resolve(host);
    if (found === undefined) {
      unanswered(host);
      rememberSilent(host);
    } else if (found.length === 0) remember(host, deps.isOnNetwork() ? 'name-not-found' : 'offline');
    return found ?? [];
  };
  const resolve = async (host: string): Promise<readonly string[]> => {
    const found = await addressesOf(host);
    const leadsInside = (address: string): boolean =>
      !NOWHERE.has(address) && !allows(host, { kind: 'main-frame', address });
    if (found.some(leadsInside)) intercepted(host);
    return found;
  };

  /** The hung names of guests can take up every lookup, and none is then left for the proxy's own name. */
  const lastOfProxy = new Map<string, readonly string[]>();
  const addressesOfProxy = async (name: string): Promise<readonly string[]> => {
    if (isAddress(name)) return [name];
    const last = lastOfProxy.get(name);
    const asked = proxyNames.resolve(name).then((found = []) => {
      if (found.length > 0) lastOfProxy.set(name, found);
      return lastOfProxy.get(name) ?? [];
    });
    return last === undefined
      ? asked
      : withTimeout(deps.clock, NAME_WITHIN_MS, 'the name of the proxy', asked).catch(() => last);
  };
  const endThrough = async (proxy: ProxyAddress, host: string, port: number): Promise<TunnelEnd> =>
    endBehind(proxy, host, port, await addressesOfProxy(proxy.host));
  const onFailure = (host: string, failure: TunnelFailure): void => {
    if (failure === 'refused') return remember(host, 'refused');
    const status = typeof failure === 'object' ? failure.proxyStatus : undefined;
    const isProxys = status !== undefined || (failure === 'no-proxy' && deps.isOnNetwork());
    if (isProxys && isOfJourney(host)) deps.onProxyFault(status);
    const isClosed = failure === 'no-proxy' || status === WANTS_PASSWORD || status === WANTS_SIGN_IN;
    if (status !== undefined && !isClosed) return remember(host, 'refused');
    unanswered(host);
    if (isClosed) remember(host, 'offline');
    else rememberSilent(host);
  };
  const route = async (host: string, port: number): Promise<TunnelEnd | undefined> => {
    const policy = deps.policy();
    const request = { kind: 'resource', url: `https://${host}:${port}/` } as const;
    const { verdict, addresses } = await judge(policy, request, resolve);
    if (!verdict.allow) {
      deps.onRefused(verdict.reason);
      return undefined;
    }
    const mapped = deps.mapped(host);
    const proxy = policy.proxyFor?.(host);
    if (mapped === null || (!mapped && !proxy && addresses.length === 0)) return undefined;
    const direct: TunnelEnd = mapped ? { addresses: [mapped.address], port: mapped.port } : { addresses, port };
    const end = proxy && !mapped ? await endThrough(proxy, host, port) : direct;
    const pins = policy.pinsFor?.(host) ?? [];
    const keys = deps.keysOf && pins.length > 0 ? await deps.keysOf(host, port, proxy) : pins;
    if (keys === undefined) {
      const failure = end.behind && (await tunnelFault(end));
      if (failure) onFailure(host, failure);
      else rememberSilent(host);
      return undefined;
    }
    if (!keysHold(pins, keys)) {
      deps.onRefused('certificate');
      remember(host, 'certificate');
      return undefined;
    }
    return end;
  };

  const proxy = await openConnectProxy({
    route,
    mayUse: deps.mayUse,
    onConnected: (host) => isLocal(host) || deps.silence.answered(),
    onFailure,
  });
  return {
    port: proxy.port,
    resolve,
    faultAt: (host) => faults.get(host),
    certificateRefused(host, code) {
      deps.onCertificateRefused(code);
      if (code === DATE_INVALID) return 'certificate-date';
      intercepted(host);
      return deps.silence.silence()?.intercepted === true ? 'intercepted' : 'certificate';
    },
    pageCame: (host) => isLocal(host) || deps.silence.pageCame(),
    async certificateFrom(url) {
      const asked = keyedEnd(url);
      const end = asked && (await route(asked.host, asked.port));
      return end && deps.validFrom(asked.host, end);
    },
    stop() {
      names.stop();
      proxyNames.stop();
      proxy.stop();
    },
  };
};

export const REFUSE_ALL: GuestPolicy = { decide: () => ({ allow: false, reason: 'outside-journey' }) };

/** An egress that refuses everything until its guest is assigned to a session. */
export interface ClosedEgress extends GuestEgress {
  /**
   * Before that: whether what the browser requests comes by here. `request` makes it request a URL, which is refused,
   * and resolves when it has its answer; without one, this rejects.
   */
  receives(request: (url: string) => Promise<unknown>): Promise<boolean>;
  open(policy: GuestPolicy): void;
}

export const closedEgress = async (
  deps: Omit<GuestEgressDeps, 'policy' | 'onRefused' | 'onProxyFault' | 'onCertificateRefused'> & {
    readonly logger: Logger;
  },
): Promise<ClosedEgress> => {
  let policy = REFUSE_ALL;
  let listening = false;
  const egress = await openGuestEgress({
    ...deps,
    policy: () => policy,
    onRefused: (reason) => listening || deps.logger.log('guest.request-refused', { kind: 'connection', reason }),
    onProxyFault: (status) =>
      status === undefined ? deps.logger.log('guest.proxy-silent') : deps.logger.log('guest.proxy-refused', { status }),
    onCertificateRefused: (code) => deps.logger.log('guest.certificate-refused', { code }),
  });
  return {
    ...egress,
    async receives(request) {
      const host = `${randomBytes(8).toString('hex')}.invalid`;
      let heard = false;
      listening = true;
      policy = {
        decide(asked) {
          heard ||= hostOf(asked.url) === host;
          return REFUSE_ALL.decide(asked);
        },
      };
      try {
        await request(`https://${host}/`);
        return heard;
      } finally {
        policy = REFUSE_ALL;
        listening = false;
      }
    },
    open: (next) => void (policy = next),
  };
};
