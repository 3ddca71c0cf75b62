/** What the démarches add to the screens. */
import { defineScreens } from '../../app/define-screens.ts';
import { catalogueErrors, words } from './messages.ts';
import PickScreen from './PickScreen.svelte';
import type { CatalogueRoutes } from './routes.ts';
import SheetScreen from './SheetScreen.svelte';
import ThemeScreen from './ThemeScreen.svelte';

export const catalogueScreens = defineScreens<CatalogueRoutes, 'catalogue'>({
  words,
  screens: { pick: PickScreen, theme: ThemeScreen, sheet: SheetScreen },
  help: { pick: 'choice', theme: 'choice', sheet: 'sheet' },
  errors: {
    'catalogue.unknown': catalogueErrors.demarcheGone,
  },
});
