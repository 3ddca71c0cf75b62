import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Why a request of these screens failed, and what to do next. */
export const scanningErrors = defineMessages({
  noScanner: {
    fr: 'Le scanner ne répond pas. Vérifiez qu’il est allumé, ou demandez à l’accueil.',
    simple: 'Le scanner ne répond pas. Demandez à l’accueil.',
    en: 'The scanner does not answer. Check that it is on, or ask at the desk.',
  },
  scanNotNow: {
    fr: 'Le scanner travaille encore. Attendez un instant, puis appuyez à nouveau.',
    simple: 'Le scanner travaille. Attendez un peu.',
    en: 'The scanner is still working. Wait a moment, then press again.',
  },
  scanNoPage: {
    fr: 'Cette page n’est plus là. Regardez les pages qui restent.',
    simple: 'Cette page n’est plus là.',
    en: 'This page is no longer here. Look at the pages that remain.',
  },
  scanFailed: {
    fr: 'Le document n’a pas pu être fait. Vos pages sont toujours là : appuyez à nouveau sur « Terminer ».',
    simple: 'Cela n’a pas marché. Appuyez encore sur « Terminer ».',
    en: 'The document could not be made. Your pages are still here: press “Finish” again.',
  },
});
