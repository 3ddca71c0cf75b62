/** What this feature may count. */
export const printingCounters = ['pages.printed', 'trouble.met', 'service.out'] as const;
export type PrintingCounter = (typeof printingCounters)[number];
