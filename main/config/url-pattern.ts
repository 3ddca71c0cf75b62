/**
 * The `when` of a guidance step: `host[/path][#fragment]`, where `*` stands for any run of characters. An absent part
 * matches anything. A path that contains `?` is compared with the query too.
 */
import { fail, ok, type Result } from '../contract/result.ts';
import { normalHost } from './domains.ts';

export interface UrlPattern {
  readonly host: string;
  readonly path: string | null;
  readonly fragment: string | null;
}

export type PatternFault = 'scheme' | 'no-host' | 'host' | 'port' | 'space' | 'empty-fragment';

const splitOnce = (text: string, at: number): readonly [string, string | null] =>
  at < 0 ? [text, null] : [text.slice(0, at), text.slice(at)];

export const parseUrlPattern = (text: string): Result<UrlPattern, PatternFault> => {
  if (/\s/.test(text)) return fail('space');
  if (text.includes('://')) return fail('scheme');
  const [page, hash] = splitOnce(text, text.indexOf('#'));
  const [host, path] = splitOnce(page, page.indexOf('/'));
  if (host === '') return fail('no-host');
  if (host.includes(':')) return fail('port');
  // Replace each star by a letter: the result must be a valid host.
  const plain = normalHost(host.replaceAll('*', 'x'));
  if (plain === undefined || !plain.includes('.')) return fail('host');
  if (hash === '#') return fail('empty-fragment');
  const normal = host.includes('*') ? host.toLowerCase().replace(/\.$/, '') : plain;
  return ok({ host: normal, path, fragment: hash === null ? null : hash.slice(1) });
};

/** A glob without exponential backtracking: each `*` ends at the first place where the next piece matches. */
const globMatches = (glob: string, text: string): boolean => {
  const pieces = glob.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return glob === text;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return at <= end;
};

export const urlMatches = (pattern: UrlPattern, url: URL): boolean => {
  const host = normalHost(url.hostname);
  if (host === undefined || !globMatches(pattern.host, host)) return false;
  if (pattern.path !== null) {
    const page = pattern.path.includes('?') ? url.pathname + url.search : url.pathname;
    if (!globMatches(pattern.path, page)) return false;
  }
  return pattern.fragment === null || globMatches(pattern.fragment, url.hash.slice(1));
};
