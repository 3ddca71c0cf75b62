/**
 * Takes the session's downloads one at a time. A site can finish two hundred of them within seconds, each an archive
 * that unpacks to 80 MB, and the decoder opens one after the other: those that wait must not fill our memory.
 */
import type { ArrivalRefusal } from '../../contract/documents.ts';
import type { Files } from '../../platform/files.ts';
import type { ArrivalFault, Arrivals } from './arrivals.ts';
import { filesOf } from './conversions/zip-files.ts';
import { MAX_FILE_BYTES } from './stored-document.ts';

export interface Download {
  readonly path: string;
  readonly name: string;
  /** Announce it over the current screen; otherwise it is added silently. */
  readonly asked: boolean;
  /** The visit of the site that sent it. Only its identity matters. */
  readonly visit: object;
  /** Called for each document of the file that is in the tray. */
  readonly onKept: () => void;
}

export interface Downloads {
  /** Resolves once the file is in the tray, refused, or dropped because the session ended. */
  take(download: Download): Promise<void>;
}

export interface DownloadsDeps {
  readonly files: Files;
  readonly arrivals: Arrivals;
  /** Aborted when the session ends. */
  readonly over: AbortSignal;
}

/**
 * Downloads that wait are read in advance up to this size together, since closing the site removes its files: a person
 * may close it while a letter is still being converted. The others stay on the disk, where they count towards the
 * site's own limit.
 */
const MAX_AHEAD_BYTES = 40_000_000;

/** Each of these may have kept the decoder busy for half a minute, while the person was waiting for a page. */
const HEAVY: ReadonlySet<ArrivalFault> = new Set(['too-heavy', 'too-complex']);
/** Two may be an accident. After them, no other file of the same visit is opened. */
const MOST_HEAVY = 2;

export const createDownloads = ({ files, arrivals, over }: DownloadsDeps): Downloads => {
  /** Resolves when all downloads so far are done. */
  let last: Promise<void> = Promise.resolve();
  let aheadBytes = 0;
  /** How many heavy files a visit has sent. */
  const heavy = new WeakMap<object, number>();
  const isStopped = (visit: object): boolean => (heavy.get(visit) ?? 0) >= MOST_HEAVY;
  const countHeavy = (visit: object): void => void heavy.set(visit, (heavy.get(visit) ?? 0) + 1);

  const readInTurn = async (path: string, sizeBytes: number, turn: Promise<void>, isDropped: () => boolean) => {
    if (aheadBytes + sizeBytes > MAX_AHEAD_BYTES) {
      await turn;
      return isDropped() ? undefined : files.readBytes(path);
    }
    aheadBytes += sizeBytes;
    try {
      const read = await files.readBytes(path);
      await turn;
      return read;
    } finally {
      aheadBytes -= sizeBytes;
    }
  };

  const takeInTurn = async ({ path, name, asked, visit, onKept }: Download, turn: Promise<void>): Promise<void> => {
    const refuse = (reason: ArrivalRefusal, names: readonly string[] = [name]): void =>
      arrivals.refuse(reason, { names, announced: asked });
    if (isStopped(visit)) return refuse('too-many-heavy');
    const isDropped = (): boolean => over.aborted || isStopped(visit);
    const facts = await files.stat(path);
    const sizeBytes = facts.ok ? facts.value.sizeBytes : 0;
    if (sizeBytes > MAX_FILE_BYTES) return refuse('too-large');
    const read = await readInTurn(path, sizeBytes, turn, isDropped);
    if (over.aborted) return;
    // It waited while the two heavy ones were opened. These are said even if the person did not ask for each of them.
    if (!read || isStopped(visit)) return arrivals.refuse('too-many-heavy', { names: [name] });
    if (!read.ok) return refuse('cut');
    for await (const file of filesOf({ name, bytes: read.value }, () => isStopped(visit))) {
      if (over.aborted) return;
      if ('refuse' in file) refuse(file.refuse, file.names);
      else {
        const added = await arrivals.take({ ...file, origin: 'download', announced: asked, onKept });
        if (!added.ok && HEAVY.has(added.error)) countHeavy(visit);
      }
    }
  };

  return {
    async take(download) {
      const turn = last;
      const taken = takeInTurn(download, turn);
      last = Promise.allSettled([turn, taken]).then(() => undefined);
      await taken;
    },
  };
};
