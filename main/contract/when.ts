/** In which phases of a session a message may be called. The dispatcher refuses it in all others. */
import type { Phase } from './session.ts';

type PhaseName = Phase['name'];

const somebodyIsThere = ['active', 'warning', 'leaving'] as const satisfies readonly PhaseName[];

export const phasesOf = {
  /** It concerns the machine, or what every screen shows. */
  always: ['starting', 'idle', ...somebodyIsThere, 'wiping', 'farewell', 'out-of-service'],
  /** "Commencer". */
  welcome: ['idle'],
  /** It concerns what belongs to the person who is there: the handler gets their session's object. */
  session: somebodyIsThere,
  /** Somebody may stand there who has not pressed "Commencer" yet. */
  screen: ['idle', ...somebodyIsThere],
} as const satisfies Record<string, readonly PhaseName[]>;

export type When = keyof typeof phasesOf;

export const mayBeCalled = (when: When, phase: PhaseName): boolean =>
  (phasesOf[when] as readonly PhaseName[]).includes(phase);
