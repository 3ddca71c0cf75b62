/**
 * The label of the button that leaves a finished print: it names the screen it goes back to, since « Continuer » would
 * not.
 */
import type { Message } from '../../../main/contract/i18n/define-messages.ts';
import type { Route } from '../../app/routes.ts';
import { printingMessages as m } from './messages.ts';

export const continueLabel = (behind: Route | undefined): Message => {
  switch (behind?.name) {
    case 'visit':
      return m.backToSite;
    case 'document':
    case 'documents':
      return m.backToDocuments;
    case 'sheet':
      return m.backToSheet;
    case 'place':
      return m.backToPlace;
    case 'pick':
      return m.backToStart;
    default:
      return m.goOn;
  }
};
