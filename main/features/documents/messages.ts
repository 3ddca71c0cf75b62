/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */
import { defineFrench } from '../../contract/i18n/define-messages.ts';
import frenchOnly from './words/french-only.json' with { type: 'json' };

interface Params {
  readonly calendarMessages: { readonly tooMany: { readonly n: number; readonly shown: number } };
  readonly tableMessages: { readonly column: { readonly n: number } };
  readonly copyMessages: {
    readonly across: { readonly recipient: string; readonly day: string };
    readonly name: { readonly name: string; readonly recipient: string };
  };
}

export const {
  messages: { calendarMessages, tableMessages, copyMessages },
} = defineFrench<Params>()(frenchOnly);
