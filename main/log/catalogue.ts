/** Every event the kiosk may log, with its meaning. One file a feature in `events/`, gathered here. */
import { directoryEvents } from './events/directory.ts';
import { kioskEvents } from './events/kiosk.ts';
import { mapEvents } from './events/map.ts';
import { printingEvents } from './events/printing.ts';
import { scanningEvents } from './events/scanning.ts';
import { sessionEvents } from './events/session.ts';
import { shellEvents } from './events/shell.ts';
import { tutorialsEvents } from './events/tutorials.ts';
import { usageEvents } from './events/usage.ts';
import type { FieldsOf } from './fields.ts';

export const catalogue = {
  ...directoryEvents,
  ...kioskEvents,
  ...mapEvents,
  ...printingEvents,
  ...scanningEvents,
  ...sessionEvents,
  ...shellEvents,
  ...tutorialsEvents,
  ...usageEvents,
} as const;

export type EventId = keyof typeof catalogue;

type Specs = typeof catalogue;
/** What may be said with an event, or with one of several. */
export type EventFields<E extends EventId> = E extends unknown ? FieldsOf<Specs[E]> : never;
