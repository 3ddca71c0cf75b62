/** Puts the signed figures of finished weeks in the folder (a shared drive, a WebDAV mount, a USB key), and the kiosk's own card. */
import { randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import type { Logger } from '../../log/logger.ts';
import { bundleName, newKeyPem, publicKeyText, signBundle, type Bundle, type PlaceType } from './bundle.ts';
import { shiftWeek, type Week } from './iso-week.ts';
import { KeyedCells } from './cells.ts';
import type { SiteFigures } from './publish.ts';

export interface BundleDeps {
  readonly files: Files;
  readonly logger: Logger;
  readonly folder: string;
  /** Holds the private key: mode 0600, in the kiosk's own state. */
  readonly keyFile: string;
  readonly kiosk: string;
  readonly place: string;
  readonly placeType: PlaceType;
}

/** How far back a folder that was away is filled again. */
const WEEKS_BACK = 26;

export const cardName = (kiosk: string): string => `${kiosk}.borne`;

const privateKey = async (deps: BundleDeps): Promise<string | undefined> => {
  const read = await deps.files.readText(deps.keyFile);
  if (read.ok) return read.value;
  if (read.error.kind !== 'missing') return undefined;
  const pem = newKeyPem();
  const written = await deps.files.writeAtomic(deps.keyFile, pem, { mode: 0o600 });
  return written.ok ? pem : undefined;
};

/** Answers how many files were written, or what kept the rest from it (logged); what is there already is left alone. */
export const writeBundles = async (deps: BundleDeps, site: SiteFigures): Promise<Result<number, string>> => {
  const key = await privateKey(deps);
  const listed = await deps.files.list(deps.folder);
  if (key === undefined || !listed.ok) {
    const reason = key === undefined ? 'key' : listed.ok ? '' : listed.error.kind;
    deps.logger.log('usage.bundle-failed', { reason });
    return fail(reason);
  }
  const there = new Set(listed.value.map((entry) => entry.name));
  const write = async (name: string, text: string): Promise<Result<null, string>> => {
    const written = await deps.files.writeAtomic(`${deps.folder}/${name}`, text, { mode: 0o644 });
    if (written.ok) return written;
    deps.logger.log('usage.bundle-failed', { reason: written.error.kind });
    return fail(written.error.kind);
  };
  if (!there.has(cardName(deps.kiosk))) {
    const card = { kiosk: deps.kiosk, place: deps.place, placeType: deps.placeType, publicKey: publicKeyText(key) };
    const written = await write(cardName(deps.kiosk), `${JSON.stringify(card, null, 2)}\n`);
    if (!written.ok) return written;
  }
  let count = 0;
  for (let week = shiftWeek(site.current, -WEEKS_BACK); week < site.current; week = shiftWeek(week, 1)) {
    if (week < site.startedIn || week < site.keptFrom || there.has(bundleName(deps.kiosk, week))) continue;
    const bundle = {
      kiosk: deps.kiosk,
      week,
      signedIn: site.current,
      startedIn: site.startedIn,
      ...countsOf(site, week),
    };
    const written = await write(bundleName(deps.kiosk, week), signBundle(bundle, key));
    if (!written.ok) return written;
    count += 1;
  }
  if (count > 0) deps.logger.log('usage.bundle-written', { count });
  return ok(count);
};

/** An empty week is written too: a silent site and one that nobody used are not the same. */
const countsOf = (site: SiteFigures, week: Week): Pick<Bundle, 'counts' | 'secret'> => {
  const cells = site.weeks.get(week);
  return cells instanceof KeyedCells
    ? { counts: cells.counts, secret: cells.secret }
    : { counts: new Map(), secret: randomBytes(16).toString('hex') };
};
