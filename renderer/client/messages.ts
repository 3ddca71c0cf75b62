import { defineMessages } from './i18n/define-messages.ts';

export const errorMessages = defineMessages({
  notReady: {
    fr: 'La borne se prépare encore. Attendez quelques secondes, puis appuyez à nouveau.',
    simple: 'La borne n’est pas prête. Attendez un peu. Puis appuyez encore.',
    en: 'The kiosk is still getting ready. Wait a few seconds, then press again.',
  },
  demarcheGone: {
    fr: 'Cette démarche n’est plus proposée ici. Revenez à la liste et choisissez-en une autre.',
    simple: 'Cette démarche n’est plus là. Revenez à la liste.',
    en: 'This service is no longer offered here. Go back to the list and choose another one.',
  },
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
  printGone: {
    fr: 'Ces pages ne sont plus prêtes. Revenez en arrière, puis appuyez à nouveau sur « Imprimer ».',
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
    simple: 'Les pages arrivent. N’appuyez pas encore.',
    en: 'Your pages are already on their way. No need to press again.',
  },
  printEnded: {
    fr: 'L’impression est déjà terminée. Regardez dans l’imprimante.',
    simple: 'C’est déjà fini. Regardez dans l’imprimante.',
    en: 'Printing has already ended. Look in the printer.',
  },
  agentClosed: {
    fr: 'L’espace des agents s’est fermé. Entrez à nouveau la phrase de passe.',
    simple: 'L’espace des agents est fermé. Entrez encore la phrase.',
    en: 'The staff area has closed. Enter the passphrase again.',
  },
  noFigures: {
    fr: 'Ces chiffres ne peuvent pas être lus. Choisissez une autre période, ou regardez l’état de la borne.',
    simple: 'Ces chiffres ne se lisent pas. Choisissez une autre période.',
    en: 'These figures cannot be read. Choose another period, or look at the state of the kiosk.',
  },
  notPrinted: {
    fr: 'La page n’est pas sortie. Regardez l’imprimante, puis appuyez à nouveau.',
    simple: 'La page n’est pas sortie. Regardez l’imprimante.',
    en: 'The page did not come out. Look at the printer, then press again.',
  },
  notKept: {
    fr: 'Le disque de la borne n’a pas gardé ce changement. Prévenez le service informatique.',
    simple: 'La borne n’a pas gardé ce changement. Prévenez le service informatique.',
    en: 'The kiosk’s disk did not keep this change. Tell the IT department.',
  },
  timeout: {
    fr: 'La borne met du temps à répondre. Rien n’est perdu : attendez un peu, puis appuyez à nouveau.',
    simple: 'La borne est lente. Rien n’est perdu. Attendez. Puis appuyez encore.',
    en: 'The kiosk is slow to answer. Nothing is lost: wait a moment, then press again.',
  },
  bug: {
    fr: 'Quelque chose n’a pas marché de notre côté. Appuyez à nouveau, ou demandez à l’accueil.',
    simple: 'Il y a un problème. Ce n’est pas votre faute. Demandez à l’accueil.',
    en: 'Something went wrong on our side. Press again, or ask at the desk.',
  },
});
