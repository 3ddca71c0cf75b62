/** What visiting a site adds to the screens. */
import { defineScreens } from '../../app/define-screens.ts';
import { errorMessages } from '../../client/messages.ts';
import { browsingErrors, browsingMessages, words } from './messages.ts';
import type { BrowsingRoutes } from './routes.ts';
import VisitScreen from './VisitScreen.svelte';

export const browsingScreens = defineScreens<BrowsingRoutes, 'browsing'>({
  words,
  screens: { visit: VisitScreen },
  help: { visit: 'site' },
  errors: {
    'browsing.no-guest': browsingErrors.noGuest,
    'browsing.not-sent': browsingMessages.leaveText,
    'browsing.closed': browsingErrors.siteClosed,
    'browsing.input-gone': browsingErrors.inputGone,
    'browsing.too-large': browsingErrors.tooLarge,
    'browsing.not-kept': errorMessages.machineFault,
  },
});
