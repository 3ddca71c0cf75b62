/**
 * The signed figures of one finished week of one kiosk. Two lines: the figures as canonical JSON (RFC 8785), and an
 * Ed25519 signature of exactly those bytes. The figures are the true counts with their keys. Only the Département reads
 * the folder, and its reports add the noise before they show a number.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import { parseWeek, shiftWeek, type Week } from './iso-week.ts';
import { zeroKey, type Cell, type Count } from './cells.ts';
import { KEY_RANGE } from './noise.ts';
import { sodium } from './sodium.ts';

export const BUNDLE_FORMAT = 'point-numerique/chiffres';
export const BUNDLE_VERSION = 2;
export const placeTypes = ['msd', 'mediatheque', 'france-services', 'autre'] as const;
export type PlaceType = (typeof placeTypes)[number];

const SLUG = /^[a-z0-9][a-z0-9-]{0,59}$/;
const slug = z.string().regex(SLUG);
export const isKioskId = (text: string): boolean => SLUG.test(text);
const head = z.object({ format: z.literal(BUNDLE_FORMAT), version: z.int().positive() });
const CELL = /^[a-z][a-z-]*(\.[a-z-]+)*(\|[a-z0-9][a-z0-9./-]*)?$/;
export const isCell = (text: string): boolean => text.length <= 140 && CELL.test(text);
const isCount = (n: unknown): n is number =>
  typeof n === 'number' && Number.isSafeInteger(n) && n > 0 && n <= 0xffff_ffff;
const isKey = (key: unknown): key is number =>
  typeof key === 'number' && Number.isSafeInteger(key) && key >= 0 && key < KEY_RANGE;
/** Validated by hand rather than with zod, for speed: a folder holds millions of counts. */
const countsOf = (value: unknown, version: 1 | 2, signature: string): Map<Cell, Count> | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const counts = new Map<Cell, Count>();
  for (const cell in value) {
    if (!isCell(cell)) return undefined;
    const one = (value as Record<string, unknown>)[cell];
    // Version 1 has no keys. They are derived from the signature, which readers of the published pages never see.
    const pair: readonly unknown[] = Array.isArray(one) && one.length === 2 ? one : [];
    const [n, key] = version === 1 ? [one, zeroKey(signature, cell)] : pair;
    if (!isCount(n) || !isKey(key)) return undefined;
    counts.set(cell, { n, key });
  }
  return counts;
};
const SECRET = /^[0-9a-f]{32}$/;
const payload = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.union([z.literal(1), z.literal(2)]),
  kiosk: slug,
  week: z.string().refine((text) => parseWeek(text) !== undefined),
  /** The week in which it was signed, so that a late bundle can be recognised. */
  signedIn: z.string().refine((text) => parseWeek(text) !== undefined),
  startedIn: z.string().refine((text) => parseWeek(text) !== undefined),
  /** Since version 2: the keys of zero cells are derived from it. */
  secret: z.string().regex(SECRET).optional(),
  counts: z.unknown(),
});

export interface Bundle {
  readonly kiosk: string;
  readonly week: Week;
  readonly signedIn: Week;
  readonly startedIn: Week;
  readonly secret: string;
  readonly counts: ReadonlyMap<Cell, Count>;
}

export type BundleFault =
  | 'cut'
  | 'not-ours'
  | 'newer-version'
  | 'unknown-kiosk'
  /** The kiosk is known, but none of its keys is valid for this week. */
  | 'no-key'
  /** Signed with a key that the register has for other weeks only, or that is only on a card of the share. */
  | 'other-key'
  /** Changed since it was signed, or signed with a key that nobody here knows: the signature cannot tell which. */
  | 'altered'
  | 'wrong-kiosk';

export const bundleName = (kiosk: string, week: string): string => `${kiosk}_${week}.chiffres`;
/** The kiosk and week that a file name claims; undefined for any other file. */
export const claimOf = (name: string): { readonly kiosk: string; readonly week: Week } | undefined => {
  const match = /^([a-z0-9][a-z0-9-]{0,59})_(\d{4}-W\d{2})(?: ?[^/\p{C}]*)?\.chiffres$/u.exec(name);
  const week = parseWeek(match?.[2] ?? '');
  return match?.[1] !== undefined && week !== undefined ? { kiosk: match[1], week } : undefined;
};

