/** Codes that the dispatcher itself answers, whatever the feature. */
export const dispatcherErrors = ['contract.refused', 'contract.unknown-message', 'kiosk.bug'] as const;
export type DispatcherError = (typeof dispatcherErrors)[number];
