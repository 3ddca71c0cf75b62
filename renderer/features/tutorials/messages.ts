/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly tutorialsMessages: {
    readonly minutes: { readonly n: number };
    readonly goOnWith: { readonly title: string };
    readonly screenOf: { readonly n: number; readonly of: number };
    readonly another: { readonly title: string };
    readonly bravo: { readonly title: string };
    readonly nextOne: { readonly title: string };
    readonly offer: { readonly title: string; readonly n: number };
  };
  readonly practiceMessages: {
    readonly caught: { readonly n: number; readonly of: number };
    readonly round: { readonly n: number; readonly of: number };
    readonly nowThePlace: { readonly name: string };
    readonly quoted: { readonly sign: string };
    readonly typeHere: { readonly n: number; readonly of: number };
    readonly eraseSigns: { readonly n: number };
    readonly nextSign: { readonly sign: string };
    readonly nextQuestion: { readonly n: number; readonly of: number };
    readonly countOf: { readonly n: number; readonly of: number };
    readonly toPutRight: { readonly n: number };
    readonly typeSearch: { readonly query: string };
    readonly searchAgain: { readonly query: string };
    readonly fcService: { readonly service: string };
    readonly fcHello: { readonly person: string };
    readonly fcAgreeTitle: { readonly service: string };
    readonly fcAgree: { readonly service: string };
    readonly book: { readonly day: string; readonly time: string };
    readonly booked: { readonly day: string; readonly time: string };
  };
}

export const {
  words,
  messages: { tutorialsMessages, tutorialsErrors, practiceMessages, formFaultMessages, scanFaultAlts },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
