import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Why a request of these screens failed, and what to do next. */
export const catalogueErrors = defineMessages({
  demarcheGone: {
    fr: 'Cette démarche n’est plus proposée ici. Revenez à la liste et choisissez-en une autre.',
    simple: 'Cette démarche n’est plus là. Revenez à la liste.',
    en: 'This service is no longer offered here. Go back to the list and choose another one.',
  },
});
