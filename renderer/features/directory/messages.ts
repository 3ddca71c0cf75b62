/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly directoryMessages: {
    readonly noTown: { readonly typed: string };
    readonly noPoint: { readonly town: string };
    readonly foundNear: { readonly n: number; readonly ofTown: string; readonly town: string };
    readonly foundHere: { readonly n: number };
    readonly moreChosen: { readonly n: number };
    readonly number: { readonly n: number };
    readonly holidayToday: { readonly name: string };
    readonly nextVisit: { readonly when: string; readonly at: string };
    readonly openUntil: { readonly until: string };
    readonly opensAt: { readonly at: string };
    readonly closedToday: { readonly when: string; readonly at: string };
    readonly closedAgain: { readonly when: string; readonly at: string };
    readonly onDate: { readonly date: string };
    readonly km: { readonly km: string };
    readonly aboutKm: { readonly km: string };
    readonly mapLabel: { readonly ofArea: string; readonly n: number; readonly area: string };
    readonly placeLabel: { readonly name: string };
    readonly mapAll: { readonly departement: string };
    readonly mapSource: { readonly source: string };
    readonly streetsLabel: { readonly name: string };
    readonly townOnly: { readonly town: string };
    readonly baseOnly: { readonly town: string };
    readonly checked: { readonly when: string; readonly source: string };
    readonly neverChecked: { readonly source: string };
  };
  readonly reviewMessages: { readonly doubts: { readonly n: number }; readonly checkedWhen: { readonly when: string } };
}

export const {
  words,
  messages: { directoryMessages, directoryErrors, reviewMessages },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
