/** The counters of this feature. */
export const printingCounters = ['pages.printed', 'trouble.met', 'service.out'] as const;
export type PrintingCounter = (typeof printingCounters)[number];
