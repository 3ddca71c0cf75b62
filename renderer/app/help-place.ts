import type { Phase } from '../../main/contract/session.ts';
import type { HelpPlace } from './define-screens.ts';
import type { RouteName } from './routes.ts';
import { helpPlaces } from './screens.ts';

export const helpPlace = (phase: Phase['name'], route: RouteName): HelpPlace =>
  phase === 'idle' ? 'welcome' : phase === 'active' ? helpPlaces[route] : 'other';
