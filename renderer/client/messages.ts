import { defineMessages } from './i18n/define-messages.ts';

export const errorMessages = defineMessages({
  notReady: {
    fr: 'La borne se prépare encore. Attendez quelques secondes, puis appuyez à nouveau.',
    simple: 'La borne n’est pas prête. Attendez un peu. Puis appuyez encore.',
    en: 'The kiosk is still getting ready. Wait a few seconds, then press again.',
  },
  agentClosed: {
    fr: 'L’espace des agents s’est fermé. Entrez à nouveau la phrase de passe.',
    simple: 'L’espace des agents est fermé. Entrez encore la phrase.',
    en: 'The staff area has closed. Enter the passphrase again.',
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
});
