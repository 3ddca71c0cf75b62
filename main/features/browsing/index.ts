/** The browsing feature on this kiosk's shell. */
import type { TextSize } from '../../contract/session.ts';
import { neighbours } from '../../platform/network.ts';
import { defineFeature } from '../feature.ts';
import { createBrowsing, type BrowsingDeps } from './browsing.ts';
import { browsingCounters } from './counters.ts';

export type BrowsingPorts = Pick<
  BrowsingDeps,
  | 'onPrintWanted'
  | 'onDownload'
  | 'onDownloadFailed'
  | 'onDownloadRefused'
  | 'onBlocked'
  | 'onClockBehind'
  | 'filesForPage'
>;

/** Sites get less zoom than our screens: their layouts break sooner. */
const SITE_ZOOM: Readonly<Record<TextSize, number>> = { normal: 1, large: 1.15, larger: 1.3, largest: 1.5 };

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
    return {
      ...browsing,
      wipes: [browsing.wipe],
      preferencesChanged: ({ textSize }) => browsing.setZoom(SITE_ZOOM[textSize]),
    };
  },
});
