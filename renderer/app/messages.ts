import type { Language } from '../../main/contract/session.ts';
import { defineMessages } from '../client/i18n/define-messages.ts';

/** Each language is named in that language. */
export const languageNames: Readonly<Record<Language, string>> = {
  fr: 'Français',
  simple: 'Texte simple',
  en: 'English',
};

export const appMessages = defineMessages({
  product: { fr: 'Point numérique', simple: 'Point numérique', en: 'Digital help point' },
  home: { fr: 'Accueil', simple: 'Accueil', en: 'Home' },
  back: { fr: 'Retour', simple: 'Retour', en: 'Back' },
  size: { fr: 'Taille', simple: 'Taille', en: 'Size' },
  help: { fr: 'Aide', simple: 'Aide', en: 'Help' },
  finished: { fr: 'J’ai fini', simple: 'J’ai fini', en: 'I’m done' },
  close: { fr: 'Fermer', simple: 'Fermer', en: 'Close' },
  understood: { fr: 'D’accord', simple: 'D’accord', en: 'OK' },
  notDone: { fr: 'Cela n’a pas marché', simple: 'Cela n’a pas marché', en: 'That did not work' },
  ref: {
    fr: ({ ref }: { ref: string }) => `Référence : ${ref}`,
    simple: ({ ref }: { ref: string }) => `Référence : ${ref}`,
    en: ({ ref }: { ref: string }) => `Reference: ${ref}`,
  },
  timeLeft: {
    fr: ({ minutes }: { minutes: number }) => `Il vous reste ${minutes} min`,
    simple: ({ minutes }: { minutes: number }) => `Il reste ${minutes} min`,
    en: ({ minutes }: { minutes: number }) => `${minutes} min left`,
  },
  lastMinute: {
    fr: 'Dernière minute',
    simple: 'Dernière minute',
    en: 'Last minute',
  },
  sizeTitle: { fr: 'Taille et couleurs', simple: 'Taille et couleurs', en: 'Size and colours' },
  sizeQuestion: { fr: 'Quelle taille de texte ?', simple: 'Quelle taille ?', en: 'Which text size?' },
  sizeNormal: { fr: 'Normale', simple: 'Normale', en: 'Normal' },
  sizeLarge: { fr: 'Grande', simple: 'Grande', en: 'Large' },
  sizeLarger: { fr: 'Très grande', simple: 'Très grande', en: 'Larger' },
  sizeLargest: { fr: 'La plus grande', simple: 'La plus grande', en: 'Largest' },
  coloursQuestion: { fr: 'Quelles couleurs ?', simple: 'Quelles couleurs ?', en: 'Which colours?' },
  coloursLight: { fr: 'Claires', simple: 'Claires', en: 'Light' },
  coloursDark: { fr: 'Sombres', simple: 'Sombres', en: 'Dark' },
  coloursContrast: { fr: 'Très contrastées', simple: 'Noir et blanc', en: 'High contrast' },
  languageTitle: { fr: 'Choisissez votre langue', simple: 'Choisissez votre langue', en: 'Choose your language' },
  simpleAbout: {
    fr: 'Des phrases plus courtes et des mots faciles.',
    simple: 'Des phrases courtes. Des mots faciles.',
    en: 'Shorter sentences and easy words, in French.',
  },
  helpTitle: { fr: 'Comment vous aider ?', simple: 'Besoin d’aide ?', en: 'How can we help?' },
  helpPerson: { fr: 'Parler à une personne', simple: 'Parler à une personne', en: 'Talk to someone' },
  helpUse: { fr: 'Se servir de cette borne', simple: 'Utiliser la borne', en: 'Using this kiosk' },
  helpYellow: {
    fr: 'Le bouton jaune est toujours la suite.',
    simple: 'Le bouton jaune, c’est la suite.',
    en: 'The yellow button is always the next step.',
  },
  helpCalm: {
    fr: 'Vous ne pouvez rien casser. Prenez votre temps.',
    simple: 'Vous ne pouvez rien casser. Prenez votre temps.',
    en: 'You can’t break anything. Take your time.',
  },
  helpErase: {
    fr: 'À la fin, appuyez sur « J’ai fini » : tout est effacé.',
    simple: 'À la fin, appuyez sur « J’ai fini ». Tout est effacé.',
    en: 'At the end, press “I’m done”: everything is erased.',
  },
  faultTitle: { fr: 'Cet écran a eu un problème', simple: 'Il y a un problème', en: 'This screen had a problem' },
  faultLead: {
    fr: 'Ce n’est pas votre faute. Appuyez sur le bouton pour revenir au début.',
    simple: 'Ce n’est pas votre faute. Appuyez sur le bouton jaune.',
    en: 'It is not your fault. Press the button to go back to the beginning.',
  },
  faultBack: { fr: 'Revenir au début', simple: 'Revenir au début', en: 'Back to the beginning' },
});
