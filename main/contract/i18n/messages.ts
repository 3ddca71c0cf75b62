/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from './define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly timeMessages: {
    readonly onTheHour: { readonly hour: string };
    readonly hourAndMinutes: { readonly hour: string; readonly minutes: string };
  };
}

export const {
  words,
  messages: { serviceNames, holidayNames, timeMessages },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
