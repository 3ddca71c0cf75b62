/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly catalogueMessages: {
    readonly labelCount: { readonly label: string; readonly count: number };
    readonly goOnWith: { readonly site: string };
    readonly found: { readonly count: number };
    readonly nothingTitle: { readonly question: string };
    readonly verified: { readonly when: string };
    readonly minutes: { readonly minutes: number };
    readonly planBPhone: { readonly organism: string };
  };
}

export const {
  words,
  messages: { themeMessages, catalogueMessages, catalogueErrors },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
