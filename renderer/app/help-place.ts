/** On which kind of screen help was asked for: all that the figures know of it. */
import type { Phase } from '../../main/contract/session.ts';
import type { helpPlaces } from '../../main/contract/usage.ts';
import type { RouteName } from './routes.ts';

type HelpPlace = (typeof helpPlaces)[number];

const PLACES: Readonly<Record<RouteName, HelpPlace>> = {
  pick: 'choice',
  theme: 'choice',
  sheet: 'sheet',
  visit: 'site',
  mailbox: 'choice',
  print: 'printing',
  scan: 'scanning',
  needs: 'choice',
  places: 'choice',
  place: 'sheet',
  tutorials: 'choice',
  lesson: 'tutorial',
  gestures: 'tutorial',
  documents: 'documents',
  document: 'documents',
};

export const helpPlace = (phase: Phase['name'], route: RouteName): HelpPlace =>
  phase === 'idle' ? 'welcome' : phase === 'active' ? PLACES[route] : 'other';
