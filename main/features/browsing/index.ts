/** The browsing feature on this kiosk's shell. */
import { neighbours } from '../../platform/network/networks.ts';
import { defineFeature } from '../feature.ts';
import { createBrowsing, type BrowsingDeps } from './browsing.ts';
import { browsingCounters } from './counters.ts';

export type BrowsingPorts = Pick<
  BrowsingDeps,
  | 'onPrintWanted'
  | 'onDownloadBegun'
  | 'onDownload'
  | 'onDownloadFailed'
  | 'onDownloadRefused'
  | 'onBlocked'
  | 'onClockBehind'
  | 'filesForPage'
>;

export const browsingFeature = defineFeature({
  name: 'browsing',
  counters: browsingCounters,
  open(kiosk, ports: BrowsingPorts) {
    const browsing = createBrowsing({
      ...kiosk,
      ...ports,
      isNeighbour: neighbours(kiosk.clock),
      onKeyboardLeft: (how) => kiosk.emit('keyboardLeft', how),
      emptyClipboard: async () => kiosk.view()?.clearClipboard(),
    });
    return { ...browsing, wipes: [browsing.wipe] };
  },
});
