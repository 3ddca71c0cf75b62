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
  agentClosed: {
    fr: 'L’espace des agents s’est fermé. Entrez à nouveau la phrase de passe.',
    simple: 'L’espace des agents est fermé. Entrez encore la phrase.',
    en: 'The staff area has closed. Enter the passphrase again.',
  },
  nothingToAdd: {
    fr: 'Rien n’a été ajouté : personne n’utilise la borne, ou il n’y a pas de limite ici.',
    simple: 'Rien n’a été ajouté. Personne n’utilise la borne, ou il n’y a pas de limite.',
    en: 'Nothing was added: nobody is using the kiosk, or there is no limit here.',
  },
  noFigures: {
    fr: 'Ces chiffres ne peuvent pas être lus. Choisissez une autre période, ou regardez l’état de la borne.',
    simple: 'Ces chiffres ne se lisent pas. Choisissez une autre période.',
    en: 'These figures cannot be read. Choose another period, or look at the state of the kiosk.',
  },
  agentPrinting: {
    fr: 'Une page s’imprime déjà. Attendez qu’elle soit sortie.',
    simple: 'Une page s’imprime déjà. Attendez.',
    en: 'A page is already printing. Wait until it is out.',
  },
  placeGone: {
    fr: 'Ce lieu n’est plus dans l’annuaire. Choisissez-en un autre.',
    simple: 'Ce lieu n’est plus là. Choisissez un autre lieu.',
    en: 'This place is no longer in the directory. Choose another one.',
  },
  tutorialGone: {
    fr: 'Ce tutoriel n’est plus là. Choisissez-en un autre.',
    simple: 'Ce tutoriel n’est plus là. Choisissez un autre.',
    en: 'This tutorial is no longer there. Choose another one.',
  },
  placePhone: {
    fr: 'Ce numéro n’est pas un numéro français. Écrivez ses dix chiffres.',
    simple: 'Ce numéro ne va pas. Écrivez 10 chiffres.',
    en: 'This is not a French number. Write its ten digits.',
  },
  placeHours: {
    fr: 'Un horaire ne va pas. Écrivez-le comme 9:00-12:00, la fin après le début.',
    simple: 'Un horaire ne va pas. Écrivez comme 9:00-12:00.',
    en: 'One of the hours is not right. Write it as 9:00-12:00, the end after the start.',
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
  documentGone: {
    fr: 'Ce document n’est plus là. Revenez à « Mes documents ».',
    simple: 'Ce document n’est plus là.',
    en: 'This document is no longer here. Go back to “My documents”.',
  },
  documentNoText: {
    fr: 'La borne n’a pas pu lire de texte dans ce document.',
    simple: 'On ne peut pas lire ce document.',
    en: 'No text could be read in this document.',
  },
  documentNoVoice: {
    fr: 'La borne n’arrive pas à lire ce document à voix haute. Il est toujours là.',
    simple: 'La borne ne peut pas le lire à voix haute. Il est toujours là.',
    en: 'This kiosk cannot read this document aloud. It is still here.',
  },
  documentsFull: {
    fr: 'Il n’y a plus de place. Effacez un document, puis recommencez.',
    simple: 'Plus de place. Effacez un document.',
    en: 'There is no room left. Erase a document, then try again.',
  },
  machineFault: {
    fr: 'La borne a une panne : elle ne peut plus garder de document. Demandez à l’accueil.',
    simple: 'La borne a une panne. Demandez à l’accueil.',
    en: 'This kiosk has a fault: it can keep no more documents. Ask at the desk.',
  },
  documentFailed: {
    fr: 'La copie n’a pas pu être faite. Votre document est toujours là. Essayez encore une fois.',
    simple: 'Cela n’a pas marché. Votre document est toujours là.',
    en: 'The copy could not be made. Your document is still here. Try once more.',
  },
  documentRefused: {
    fr: 'Ce fichier ne peut pas être ouvert ici. La borne prend les PDF, les images et les documents Word.',
    simple: 'On ne peut pas ouvrir ce fichier.',
    en: 'This file cannot be opened here. This kiosk takes PDF files, pictures and Word documents.',
  },
  documentWrongPassword: {
    fr: 'Ce n’est pas le bon mot de passe. Regardez les majuscules, puis essayez encore.',
    simple: 'Ce n’est pas le bon mot de passe. Essayez encore.',
    en: 'This is not the right password. Check the capital letters, then try again.',
  },
  keyGone: {
    fr: 'La clé n’est plus là. Branchez-la à nouveau, puis recommencez.',
    simple: 'La clé n’est plus là. Remettez-la.',
    en: 'The stick is no longer there. Plug it in again, then try again.',
  },
  keyFull: {
    fr: 'Votre clé est pleine. Rien n’a été copié. Essayez avec une autre clé.',
    simple: 'La clé est pleine. Prenez une autre clé.',
    en: 'Your stick is full. Nothing was copied. Try with another stick.',
  },
  keyProtected: {
    fr: 'Impossible d’enregistrer sur cette clé. Regardez si elle a un petit verrou.',
    simple: 'La clé est verrouillée.',
    en: 'Nothing can be saved on this stick. See if it has a small lock.',
  },
  keyPulledOut: {
    fr: 'La copie s’est arrêtée. Remettez la clé, puis copiez à nouveau.',
    simple: 'La copie s’est arrêtée. Remettez la clé.',
    en: 'The copy stopped. Put the stick back, then copy again.',
  },
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
