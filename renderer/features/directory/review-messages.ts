/** The sentences of the agent's list and form of places. */
import { defineMessages } from '../../client/i18n/define-messages.ts';

export const reviewMessages = defineMessages({
  reviewTitle: { fr: 'Les lieux de l’annuaire', simple: 'Les lieux de l’annuaire', en: 'Places in the directory' },
  reviewLead: {
    fr: 'En haut, ceux dont quelqu’un a dit « Ce n’est plus vrai », puis ceux vérifiés il y a le plus longtemps.',
    simple: 'En haut, ceux à vérifier.',
    en: 'At the top, those somebody said are no longer true, then those checked longest ago.',
  },
  reviewSearch: { fr: 'Chercher un lieu ou une commune', simple: 'Chercher un lieu', en: 'Find a place or a town' },
  doubts: {
    fr: ({ n }: { n: number }) => `${n === 1 ? 'Une personne dit' : `${n} personnes disent`} que ce n’est plus vrai`,
    simple: ({ n }: { n: number }) =>
      `${n === 1 ? 'Une personne dit' : `${n} personnes disent`} que ce n’est plus vrai`,
    en: ({ n }: { n: number }) => `${n === 1 ? 'One person says' : `${n} people say`} it is no longer true`,
  },
  checkedWhen: {
    fr: ({ when }: { when: string }) => `Vérifié : ${when}`,
    simple: ({ when }: { when: string }) => `Vérifié : ${when}`,
    en: ({ when }: { when: string }) => `Checked: ${when}`,
  },
  checkedNever: { fr: 'Jamais vérifié', simple: 'Jamais vérifié', en: 'Never checked' },
  correctedMark: { fr: 'Corrigé ici', simple: 'Corrigé ici', en: 'Corrected here' },
  goneMark: { fr: 'Caché : n’existe plus', simple: 'Caché : n’existe plus', en: 'Hidden: no longer exists' },
  fieldPhone: { fr: 'Téléphone', simple: 'Téléphone', en: 'Phone' },
  fieldAddress: { fr: 'Adresse', simple: 'Adresse', en: 'Address' },
  fieldDirections: { fr: 'Pour y aller, en mots', simple: 'Pour y aller', en: 'How to get there, in words' },
  fieldNote: {
    fr: 'Une précision sur les horaires',
    simple: 'Une précision sur les horaires',
    en: 'A note about the hours',
  },
  fieldHours: { fr: 'Horaires de chaque jour', simple: 'Horaires de chaque jour', en: 'Hours of each day' },
  hoursHow: {
    fr: 'Comme 9:00-12:00, 13:30-17:00. Vide : fermé ce jour-là.',
    simple: 'Comme 9:00-12:00, 13:30-17:00. Vide : fermé.',
    en: 'As 9:00-12:00, 13:30-17:00. Empty: closed that day.',
  },
  hoursNotPlain: {
    fr: 'Ces horaires ne tiennent pas dans une semaine simple :',
    simple: 'Ces horaires sont particuliers :',
    en: 'These hours are not a plain week:',
  },
  hoursKnown: { fr: 'Je connais les horaires', simple: 'Je connais les horaires', en: 'I know the hours' },
  fieldGone: {
    fr: 'Ce lieu n’existe plus ou n’aide plus : le cacher',
    simple: 'Ce lieu n’existe plus : le cacher',
    en: 'This place no longer exists or helps: hide it',
  },
  saveCorrection: { fr: 'Enregistrer', simple: 'Enregistrer', en: 'Save' },
  confirmTrue: { fr: 'Tout est juste', simple: 'Tout est juste', en: 'All is right' },
  undo: { fr: 'Revenir à l’import', simple: 'Revenir à l’import', en: 'Back to the import' },
  saved: { fr: 'Enregistré.', simple: 'Enregistré.', en: 'Saved.' },
  backToList: { fr: 'Retour à la liste', simple: 'Retour à la liste', en: 'Back to the list' },
  noReview: { fr: 'Aucun lieu ne correspond.', simple: 'Aucun lieu.', en: 'No place matches.' },
});
