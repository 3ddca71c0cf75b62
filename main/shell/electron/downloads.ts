/** Saves a guest's downloads in the session's own folder under a random name, without a dialog, within limits. */
import { join } from 'node:path';
import { countDownloads, cutName, MAX_DOWNLOAD_BYTES } from '../guest/download-limits.ts';
import type { GuestEvent } from '../port.ts';
import type { BrowsingSession } from './electron-api.ts';

export interface DownloadDeps {
  readonly folder: string;
  readonly randomId: () => string;
  readonly contentsId: number;
  readonly emit: (event: GuestEvent) => void;
}

/** Returns a function that cancels all running downloads. */
export const catchDownloads = (session: BrowsingSession, deps: DownloadDeps): (() => void) => {
  const running = new Map<string, () => void>();
  const count = countDownloads();
  session.on('will-download', (event, item, contents) => {
    const suggestedName = cutName(item.getFilename());
    if (contents?.id !== deps.contentsId) return event.preventDefault();
    const limit = item.getTotalBytes() > MAX_DOWNLOAD_BYTES ? 'too-large' : count.begin();
    if (limit !== undefined) {
      event.preventDefault();
      return deps.emit({ kind: 'download-refused', suggestedName, limit, began: false });
    }
    let tooLarge = false;
    const id = deps.randomId();
    const path = join(deps.folder, id);
    item.setSavePath(path);
    running.set(id, () => item.cancel());
    deps.emit({ kind: 'download-started', suggestedName });
    item.on('updated', (_event, state) => {
      tooLarge = item.getReceivedBytes() > MAX_DOWNLOAD_BYTES;
      // Electron keeps an interrupted download open until someone resumes it (`DownloadItem::OnDownloadUpdated`).
      if (tooLarge || state === 'interrupted') item.cancel();
    });
    item.on('done', (_event, state) => {
      running.delete(id);
      count.end();
      if (tooLarge) return deps.emit({ kind: 'download-refused', suggestedName, limit: 'too-large', began: true });
      if (state !== 'completed') return deps.emit({ kind: 'download-failed', suggestedName });
      deps.emit({ kind: 'download-done', path, suggestedName, url: item.getURL() });
    });
  });
  return () => {
    for (const cancel of [...running.values()]) cancel();
  };
};
