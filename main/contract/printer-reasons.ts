/** Without zod, because the screens import this table itself and not only its types. */

/**
 * Every condition of a printer that a person can meet. `who`: who can fix it. `blocks`: no page comes out while it
 * lasts, unless the printer says it of a tray or supply that the job does not need: that counts once nothing moves. The
 * job waits in the printer and resumes by itself once it is fixed.
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
  /** The queue holds the document: a person or a rule must release it. */
  held: { who: 'agent', blocks: true, picture: 'paused' },
  /** The printer gives no reason, and nothing moves. */
  stalled: { who: 'agent', blocks: true, picture: 'wait' },
  quota: { who: 'agent', blocks: true, picture: 'paused' },
  busy: { who: 'nobody', blocks: false, picture: 'wait' },
  warming: { who: 'nobody', blocks: false, picture: 'wait' },
  'memory-full': { who: 'agent', blocks: true, picture: 'service' },
  'login-wanted': { who: 'agent', blocks: true, picture: 'service' },
  service: { who: 'agent', blocks: true, picture: 'service' },
} as const;
export type PrinterReason = keyof typeof printerReasons;
/** As long as it has not stopped, a printer says these of one tray, of one cartridge, or of a moment ago. */
const onePartReasons = [
  'paper-out',
  'paper-wrong',
  'paper-by-hand',
  'toner-empty',
  'waste-full',
  'memory-full',
] as const satisfies readonly PrinterReason[];
export type OnePartReason = (typeof onePartReasons)[number];
export const isOfOnePart = (reason: PrinterReason): reason is OnePartReason =>
  (onePartReasons as readonly PrinterReason[]).includes(reason);
export const isBlocking = (reason: PrinterReason): boolean => printerReasons[reason].blocks;
export type ReasonPicture = (typeof printerReasons)[PrinterReason]['picture'];
