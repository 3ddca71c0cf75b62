/** The session is not a feature among others: `assemble.ts` creates it and runs all features inside it. */
import { sessionEvents } from './events.ts';
import { sessionSection } from './section.ts';

export { createScreenSteps } from './screen-steps.ts';
export { createSession, type Session } from './session.ts';

export const sessionFeature = {
  name: 'session',
  counters: ['machine.fault'],
  events: sessionEvents,
  section: sessionSection,
} as const;
