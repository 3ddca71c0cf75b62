/** What « Trouver de l’aide près d’ici » adds to the screens. */
import { defineScreens } from '../../app/define-screens.ts';
import { errorMessages } from '../../client/messages.ts';
import { directoryErrors, directoryMessages, words } from './messages.ts';
import DirectoryReview from './DirectoryReview.svelte';
import NearHelp from './NearHelp.svelte';
import NeedsScreen from './NeedsScreen.svelte';
import PlaceScreen from './PlaceScreen.svelte';
import PlacesScreen from './PlacesScreen.svelte';
import type { DirectoryRoutes } from './routes.ts';

export const directoryScreens = defineScreens<DirectoryRoutes, 'directory'>({
  words,
  screens: { needs: NeedsScreen, places: PlacesScreen, place: PlaceScreen },
  help: { needs: 'choice', places: 'choice', place: 'sheet' },
  errors: {
    'directory.unknown': directoryErrors.placeGone,
    'directory.not-kept': errorMessages.notKept,
    'directory.agent-only': errorMessages.agentClosed,
    'directory.phone': directoryErrors.placePhone,
    'directory.hours': directoryErrors.placeHours,
  },
  slots: {
    wideButtons: [
      {
        icon: 'place',
        label: directoryMessages.nearHere,
        press: (router) => router.go('needs', {}),
        uses: () => ['near'],
        shown: ({ mirror }) => mirror.of('directory').count > 0,
      },
    ],
    nearHelp: NearHelp,
    agentPages: [{ name: 'directory', label: directoryMessages.review, icon: 'place', Page: DirectoryReview }],
  },
});
