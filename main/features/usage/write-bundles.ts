/**
 * Puts the figures of finished weeks in the folder (a shared drive, a WebDAV mount, a USB key), signed by this kiosk and sealed for the
 * Département, and the kiosk's own card. What is older than what the kiosk keeps is taken away again.
 */
import { randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import type { Logger } from '../../log/logger.ts';
import { bundleName, claimOf, newKeyPem, publicKeyText, signBundle, type Bundle, type PlaceType } from './bundle.ts';
import { KeyedCells } from './cells.ts';
import { shiftWeek, type Week } from './iso-week.ts';
import type { SiteFigures } from './publish.ts';
import { kioskCard, keyEnding, type KioskCard } from './register.ts';
import { seal } from './seal.ts';

export interface BundleDeps {
  readonly files: Files;
  readonly logger: Logger;
  readonly folder: string;
  /** The Département's public key. */
  readonly recipient: string;
  /** Holds the private key: mode 0600, in the kiosk's own state. */
  readonly keyFile: string;
  readonly kiosk: string;
  readonly place: string;
  readonly placeType: PlaceType;
}

export interface Delivered {
  readonly written: number;
  /** The folder holds a card of this kiosk with another key: the PC was replaced, or somebody else says to be this kiosk. */
  readonly otherKey: boolean;
}

/** How far back a folder that was away is filled again. */
const WEEKS_BACK = 26;
const MOST_CARD_BYTES = 10_000;

export const cardName = (kiosk: string): string => `${kiosk}.borne`;
/** Beside the card of another key, which a person has to judge. */
export const secondCardName = (kiosk: string, publicKey: string): string =>
  `${kiosk}.${keyEnding(publicKey).replaceAll(' ', '')}.borne`;

/** Made the first time that it is asked for. */
export const kioskKey = async (files: Files, keyFile: string): Promise<string | undefined> => {
  const read = await files.readText(keyFile);
  if (read.ok) return read.value;
  if (read.error.kind !== 'missing') return undefined;
  const pem = newKeyPem();
  const written = await files.writeAtomic(keyFile, pem, { mode: 0o600 });
  return written.ok ? pem : undefined;
};

export const readCard = async (files: Files, path: string): Promise<KioskCard | undefined> => {
  const read = await files.readUpTo(path, MOST_CARD_BYTES);
  if (!read.ok) return undefined;
  try {
    return kioskCard.safeParse(JSON.parse(Buffer.from(read.value).toString('utf8'))).data;
  } catch {
    return undefined;
  }
};

/** Answers what was written, or what kept the rest from it (logged); what is there already is left alone. */
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
  if (!there.has(card)) {
    const { place, placeType } = deps;
    const written = await write(card, `${JSON.stringify({ kiosk, place, placeType, publicKey }, null, 2)}\n`);
    if (!written.ok) return written;
  }
  let count = 0;
  for (let week = shiftWeek(site.current, -WEEKS_BACK); week < site.current; week = shiftWeek(week, 1)) {
    if (week < site.startedIn || week < site.keptFrom || there.has(bundleName(kiosk, week))) continue;
    const bundle = { kiosk, week, signedIn: site.current, startedIn: site.startedIn, ...countsOf(site, week) };
    const written = await write(bundleName(kiosk, week), await seal(signBundle(bundle, key), deps.recipient));
    if (!written.ok) return written;
    count += 1;
  }
  // A kiosk that began anew has erased nothing: what it sent before is all that is left of it.
  const hasErased = site.keptFrom > site.startedIn;
  for (const name of there) {
    const claimed = claimOf(name);
    if (hasErased && claimed?.kiosk === kiosk && claimed.week < site.keptFrom) await files.remove(`${folder}/${name}`);
  }
  if (count > 0) deps.logger.log('usage.bundle-written', { count });
  return ok({ written: count, otherKey });
};

/** An empty week is written too: a silent site and one that nobody used are not the same. */
const countsOf = (site: SiteFigures, week: Week): Pick<Bundle, 'counts' | 'secret'> => {
  const cells = site.weeks.get(week);
  return cells instanceof KeyedCells
    ? { counts: cells.counts, secret: cells.secret }
    : { counts: new Map(), secret: randomBytes(16).toString('hex') };
};
