import { defineMessages } from '../client/i18n/define-messages.ts';

export const uiMessages = defineMessages({
  more: { fr: 'Voir plus bas', simple: 'Voir plus bas', en: 'See below' },
});
