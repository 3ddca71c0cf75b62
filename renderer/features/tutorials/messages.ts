/** The sentences of the tutorials' screens. The texts of the lessons are content. */
import { defineMessages } from '../../client/i18n/define-messages.ts';

export const tutorialsMessages = defineMessages({
  learn: {
    fr: 'Apprendre',
    simple: 'Apprendre',
    en: 'Learn',
  },
  title: {
    fr: 'Que voulez-vous apprendre ?',
    simple: 'Que voulez-vous apprendre ?',
    en: 'What do you want to learn?',
  },
  level1: {
    fr: 'Je débute',
    simple: 'Je débute',
    en: 'I am starting',
  },
  level2: {
    fr: 'Je me débrouille',
    simple: 'Je me débrouille',
    en: 'I manage',
  },
  level3: {
    fr: 'Je vais plus loin',
    simple: 'Je vais plus loin',
    en: 'I go further',
  },
  levels: {
    fr: 'Votre niveau',
    simple: 'Votre niveau',
    en: 'Your level',
  },
  minutes: {
    fr: ({ n }: { n: number }) => `${n} min`,
    simple: ({ n }: { n: number }) => `${n} min`,
    en: ({ n }: { n: number }) => `${n} min`,
  },
  begun: {
    fr: 'Commencé',
    simple: 'Commencé',
    en: 'Begun',
  },
  finished: {
    fr: 'Terminé',
    simple: 'Terminé',
    en: 'Finished',
  },
  whereToStart: {
    fr: 'Par où commencer ?',
    simple: 'Par où commencer ?',
    en: 'Where do I start?',
  },
  goOnWith: {
    fr: ({ title }: { title: string }) => `Reprendre : ${title}`,
    simple: ({ title }: { title: string }) => `Reprendre : ${title}`,
    en: ({ title }: { title: string }) => `Go on with: ${title}`,
  },
  elsewhere: {
    fr: 'Sur d’autres sites',
    simple: 'Sur d’autres sites',
    en: 'On other websites',
  },
  empty: {
    fr: 'Il n’y a rien à apprendre ici pour l’instant.',
    simple: 'Rien pour l’instant.',
    en: 'There is nothing to learn here for now.',
  },
  loading: {
    fr: 'Un instant…',
    simple: 'Un instant…',
    en: 'One moment…',
  },
  screenOf: {
    fr: ({ n, of }: { n: number; of: number }) => `${n} sur ${of}`,
    simple: ({ n, of }: { n: number; of: number }) => `${n} sur ${of}`,
    en: ({ n, of }: { n: number; of: number }) => `${n} of ${of}`,
  },
  cantDo: {
    fr: 'Je n’y arrive pas',
    simple: 'Je n’y arrive pas',
    en: 'I can’t do it',
  },
  next: {
    fr: 'Suivant',
    simple: 'Suivant',
    en: 'Next',
  },
  previous: {
    fr: 'Avant',
    simple: 'Avant',
    en: 'Before',
  },
  skip: {
    fr: 'Passer l’exercice',
    simple: 'Passer',
    en: 'Skip this exercise',
  },
  practiceDone: {
    fr: 'Bravo, c’est fait.',
    simple: 'Bravo !',
    en: 'Well done.',
  },
  finish: {
    fr: 'Terminer',
    simple: 'Terminer',
    en: 'Finish',
  },
  struggling: {
    fr: 'C’est normal de ne pas y arriver tout de suite.',
    simple: 'C’est normal. Essayez encore.',
    en: 'It is normal not to manage at once.',
  },
  another: {
    fr: ({ title }: { title: string }) => `Revoir : ${title}`,
    simple: ({ title }: { title: string }) => `Revoir : ${title}`,
    en: ({ title }: { title: string }) => `See again: ${title}`,
  },
  seeExplanation: {
    fr: 'Revoir l’explication',
    simple: 'Revoir l’explication',
    en: 'See the explanation again',
  },
  goBackToIt: {
    fr: 'Reprendre où j’en étais',
    simple: 'Reprendre où j’étais',
    en: 'Go back to where I was',
  },
  bravo: {
    fr: ({ title }: { title: string }) => `Bravo ! « ${title} », c’est fait.`,
    simple: () => `Bravo ! C’est fait.`,
    en: ({ title }: { title: string }) => `Well done! “${title}” is finished.`,
  },
  remember: {
    fr: 'À retenir',
    simple: 'À retenir',
    en: 'To remember',
  },
  print: {
    fr: 'Imprimer la fiche',
    simple: 'Imprimer la fiche',
    en: 'Print the sheet',
  },
  again: {
    fr: 'Recommencer',
    simple: 'Recommencer',
    en: 'Start again',
  },
  nextOne: {
    fr: ({ title }: { title: string }) => `Ensuite : ${title}`,
    simple: ({ title }: { title: string }) => `Ensuite : ${title}`,
    en: ({ title }: { title: string }) => `Next: ${title}`,
  },
  helpTitle: {
    fr: 'Autrement dit',
    simple: 'Autrement dit',
    en: 'In other words',
  },
  helpPerson: {
    fr: 'Toujours difficile ? Une personne peut vous aider.',
    simple: 'Une personne peut vous aider.',
    en: 'Still hard? A person can help you.',
  },
  helpNear: {
    fr: 'De l’aide près d’ici',
    simple: 'De l’aide près d’ici',
    en: 'Help near here',
  },
  tryAgain: {
    fr: 'J’essaie encore',
    simple: 'J’essaie encore',
    en: 'I’ll try again',
  },
  offer: {
    fr: ({ title, n }: { title: string; n: number }) => `Première fois ? « ${title} », ${n} min`,
    simple: ({ title }: { title: string; n: number }) => `Première fois ? « ${title} »`,
    en: ({ title, n }: { title: string; n: number }) => `First time? “${title}”, ${n} min`,
  },
  learnIt: {
    fr: 'Apprendre',
    simple: 'Apprendre',
    en: 'Learn',
  },
  noThanks: {
    fr: 'Non merci',
    simple: 'Non merci',
    en: 'No thank you',
  },
  startLead: {
    fr: 'Deux minutes, sans note. Répondez comme vous le sentez.',
    simple: 'Deux minutes. Ce n’est pas une note.',
    en: 'Two minutes, no mark. Answer as you feel.',
  },
  knowYes: {
    fr: 'Oui',
    simple: 'Oui',
    en: 'Yes',
  },
  knowALittle: {
    fr: 'Un peu',
    simple: 'Un peu',
    en: 'A little',
  },
  knowNo: {
    fr: 'Pas encore',
    simple: 'Pas encore',
    en: 'Not yet',
  },
  startResult: {
    fr: 'Voici par où commencer',
    simple: 'Commencez ici',
    en: 'Here is where to start',
  },
  startPerson: {
    fr: 'Vous pouvez aussi apprendre avec une personne, près d’ici.',
    simple: 'Une personne peut aussi vous apprendre.',
    en: 'You can also learn with a person, near here.',
  },
  startPrint: {
    fr: 'Imprimer pour mon aidant',
    simple: 'Imprimer pour mon aidant',
    en: 'Print for my helper',
  },
  'real.mailbox': {
    fr: 'Ouvrir ma vraie boîte',
    simple: 'Ouvrir ma vraie boîte',
    en: 'Open my real mailbox',
  },
  'real.scan': {
    fr: 'Scanner un vrai papier',
    simple: 'Scanner un papier',
    en: 'Scan a real paper',
  },
  'real.print': {
    fr: 'Voir mes documents',
    simple: 'Voir mes documents',
    en: 'See my documents',
  },
  'real.documents': {
    fr: 'Voir mes documents',
    simple: 'Voir mes documents',
    en: 'See my documents',
  },
  'real.directory': {
    fr: 'Trouver de l’aide',
    simple: 'Trouver de l’aide',
    en: 'Find help',
  },
  'real.catalogue': {
    fr: 'Faire une démarche',
    simple: 'Faire une démarche',
    en: 'Do an online procedure',
  },
});
