/** What the tutorials add to the screens. */
import { defineScreens, type FeatureScreens } from '../../app/define-screens.ts';
import { tutorialsErrors, tutorialsMessages, words } from './messages.ts';
import GesturesScreen from './GesturesScreen.svelte';
import TutorialView from './TutorialView.svelte';
import type { TutorialsRoutes } from './routes.ts';
import TutorialOffer from './TutorialOffer.svelte';
import TutorialsScreen from './TutorialsScreen.svelte';

export const tutorialsScreens: FeatureScreens<TutorialsRoutes, 'tutorials'> = defineScreens<
  TutorialsRoutes,
  'tutorials'
>({
  words,
  screens: { tutorials: TutorialsScreen, tutorial: TutorialView, gestures: GesturesScreen },
  help: { tutorials: 'choice', tutorial: 'tutorial', gestures: 'tutorial' },
  errors: { 'tutorials.unknown': tutorialsErrors.tutorialGone },
  slots: {
    wideButtons: [
      {
        icon: 'learn',
        label: tutorialsMessages.learn,
        press: (router) => router.go('tutorials', {}),
        uses: () => ['learn'],
        shown: ({ mirror }) => mirror.of('tutorials').count > 0,
      },
      {
        // Without tutorials of our own, there are still the sites of others that teach.
        icon: 'learn',
        label: tutorialsMessages.learn,
        press: (router) => router.go('theme', { theme: 'apprendre' }),
        uses: () => ['learn'],
        shown: ({ mirror, catalogue }) => mirror.of('tutorials').count === 0 && catalogue.has('apprendre'),
      },
    ],
    tutorialOffer: TutorialOffer,
  },
});
