import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Why a request of these screens failed, and what to do next. */
export const documentsErrors = defineMessages({
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
});
