import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Why a request of these screens failed, and what to do next. */
export const directoryErrors = defineMessages({
  placeGone: {
    fr: 'Ce lieu n’est plus dans l’annuaire. Choisissez-en un autre.',
    simple: 'Ce lieu n’est plus là. Choisissez un autre lieu.',
    en: 'This place is no longer in the directory. Choose another one.',
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
});
