/** What this feature may count. */
export const scanningCounters = ['trouble.met', 'pages.scanned'] as const;
export type ScanningCounter = (typeof scanningCounters)[number];
