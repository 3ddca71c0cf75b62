/** What reading aloud adds to the screens: its buttons are in `ui/Listen.svelte`, since panels have one too. */
import { defineScreens } from '../../app/define-screens.ts';
import { speechErrors, words } from './messages.ts';

export const speechScreens = defineScreens<Record<never, never>, 'speech'>({
  words,
  screens: {},
  help: {},
  errors: { 'speech.no-text': speechErrors.noText, 'speech.no-voice': speechErrors.noVoice },
});
