/**
 * The kiosks that the Département trusts, with their keys and the weeks that each key is valid for. The register is
 * kept outside the share, beside the Département's own keys, and is signed: write access to the share cannot add a
 * kiosk.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import { newKeyPem, placeTypes, readPublicKey } from './bundle.ts';
import { parseWeek, type Week } from './iso-week.ts';
import { isSealKey, newSealPair, type SealPair } from './seal.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);
const key = z.string().refine((text) => readPublicKey(text) !== undefined);
const week = z.string().refine((text) => parseWeek(text) !== undefined);
const place = z
  .string()
  .min(1)
  .max(80)
  .refine((text) => !/\p{C}/u.test(text));

/** The card that a kiosk puts in the share. It is not trusted until a person has compared the end of its key. */
export const kioskCard = z.strictObject({ kiosk: slug, place, placeType: z.enum(placeTypes), publicKey: key });
export type KioskCard = z.output<typeof kioskCard>;

const trustedKiosk = z.strictObject({
  kiosk: slug,
  place,
  placeType: z.enum(placeTypes),
  /** Several, because a replaced PC has a new key. Each key stays valid for its own weeks. */
  keys: z
    .array(z.strictObject({ publicKey: key, from: week, until: week.nullable() }))
    .min(1)
    .readonly(),
});
export type TrustedKiosk = z.output<typeof trustedKiosk>;
const register = z.strictObject({
  format: z.literal('point-numerique/bornes'),
  version: z.literal(1),
  kiosks: z.array(trustedKiosk).readonly(),
});

/** The end of a key's hash, which a person compares with the one shown at the kiosk: `a1b2 c3d4 e5f6 0718`. */
export const keyEnding = (publicKey: string): string =>
  (createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(-16).match(/.{4}/g) ?? []).join(
    ' ',
  );

export const FILES = {
  register: 'bornes-signees.json',
  signing: 'cle-de-signature.pem',
  sealing: 'cle-de-lecture.json',
} as const;

export interface Trust {
  /** The end of the Département's signing key. It identifies the Département's weeks in a store shared with others. */
  readonly owner: string;
  readonly kiosks: readonly TrustedKiosk[];
  readonly pair: SealPair;
}

const sealPair = z.strictObject({
  publicKey: z.string().refine(isSealKey),
  privateKey: z.string().refine(isSealKey),
});
const parsed = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

export type TrustFault = 'missing' | 'unreadable' | 'wrong' | 'not-signed';

export const readTrust = async (files: Files, folder: string): Promise<Result<Trust, TrustFault>> => {
  const [list, signing, sealing] = await Promise.all(
    [FILES.register, FILES.signing, FILES.sealing].map((name) => files.readText(`${folder}/${name}`)),
  );
  if (!list || !signing || !sealing) return fail('missing');
  for (const one of [list, signing, sealing]) if (!one.ok) return fail(one.error.kind === 'missing' ? 'missing' : 'unreadable'); // prettier-ignore
  if (!list.ok || !signing.ok || !sealing.ok) return fail('unreadable');
  const pair = parsed(sealPair, sealing.value);
  const [body = '', signature = '', end] = list.value.split('\n');
  if (!pair || end !== '') return fail('wrong');
  let ours: KeyObject;
  try {
    ours = createPublicKey(createPrivateKey(signing.value));
  } catch {
    return fail('wrong');
  }
  if (!verify(null, Buffer.from(body), ours, Buffer.from(signature, 'base64'))) return fail('not-signed');
  const known = parsed(register, body);
  const owner = keyEnding(ours.export({ type: 'spki', format: 'der' }).toString('base64')).replaceAll(' ', '');
  return known ? ok({ owner, kiosks: known.kiosks, pair }) : fail('wrong');
};

export const writeRegister = async (
  files: Files,
  folder: string,
  kiosks: readonly TrustedKiosk[],
): Promise<Result<null, string>> => {
  const signing = await files.readText(`${folder}/${FILES.signing}`);
  if (!signing.ok) return fail(signing.error.kind);
  const sorted = [...kiosks].sort((a, b) => (a.kiosk < b.kiosk ? -1 : 1));
  const body = JSON.stringify({ format: 'point-numerique/bornes', version: 1, kiosks: sorted });
  const signature = sign(null, Buffer.from(body), createPrivateKey(signing.value)).toString('base64');
  const written = await files.writeAtomic(`${folder}/${FILES.register}`, `${body}\n${signature}\n`, { mode: 0o600 });
  return written.ok ? ok(null) : fail(written.error.kind);
};

