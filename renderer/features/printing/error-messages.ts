import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Why a request of these screens failed, and what to do next. */
export const printingErrors = defineMessages({
  printGone: {
    fr: 'Ces pages ne sont plus prêtes. Revenez en arrière, puis appuyez à nouveau sur « Imprimer ».',
    simple: 'Les pages ne sont plus prêtes. Revenez en arrière.',
    en: 'These pages are no longer ready. Go back, then press “Print” again.',
  },
  printRange: {
    fr: 'Aucune page n’est choisie. Touchez les pages à imprimer, puis appuyez à nouveau.',
    simple: 'Touchez les pages à imprimer.',
    en: 'No page is chosen. Touch the pages to print, then press again.',
  },
  printAllowance: {
    fr: 'Cela fait trop de pages. Choisissez-en moins, ou demandez à l’accueil.',
    simple: 'C’est trop de pages. Choisissez moins de pages.',
    en: 'That is too many pages. Choose fewer, or ask at the desk.',
  },
  printLong: {
    fr: 'Cela fait beaucoup de pages. Vérifiez leur nombre, puis appuyez à nouveau.',
    simple: 'C’est beaucoup de pages. Vérifiez.',
    en: 'That is many pages. Check how many, then press again.',
  },
  printBusy: {
    fr: 'Vos pages sont déjà en route. Inutile d’appuyer à nouveau.',
    simple: 'Les pages arrivent. N’appuyez plus.',
    en: 'Your pages are already on their way. No need to press again.',
  },
  printEnded: {
    fr: 'L’impression est déjà terminée. Regardez dans l’imprimante.',
    simple: 'C’est déjà fini. Regardez dans l’imprimante.',
    en: 'Printing has already ended. Look in the printer.',
  },
});
