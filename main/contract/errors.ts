/**
 * The codes that the dispatcher itself answers with, for any feature. `session.not-ready`: not allowed in this phase of
 * the session.
 */
export const dispatcherErrors = [
  'contract.refused',
  'contract.unknown-message',
  'session.not-ready',
  'kiosk.bug',
] as const;
export type DispatcherError = (typeof dispatcherErrors)[number];
