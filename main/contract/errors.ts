/** Codes that the dispatcher itself answers, whatever the feature. `session.not-ready`: not in this phase of the session. */
export const dispatcherErrors = [
  'contract.refused',
  'contract.unknown-message',
  'session.not-ready',
  'kiosk.bug',
] as const;
export type DispatcherError = (typeof dispatcherErrors)[number];
