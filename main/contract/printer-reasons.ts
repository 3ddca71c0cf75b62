/** Without zod: the screens read this table itself, not only its types. */

/**
 * Every condition of a printer that a person can meet. `who` can mend it; `blocks`: no page comes while it lasts
 * (the job waits in the printer and goes on by itself once mended, except where `job` says otherwise).
 */
export const printerReasons = {
  'paper-out': { who: 'agent', blocks: true, picture: 'paper-out' },
  'paper-wrong': { who: 'agent', blocks: true, picture: 'paper-wrong' },
  'paper-low': { who: 'nobody', blocks: false, picture: 'paper-out' },
  'paper-by-hand': { who: 'agent', blocks: true, picture: 'paper-wrong' },
  jam: { who: 'agent', blocks: true, picture: 'jam' },
  'cover-open': { who: 'person', blocks: true, picture: 'cover' },
  'tray-missing': { who: 'person', blocks: true, picture: 'tray' },
  'output-full': { who: 'person', blocks: true, picture: 'output' },
  'output-nearly-full': { who: 'person', blocks: false, picture: 'output' },
  'output-missing': { who: 'agent', blocks: true, picture: 'tray' },
  'toner-low': { who: 'nobody', blocks: false, picture: 'toner' },
  'toner-empty': { who: 'agent', blocks: true, picture: 'toner' },
  'waste-full': { who: 'agent', blocks: true, picture: 'service' },
  offline: { who: 'agent', blocks: true, picture: 'offline' },
  connecting: { who: 'nobody', blocks: false, picture: 'wait' },
  paused: { who: 'agent', blocks: true, picture: 'paused' },
  /** The queue keeps the document back: somebody or some rule must let it go. */
  held: { who: 'agent', blocks: true, picture: 'paused' },
  /** No reason is given, and nothing moves. */
  stalled: { who: 'agent', blocks: true, picture: 'wait' },
  quota: { who: 'agent', blocks: true, picture: 'paused' },
  busy: { who: 'nobody', blocks: false, picture: 'wait' },
  warming: { who: 'nobody', blocks: false, picture: 'wait' },
  'memory-full': { who: 'agent', blocks: true, picture: 'service' },
  'login-wanted': { who: 'agent', blocks: true, picture: 'service' },
  service: { who: 'agent', blocks: true, picture: 'service' },
} as const;
export type PrinterReason = keyof typeof printerReasons;
export type ReasonPicture = (typeof printerReasons)[PrinterReason]['picture'];
