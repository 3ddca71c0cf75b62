/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };
import frenchOnly from './words/french-only.json' with { type: 'json' };

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
  readonly ticketTimes: { readonly fromTo: { readonly from: string; readonly until: string } };
  readonly papersMessages: {
    readonly account: { readonly account: string };
    readonly accountOrFranceConnect: { readonly account: string; readonly franceConnect: string };
    readonly minutes: { readonly n: number };
    readonly byPhone: { readonly phone: string };
    readonly onPaper: { readonly paper: string };
    readonly atPlace: { readonly place: string };
  };
  readonly contactMessages: { readonly givenBy: { readonly site: string } };
  readonly startSheetMessages: { readonly tutorial: { readonly title: string; readonly n: number } };
}

export const {
  words,
  messages: { ticketMessages, ticketTimes, tutorialSheetMessages, papersMessages, contactMessages, startSheetMessages },
} = defineMessages<Params>()(
  { fr, frenchOnly },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
