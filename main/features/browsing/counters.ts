/** The counters of this feature. */
export const browsingCounters = [
  'demarche.opened',
  'demarche.left-at-step',
  'browsing.blocked',
  'documents.attached',
  'machine.fault',
] as const;
export type BrowsingCounter = (typeof browsingCounters)[number];
