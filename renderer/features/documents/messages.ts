/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly documentsMessages: {
    readonly pages: { readonly n: number };
    readonly pageOf: { readonly n: number; readonly of: number };
    readonly convertingText: { readonly name: string };
    readonly lockedText: { readonly name: string };
    readonly textPicture: { readonly name: string };
    readonly filesOther: { readonly n: number };
    readonly paperOf: { readonly at: number; readonly of: number };
    readonly quoted: { readonly words: string };
    readonly sendCount: { readonly n: number };
    readonly refusedTitle: { readonly n: number };
    readonly refusedMore: { readonly n: number };
    readonly keyAll: { readonly n: number };
    readonly keyUseless: { readonly n: number };
    readonly keyCopying: { readonly done: number; readonly total: number };
  };
}

export const {
  words,
  messages: { documentsMessages, refusalMessages, keyReasonMessages, keyFaultMessages, documentsErrors },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