export const newKeyPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
export const publicKeyText = (privatePem: string): string =>
  createPublicKey(createPrivateKey(privatePem)).export({ type: 'spki', format: 'der' }).toString('base64');
/** The 32 bytes of an Ed25519 key; undefined for any other text. */
export const readPublicKey = (text: string): Buffer | undefined => {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    const { crv, x = '' } = key.export({ format: 'jwk' });
    return crv === 'Ed25519' ? Buffer.from(x, 'base64url') : undefined;
  } catch {
    return undefined;
  }
};

export const signBundle = (bundle: Bundle, privatePem: string): string => {
  const text = canonicalize({
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    kiosk: bundle.kiosk,
    week: bundle.week,
    signedIn: bundle.signedIn,
    startedIn: bundle.startedIn,
    secret: bundle.secret,
    counts: Object.fromEntries([...bundle.counts].map(([cell, { n, key }]) => [cell, [n, key]])),
  });
  if (text === undefined) throw new Error('figures that JSON cannot write');
  return `${text}\n${sign(null, Buffer.from(text), createPrivateKey(privatePem)).toString('base64')}\n`;
};

const NEW_LINE = 0x0a;
const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/;

export interface ReadBundle {
  readonly bundle: Bundle;
  readonly signature: string;
}

/** Reads one file. The signature covers the raw bytes, so it is verified before anything is parsed. */
export const readBundle = (
  bytes: Buffer,
  claimed: { readonly kiosk: string; readonly week: string },
  keysOf: (kiosk: string, week: string) => readonly Buffer[] | undefined,
  /** Further keys of the kiosk, not trusted for this week. They tell a changed key from a changed file. */
  othersOf: (kiosk: string) => readonly Buffer[],
): Result<ReadBundle, BundleFault> => {
  const bodyEnd = bytes.indexOf(NEW_LINE);
  const body = bodyEnd < 0 ? bytes : bytes.subarray(0, bodyEnd);
  const end = bytes.indexOf(NEW_LINE, bodyEnd + 1);
  const signature = bodyEnd < 0 ? '' : bytes.toString('latin1', bodyEnd + 1, end < 0 ? bytes.length : end);
  if (end !== bytes.length - 1 || !SIGNATURE.test(signature)) {
    return fail(/^\s*\{/.test(body.toString('latin1', 0, 40)) ? 'cut' : 'not-ours');
  }
  const keys = keysOf(claimed.kiosk, claimed.week);
  if (!keys) return fail('unknown-kiosk');
  if (keys.length === 0) return fail('no-key');
  const { crypto_sign_verify_detached: isSigned } = sodium();
  const signed = Buffer.from(signature, 'base64');
  const isSignedWith = (key: Buffer): boolean => isSigned(signed, body, key);
  if (!keys.some(isSignedWith)) return fail(othersOf(claimed.kiosk).some(isSignedWith) ? 'other-key' : 'altered');
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return fail('cut');
  }
  const parsed = payload.safeParse(json);
  if (!parsed.success) return fail(otherVersion(json));
  const { kiosk, week, signedIn, startedIn, version } = parsed.data;
  const secret = parsed.data.secret ?? (version === 1 ? signature : undefined);
  const counts = countsOf(parsed.data.counts, version, signature);
  if (!counts || secret === undefined) return fail('not-ours');
  // Correctly signed, but the file was renamed to another kiosk or week.
  if (kiosk !== claimed.kiosk || week !== claimed.week) return fail('wrong-kiosk');
  // A kiosk has no counts before its first week. Sums rely on that.
  if (week < startedIn) return fail('not-ours');
  const bundle = {
    kiosk,
    week: week as Week,
    signedIn: signedIn as Week,
    startedIn: startedIn as Week,
    secret,
    counts,
  };
  return ok({ bundle, signature });
};

const otherVersion = (json: unknown): BundleFault => {
  const headed = head.safeParse(json);
  if (!headed.success || headed.data.version <= BUNDLE_VERSION) return 'not-ours';
  return 'newer-version';
};

/** A week is normally signed in the following week. */
export const isLate = (bundle: Pick<Bundle, 'week' | 'signedIn'>): boolean =>
  bundle.signedIn > shiftWeek(bundle.week, 1);
