/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };
import frenchOnly from './words/french-only.json' with { type: 'json' };

interface Params {
  readonly agentMessages: {
    readonly stuckRead: { readonly read: string };
    readonly timeAdded: { readonly minutes: number };
    readonly pagesAdded: { readonly pages: number };
    readonly messageLabel: { readonly number: number };
    readonly quiet: { readonly count: number };
    readonly wait: { readonly time: string };
  };
}

export const {
  words,
  messages: { agentErrors, agentMessages },
} = defineMessages<Params>()(
  { fr, frenchOnly },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
