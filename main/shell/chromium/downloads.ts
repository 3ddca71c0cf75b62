/**
 * A guest's downloads: saved in the session's own folder under a name that the browser generates, without a dialog,
 * within limits.
 */
import type { CdpSession } from '../guest/cdp-session.ts';
import { countDownloads, cutName, MAX_DOWNLOAD_BYTES } from '../guest/download-limits.ts';
import type { GuestEvent } from '../port.ts';

export interface DownloadDeps {
  readonly root: CdpSession;
  readonly folder: string;
  /** Path of a finished download; undefined when it is not a plain file of the browser. */
  readonly take: (guid: string) => string | undefined;
  readonly emit: (event: GuestEvent) => void;
  /** Called at the start and at the end of a download: what this frame requested is saved, not shown. */
  readonly onDocument?: (frameId: string, goesOn: boolean) => void;
}

export const catchDownloads = async ({ root, folder, take, emit, onDocument }: DownloadDeps): Promise<void> => {
  const running = new Map<
    string,
    { readonly name: string; readonly url: string; readonly frameId: string; tooLarge?: true }
  >();
  const count = countDownloads();
  // It may have ended already.
  const cancel = (guid: string): void => void root.send('Browser.cancelDownload', { guid }).catch(() => undefined);
  root.on('Browser.downloadWillBegin', ({ guid, suggestedFilename, url, frameId }) => {
    onDocument?.(frameId, true);
    const suggestedName = cutName(suggestedFilename);
    const limit = count.begin();
    if (limit !== undefined) {
      cancel(guid);
      onDocument?.(frameId, false);
      return emit({ kind: 'download-refused', suggestedName, limit, began: false });
    }
    running.set(guid, { name: suggestedName, url, frameId });
    emit({ kind: 'download-started', suggestedName });
  });
  root.on('Browser.downloadProgress', ({ guid, state, totalBytes, receivedBytes }) => {
    const download = running.get(guid);
    if (!download) return;
    if (state === 'inProgress') {
      if (Math.max(totalBytes, receivedBytes) <= MAX_DOWNLOAD_BYTES) return;
      download.tooLarge = true; // reported once it is cancelled
      return cancel(guid);
    }
    running.delete(guid);
    count.end();
    onDocument?.(download.frameId, false);
    const path = state === 'completed' && !download.tooLarge ? take(guid) : undefined;
    const suggestedName = download.name;
    if (path !== undefined) emit({ kind: 'download-done', path, suggestedName, url: download.url });
    else if (download.tooLarge) emit({ kind: 'download-refused', suggestedName, limit: 'too-large', began: true });
    else emit({ kind: 'download-failed', suggestedName });
  });
  await root.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  });
};
