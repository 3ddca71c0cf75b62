/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly scanningMessages: {
    readonly pagesCame: { readonly n: number };
    readonly kept: { readonly n: number };
    readonly keptSides: { readonly n: number };
    readonly keptThenRest: { readonly n: number };
    readonly overviewMany: { readonly n: number };
    readonly page: { readonly n: number };
    readonly removeAllTitle: { readonly n: number };
    readonly finish: { readonly n: number };
    readonly blanks: { readonly n: number };
    readonly allBlank: { readonly n: number };
    readonly pagesRead: { readonly n: number; readonly of: number };
  };
}

export const {
  words,
  messages: { scanningMessages, scanFaultMessages, flawMessages, scanningErrors },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
