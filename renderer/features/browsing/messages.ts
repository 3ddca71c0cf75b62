/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineMessages } from '../../../main/contract/i18n/define-messages.ts';
import fr from './words/fr.json' with { type: 'json' };

interface Params {
  readonly browsingMessages: {
    readonly step: { readonly at: number; readonly of: number };
    readonly quoted: { readonly words: string };
    readonly openBeside: { readonly title: string };
    readonly imitates: { readonly site: string };
    readonly openingText: { readonly site: string };
    readonly blockedHost: { readonly host: string };
    readonly attached: { readonly n: number };
    readonly siteSays: { readonly site: string };
    readonly siteAsks: { readonly site: string };
  };
}

export const {
  words,
  messages: { browsingMessages, browsingErrors, troubleMessages },
} = defineMessages<Params>()(
  { fr },
  {
    simple: async () => import('./words/simple.json', { with: { type: 'json' } }),
    en: async () => import('./words/en.json', { with: { type: 'json' } }),
  },
);
