/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly sessionMessages: {
    readonly seconds: { readonly seconds: number };
    readonly secondsLeft: { readonly seconds: number };
    readonly notSent: { readonly site: string };
    readonly notSentAgain: { readonly site: string };
    readonly answered: { readonly site: string };
    readonly sent: { readonly site: string };
    readonly printComing: { readonly n: number };
    readonly printMissing: { readonly n: number };
    readonly documents: { readonly count: number; readonly ways: 'both' | 'print' | 'key' | 'other' };
    readonly signedIn: { readonly site: string };
    readonly scannedPages: { readonly count: number };
    readonly outCode: { readonly fault: string };
  };
}

export const {
  words,
  messages: { sessionMessages },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
