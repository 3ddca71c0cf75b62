/** The counters of this feature. */
export const browsingCounters = [
  'demarche.opened',
  'demarche.finished',
  'demarche.left-at-step',
  'site.opened',
  'form.sent',
  'browsing.blocked',
  'documents.attached',
  'machine.fault',
] as const;
export type BrowsingCounter = (typeof browsingCounters)[number];
