/** The counters of this feature. */
export const scanningCounters = ['trouble.met', 'pages.scanned', 'document.held'] as const;
export type ScanningCounter = (typeof scanningCounters)[number];
