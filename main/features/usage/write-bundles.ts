/**
 * Writes the figures of finished weeks to the folder (a shared drive, a WebDAV mount, a USB key), signed by this kiosk
 * and sealed for the Département, together with the kiosk's card. Removes the kiosk's weeks that it no longer keeps
 * itself.
 */
import { randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import type { Logger } from '../../log/logger.ts';
import { bundleName, claimOf, newKeyPem, publicKeyText, signBundle, type Bundle, type PlaceType } from './bundle.ts';
import { KeyedCells } from './cells.ts';
import { shiftWeek, type Week } from './iso-week.ts';
import { recordWeek } from './name-shared.ts';
import type { SiteFigures } from './publish.ts';
import { kioskCard, keyEnding, type KioskCard } from './register.ts';
import { seal } from './seal.ts';

export interface BundleDeps {
  readonly files: Files;
  readonly logger: Logger;
  readonly folder: string;
  /** The Département's public key. */
  readonly recipient: string;
  /** The file of the private key: mode 0600, in the kiosk's state folder. */
  readonly keyFile: string;
  /** The weeks that this kiosk wrote itself, in its state folder (`name-shared.ts`). */
  readonly recordFile: string;
  readonly kiosk: string;
  readonly place: string;
  readonly placeType: PlaceType;
}

export interface Delivered {
  readonly written: number;
  /** The folder has a card of this kiosk with another key: the PC was replaced, or another machine claims its name. */
  readonly otherKey: boolean;
  /** Another kiosk delivers under this name. Weeks that it wrote are left alone, so this kiosk's are not delivered. */
  readonly nameShared: boolean;
}

/** How many past weeks are written to a folder that was unreachable or new. */
const WEEKS_BACK = 26;
const MAX_CARD_BYTES = 10_000;

export const cardName = (kiosk: string): string => `${kiosk}.borne`;
/** The name of this kiosk's card when the folder has one with another key. A person must decide which is right. */
export const secondCardName = (kiosk: string, publicKey: string): string =>
  `${kiosk}.${keyEnding(publicKey).replaceAll(' ', '')}.borne`;

/** Reads the kiosk's private key. Creates it on the first call. */
const kioskKey = async (files: Files, keyFile: string): Promise<string | undefined> => {
  const read = await files.readText(keyFile);
  if (read.ok) return read.value;
  if (read.error.kind !== 'missing') return undefined;
  const pem = newKeyPem();
  const written = await files.writeAtomic(keyFile, pem, { mode: 0o600 });
  return written.ok ? pem : undefined;
};

export const kioskKeyEnding = async (files: Files, keyFile: string): Promise<string | undefined> => {
  const pem = await kioskKey(files, keyFile);
  return pem === undefined ? undefined : keyEnding(publicKeyText(pem));
};

export const readCard = async (files: Files, path: string): Promise<KioskCard | undefined> => {
  const read = await files.readUpTo(path, MAX_CARD_BYTES);
  if (!read.ok) return undefined;
  try {
    return kioskCard.safeParse(JSON.parse(Buffer.from(read.value).toString('utf8'))).data;
  } catch {
    return undefined;
  }
};

/** Returns what was written, or why writing failed (also logged). Existing files are left alone. */
export const writeBundles = async (deps: BundleDeps, site: SiteFigures): Promise<Result<Delivered, string>> => {
  const { files, folder, kiosk } = deps;
  const key = await kioskKey(files, deps.keyFile);
  const listed = await files.list(folder);
  if (key === undefined || !listed.ok) {
    const reason = key === undefined ? 'key' : listed.ok ? '' : listed.error.kind;
    deps.logger.log('usage.bundle-failed', { reason });
    return fail(reason);
  }
  const there = new Set(listed.value.map((entry) => entry.name));
  const write = async (name: string, content: string | Uint8Array): Promise<Result<null, string>> => {
    const written = await files.writeAtomic(`${folder}/${name}`, content, { mode: 0o644 });
    if (written.ok) return written;
    deps.logger.log('usage.bundle-failed', { reason: written.error.kind });
    return fail(written.error.kind);
  };
  const publicKey = publicKeyText(key);
  const known = there.has(cardName(kiosk)) ? await readCard(files, `${folder}/${cardName(kiosk)}`) : undefined;
  const otherKey = there.has(cardName(kiosk)) && known?.publicKey !== publicKey;
  const card = otherKey ? secondCardName(kiosk, publicKey) : cardName(kiosk);
  const { place, placeType } = deps;
  const hasMoved = known?.publicKey === publicKey && (known.place !== place || known.placeType !== placeType);
  if (!there.has(card) || hasMoved) {
    const written = await write(card, `${JSON.stringify({ kiosk, place, placeType, publicKey }, null, 2)}\n`);
    if (!written.ok) return written;
  }
  const last = shiftWeek(site.current, -1);
  const recorded =
    last < site.startedIn
      ? ok({ nameShared: false })
      : await recordWeek(deps, last, there.has(bundleName(kiosk, last)));
  if (!recorded.ok) {
    deps.logger.log('usage.bundle-failed', { reason: recorded.error });
    return recorded;
  }
  let count = 0;
  for (let week = shiftWeek(site.current, -WEEKS_BACK); week < site.current; week = shiftWeek(week, 1)) {
    if (week < site.startedIn || week < site.keptFrom || there.has(bundleName(kiosk, week))) continue;
    const bundle = { kiosk, week, signedIn: site.current, startedIn: site.startedIn, ...countsOf(site, week) };
    const written = await write(bundleName(kiosk, week), seal(signBundle(bundle, key), deps.recipient));
    if (!written.ok) return written;
    count += 1;
  }
  // A kiosk with a new database has erased nothing. The weeks it sent before are the only copy, so keep them.
  const hasErased = site.keptFrom > site.startedIn;
  for (const name of there) {
    const claimed = claimOf(name);
    if (hasErased && claimed?.kiosk === kiosk && claimed.week < site.keptFrom) await files.remove(`${folder}/${name}`);
  }
  if (count > 0) deps.logger.log('usage.bundle-written', { count });
  return ok({ written: count, otherKey, nameShared: recorded.value.nameShared });
};

/** A week without counts is written too, so that an unused kiosk can be told from a silent one. */
const countsOf = (site: SiteFigures, week: Week): Pick<Bundle, 'counts' | 'secret'> => {
  const cells = site.weeks.get(week);
  return cells instanceof KeyedCells
    ? { counts: cells.counts, secret: cells.secret }
    : { counts: new Map(), secret: randomBytes(16).toString('hex') };
};
