/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly ticketMessages: {
    readonly oneDay: { readonly day: string; readonly hours: string };
    readonly twoDays: { readonly first: string; readonly last: string; readonly hours: string };
    readonly severalDays: { readonly first: string; readonly last: string; readonly hours: string };
    readonly thisWeek: { readonly day: string; readonly why: string };
    readonly stop: { readonly day: string; readonly hours: string; readonly town: string };
    readonly postal: { readonly address: string };
    readonly checked: { readonly day: string };
    readonly source: { readonly name: string };
  };
  readonly ticketTimes: {
    readonly onTheHour: { readonly hour: string };
    readonly hourAndMinutes: { readonly hour: string; readonly minutes: string };
    readonly fromTo: { readonly from: string; readonly until: string };
  };
}

export const {
  words,
  messages: { ticketMessages, ticketTimes },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
