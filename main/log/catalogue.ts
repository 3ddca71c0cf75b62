/**
 * Every event the kiosk may log, with its meaning: of the kiosk and its browsers in `events/`, of each feature in its own
 * folder, gathered here.
 */
import { agentEvents } from '../features/agent/events.ts';
import { directoryEvents } from '../features/directory/events.ts';
import { documentsEvents } from '../features/documents/events.ts';
import { mapEvents } from '../features/map/events.ts';
import { printingEvents } from '../features/printing/events.ts';
import { scanningEvents } from '../features/scanning/events.ts';
import { sessionEvents } from '../features/session/events.ts';
import { usageEvents } from '../features/usage/events.ts';
import { kioskEvents } from './events/kiosk.ts';
import { shellEvents } from './events/shell.ts';
import type { FieldsOf } from './fields.ts';

export const catalogue = {
  ...kioskEvents,
  ...shellEvents,
  ...agentEvents,
  ...directoryEvents,
  ...documentsEvents,
  ...mapEvents,
  ...printingEvents,
  ...scanningEvents,
  ...sessionEvents,
  ...usageEvents,
} as const;

export type EventId = keyof typeof catalogue;

type Specs = typeof catalogue;
/** What may be said with an event, or with one of several. */
export type EventFields<E extends EventId> = E extends unknown ? FieldsOf<Specs[E]> : never;
