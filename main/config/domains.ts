/**
 * The one rule for "does this domain cover that host": it compares whole labels, never substrings. `caf.fr` covers
 * `connect.caf.fr`, but neither `notcaf.fr` nor `caf.fr.example`.
 */
import { domainToASCII } from 'node:url';

/** The RFC does not allow the underscore in a host name, but sites use it and browsers accept it. */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** RFC 1035, 2.3.4: 255 bytes, of which the name as text lacks two. */
export const MAX_HOST_LENGTH = 253;

/** Suffixes whose names belong to unrelated owners: covering one of them would open the kiosk to all of them. */
const SHARED_SUFFIXES = new Set(['gouv.fr', 'asso.fr', 'com.fr', 'nom.fr', 'co.uk', 'github.io', 'gitlab.io']);

/** Lower case, ASCII (punycode), no trailing dot; undefined when this is not a host name. */
export const normalHost = (text: string): string | undefined => {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  if (name.length > MAX_HOST_LENGTH) return undefined; // a page may give two million characters
  const host = domainToASCII(name);
  if (host === '' || host.length > MAX_HOST_LENGTH) return undefined;
  return host.split('.').every((label) => LABEL.test(label)) ? host : undefined;
};

/** The host of an address; empty when it has none, or one that is too long to exist. */
export const hostOf = (address: string): string => {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  return host.length > MAX_HOST_LENGTH ? '' : host;
};

/** An IPv4 or IPv6 address, in any notation that a browser accepts. */
export const isAddress = (host: string): boolean => {
  if (host.startsWith('[') || host.includes(':')) return true;
  const last = host.replace(/\.$/, '').split('.').at(-1) ?? '';
  return /^(\d+|0x[0-9a-f]*)$/i.test(last);
};

/**
 * True when `host` is `domain` or one of its subdomains. Both may be in any case, in Unicode or with a trailing dot.
 */
export const covers = (domain: string, host: string): boolean => {
  if (isAddress(domain) || isAddress(host)) return false;
  const wanted = normalHost(domain)?.split('.');
  const given = normalHost(host)?.split('.');
  if (wanted === undefined || given === undefined || given.length < wanted.length) return false;
  return wanted.every((label, index) => label === given[given.length - wanted.length + index]);
};

/** The part of a host that one owner registered: `free.fr` for `mobile.free.fr`, `impots.gouv.fr` as it is. */
export const registeredName = (host: string): string => {
  const labels = host.split('.');
  return labels.slice(SHARED_SUFFIXES.has(labels.slice(-2).join('.')) ? -3 : -2).join('.');
};

export type DomainFault = 'scheme' | 'path' | 'port' | 'wildcard' | 'address' | 'too-wide' | 'malformed';

/** Why a text cannot be a domain of a journey; undefined when it can. */
export const domainFault = (text: string): DomainFault | undefined => {
  if (text.includes('://')) return 'scheme';
  if (text.includes('*')) return 'wildcard';
  if (/[/?#]/.test(text)) return 'path';
  if (isAddress(text)) return /^[^:]+:\d*$/.test(text) ? 'port' : 'address';
  const host = normalHost(text);
  if (host === undefined) return 'malformed';
  if (!host.includes('.') || SHARED_SUFFIXES.has(host)) return 'too-wide';
  return undefined;
};

/** The domains that a démarche may visit: its own and those of its bundles, without duplicates, in normal form. */
export const journeyDomains = (
  demarche: { readonly domains: readonly string[]; readonly bundles: readonly string[] },
  bundles: Readonly<Record<string, { readonly domains: readonly string[] }>>,
): readonly string[] => {
  const all = [
    ...demarche.domains,
    ...demarche.bundles.flatMap((name) => (Object.hasOwn(bundles, name) ? (bundles[name]?.domains ?? []) : [])),
  ];
  return [...new Set(all.map(normalHost).filter((host) => host !== undefined))];
};