/** Creates the Département's keys and an empty register. Returns the public key for the kiosks' configuration. */
export const createTrust = async (files: Files, folder: string): Promise<Result<string, string>> => {
  const made = await files.mkdir(folder, 0o700);
  if (!made.ok) return fail(made.error.kind);
  if (await files.exists(`${folder}/${FILES.register}`)) return fail('already');
  const contents = { [FILES.signing]: newKeyPem, [FILES.sealing]: () => `${JSON.stringify(newSealPair())}\n` };
  for (const [name, content] of Object.entries(contents)) {
    // A key that is there comes from an earlier run that a power cut or a full disk stopped.
    if (await files.exists(`${folder}/${name}`)) continue;
    const kept = await files.writeAtomic(`${folder}/${name}`, content(), { mode: 0o600 });
    if (!kept.ok) return fail(kept.error.kind);
  }
  const sealing = await files.readText(`${folder}/${FILES.sealing}`);
  const pair = sealing.ok ? parsed(sealPair, sealing.value) : undefined;
  if (!pair) return fail(sealing.ok ? 'wrong' : sealing.error.kind);
  const written = await writeRegister(files, folder, []);
  return written.ok ? ok(pair.publicKey) : written;
};

/**
 * Adds a kiosk, or a key of a known kiosk, valid from the week `from` on and without an end. A key that is known
 * already keeps its earlier weeks: this undoes a start or an end that was mistyped, and takes a changed place from the
 * card.
 */
export const withCard = (kiosks: readonly TrustedKiosk[], card: KioskCard, from: Week): readonly TrustedKiosk[] => {
  const before = kiosks.find(({ kiosk }) => kiosk === card.kiosk);
  const { kiosk, place: named, placeType, publicKey } = card;
  const known = before?.keys.find((one) => one.publicKey === publicKey);
  // Both keys are valid in the week of the change: a PC may be replaced on a Wednesday.
  const others = (before?.keys ?? [])
    .filter((one) => one !== known)
    .map((one) => ({ ...one, until: one.until ?? from }));
  const own = { publicKey, from: known && known.from < from ? known.from : from, until: null };
  return [...kiosks.filter((one) => one !== before), { kiosk, place: named, placeType, keys: [...others, own] }];
};

/** The weeks in which a kiosk should send its figures. */
export interface ExpectedWeeks {
  readonly from: Week;
  /** Of a kiosk that was ended. */
  readonly until: Week | null;
}
export const expectedWeeks = ({ keys }: TrustedKiosk): ExpectedWeeks => {
  const starts = keys.map(({ from }) => from).sort();
  const ends = keys.map(({ until }) => until);
  const last = ends.includes(null) ? null : (ends.sort().at(-1) ?? null);
  return { from: starts[0] as Week, until: last as Week | null };
};

/** The keys valid for a week of a kiosk; undefined when the kiosk is unknown. */
export const keysFor = (
  kiosks: readonly TrustedKiosk[],
): ((kiosk: string, week: string) => readonly Buffer[] | undefined) => {
  const known = new Map(
    kiosks.map(({ kiosk, keys }) => [kiosk, keys.map((one) => ({ ...one, key: readPublicKey(one.publicKey) }))]),
  );
  return (kiosk, wanted) =>
    known.get(kiosk)?.flatMap(({ key: one, from, until }) => (one && wanted >= from && (until === null || wanted <= until) ? [one] : [])); // prettier-ignore
};

/** Public keys, by kiosk, that are on cards of the share but not in the register. */
export type CardKeys = ReadonlyMap<string, readonly string[]>;

/** The keys of a kiosk for any week, and those of its cards. They only tell why a week is refused. */
export const everyKeyFor =
  (kiosks: readonly TrustedKiosk[], cards: CardKeys): ((kiosk: string) => readonly Buffer[]) =>
  (kiosk) => {
    const registered = kiosks.find((one) => one.kiosk === kiosk)?.keys.map(({ publicKey }) => publicKey) ?? [];
    return [...registered, ...(cards.get(kiosk) ?? [])].flatMap((text) => readPublicKey(text) ?? []);
  };
