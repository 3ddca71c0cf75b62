/**
 * Takes the session's downloads one at a time. A site can finish two hundred of them within seconds, each an archive
 * that unpacks to 80 MB, and the decoder opens one after the other: those that wait must not fill our memory.
 */
import type { Files } from '../../platform/files.ts';
import type { Arrivals } from './arrivals.ts';
import { filesOf } from './conversions/zip-papers.ts';
import { MAX_FILE_BYTES } from './shelf.ts';

export interface Download {
  readonly path: string;
  readonly name: string;
  /** Announce it over the current screen; otherwise it is added silently. */
  readonly asked: boolean;
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
 * may close it while a letter is still being converted. Any more wait on the disk, where the site's own limit counts
 * them.
 */
const MAX_AHEAD_BYTES = 40_000_000;

export const createDownloads = ({ files, arrivals, over }: DownloadsDeps): Downloads => {
  /** Resolves when all downloads so far are done. */
  let last: Promise<void> = Promise.resolve();
  let aheadBytes = 0;

  const readInTurn = async (path: string, sizeBytes: number, turn: Promise<void>) => {
    if (aheadBytes + sizeBytes > MAX_AHEAD_BYTES) {
      await turn;
      return over.aborted ? undefined : files.readBytes(path);
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

  const takeInTurn = async ({ path, name, asked }: Download, turn: Promise<void>): Promise<void> => {
    const facts = await files.stat(path);
    const sizeBytes = facts.ok ? facts.value.sizeBytes : 0;
    if (sizeBytes > MAX_FILE_BYTES) return arrivals.refuse('too-large', asked);
    const read = await readInTurn(path, sizeBytes, turn);
    if (!read || over.aborted) return;
    if (!read.ok) return arrivals.refuse('cut', asked);
    for await (const file of filesOf({ name, bytes: read.value })) {
      if (over.aborted) return;
      await arrivals.take({ ...file, origin: 'download', announced: asked });
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
