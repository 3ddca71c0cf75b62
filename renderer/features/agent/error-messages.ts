import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Why a request of these screens failed, and what to do next. */
export const agentErrors = defineMessages({
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
});
