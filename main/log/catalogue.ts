/**
 * Every event that the kiosk may log, with its meaning. Those of the kiosk and its browsers are in `events/`, those of
 * each feature in its own folder.
 */
import { agentEvents } from '../features/agent/events.ts';
import { directoryEvents } from '../features/directory/events.ts';
import { documentsEvents } from '../features/documents/events.ts';
import { mapEvents } from '../features/map/events.ts';
import { printingEvents } from '../features/printing/events.ts';
import { scanningEvents } from '../features/scanning/events.ts';
import { sessionEvents } from '../features/session/events.ts';
import { speechEvents } from '../features/speech/events.ts';
import { tutorialsEvents } from '../features/tutorials/events.ts';
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
  ...speechEvents,
  ...tutorialsEvents,
  ...usageEvents,
} as const;

export type EventId = keyof typeof catalogue;

type Specs = typeof catalogue;
/** The fields of an event, or of a union of events. */
export type EventFields<E extends EventId> = E extends unknown ? FieldsOf<Specs[E]> : never;
