/** The counters of this feature. */
export const documentsCounters = [
  'document.held',
  'documents.downloaded',
  'documents.filled',
  'documents.kept',
  'documents.no-room',
  'machine.fault',
] as const;
export type DocumentsCounter = (typeof documentsCounters)[number];
