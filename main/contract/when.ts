/** The phases of the session in which a message may be called. The dispatcher refuses it in the others. */
import type { Phase } from './session.ts';

type PhaseName = Phase['name'];

const sessionPhases = ['active', 'warning', 'leaving'] as const satisfies readonly PhaseName[];

export const phasesOf = {
  /** For messages about the machine, or about what every screen shows. */
  always: ['starting', 'idle', ...sessionPhases, 'wiping', 'farewell', 'out-of-service'],
  /** "Commencer". */
  welcome: ['idle'],
  /** For messages about the person's own things: the handler receives its object of their session. */
  session: sessionPhases,
  /** Before "Commencer" too: a person may already be using the screen. */
  screen: ['idle', ...sessionPhases],
} as const satisfies Record<string, readonly PhaseName[]>;

export type When = keyof typeof phasesOf;

export const mayBeCalled = (when: When, phase: PhaseName): boolean =>
  (phasesOf[when] as readonly PhaseName[]).includes(phase);
