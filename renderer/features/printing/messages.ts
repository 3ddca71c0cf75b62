/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly printingMessages: {
    readonly touchLast: { readonly n: number };
    readonly chosenAll: { readonly n: number };
    readonly chosenOne: { readonly page: number };
    readonly chosenRange: { readonly from: number; readonly to: number };
    readonly blankLeft: { readonly n: number };
    readonly page: { readonly n: number };
    readonly left: { readonly n: number };
    readonly tooMany: { readonly n: number; readonly left: number };
    readonly printCount: { readonly n: number };
    readonly longTitle: { readonly n: number };
    readonly longYes: { readonly n: number };
    readonly pageOf: { readonly page: number; readonly of: number };
    readonly progressOut: { readonly n: number };
    readonly restWaits: { readonly n: number };
    readonly doneTitle: { readonly n: number };
    readonly doneText: { readonly n: number };
    readonly doneFewer: { readonly n: number; readonly of: number };
    readonly countYes: { readonly n: number };
    readonly cancelledText: { readonly n: number };
    readonly failedCounted: { readonly n: number };
  };
}

export const {
  words,
  messages: { printingMessages, refusalMessages, printingErrors, reasonMessages, codeMessages },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
