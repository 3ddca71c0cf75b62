/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly appMessages: { readonly ref: { readonly ref: string }; readonly timeLeft: { readonly minutes: number } };
}

export const {
  words,
  messages: { appMessages },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
