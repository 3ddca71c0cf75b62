/** What browsing needs from the rest of the kiosk, doing nothing: a test replaces the parts that it looks at. */
import type { BrowsingDeps } from '../../main/features/browsing/browsing.ts';

export const quietKiosk: Omit<BrowsingDeps, 'clock' | 'logger' | 'shell' | 'config' | 'publish'> = {
  isNeighbour: () => false,
  counts: { add: () => undefined },
  idleLocks: { acquire: () => () => undefined },
  filesForPage: async () => ({ ok: false, error: 'gone' }),
  onPrintWanted: () => undefined,
  onDownloadBegun: () => undefined,
  onDownload: async () => undefined,
  onDownloadFailed: () => undefined,
  onDownloadRefused: () => undefined,
  emptyClipboard: async () => undefined,
  onBlocked: () => undefined,
  onClockBehind: () => undefined,
  onKeyboardLeft: () => undefined,
};
