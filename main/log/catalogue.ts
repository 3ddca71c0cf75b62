/** Every event the kiosk may log, with its meaning. One file a feature in `events/`, gathered here. */
import { kioskEvents } from './events/kiosk.ts';
import { printingEvents } from './events/printing.ts';
import { scanningEvents } from './events/scanning.ts';
import { sessionEvents } from './events/session.ts';
import { shellEvents } from './events/shell.ts';
import { usageEvents } from './events/usage.ts';

export const catalogue = {
  ...kioskEvents,
  ...printingEvents,
  ...scanningEvents,
  ...sessionEvents,
  ...shellEvents,
  ...usageEvents,
} as const;

export type EventId = keyof typeof catalogue;
