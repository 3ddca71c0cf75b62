import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Why a request of these screens failed, and what to do next. */
export const browsingErrors = defineMessages({
  noGuest: {
    fr: 'Le site n’a pas pu s’ouvrir. Appuyez encore une fois. Si cela ne marche pas, demandez à l’accueil.',
    simple: 'Le site ne s’ouvre pas. Appuyez encore. Sinon, demandez à l’accueil.',
    en: 'The site could not be opened. Press once more. If it still fails, ask at the desk.',
  },
  siteClosed: {
    fr: 'Le site est déjà fermé. Revenez à la démarche pour l’ouvrir à nouveau.',
    simple: 'Le site est fermé. Revenez en arrière pour l’ouvrir.',
    en: 'The site is already closed. Go back to the service to open it again.',
  },
  inputGone: {
    fr: 'La page a changé : elle n’attend plus de document. Appuyez à nouveau sur le bouton du site.',
    simple: 'La page a changé. Appuyez encore sur le bouton du site.',
    en: 'The page has changed and no longer waits for a document. Press the site’s button again.',
  },
  tooLarge: {
    fr: 'Ce document est trop lourd pour le site. Choisissez-en un autre, ou demandez à l’accueil.',
    simple: 'Ce document est trop gros. Prenez un autre document.',
    en: 'This document is too large for the site. Choose another one, or ask at the desk.',
  },
});
