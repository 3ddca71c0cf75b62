import { defineMessages } from '../client/i18n/define-messages.ts';

export const uiMessages = defineMessages({
  enlarge: { fr: 'Agrandir', simple: 'Agrandir', en: 'Enlarge' },
  close: { fr: 'Fermer', simple: 'Fermer', en: 'Close' },
  more: { fr: 'Voir plus bas', simple: 'Voir plus bas', en: 'See below' },
});
