import { defineMessages } from '../../client/i18n/define-messages.ts';

export const mailboxMessages = defineMessages({
  tool: { fr: 'E-mails', simple: 'E-mails', en: 'E-mail' },
  mine: { fr: 'Mes e-mails', simple: 'Mes e-mails', en: 'My e-mail' },
  title: { fr: 'Où est votre boîte e-mail ?', simple: 'Où sont vos e-mails ?', en: 'Where is your mailbox?' },
  text: {
    fr: 'Regardez la fin de votre adresse, après « @ ».',
    simple: 'Regardez la fin de votre adresse, après « @ ».',
    en: 'Look at the end of your address, after “@”.',
  },
  staysOpen: {
    fr: 'Votre démarche reste ouverte. Vous y reviendrez à la même page.',
    simple: 'Votre démarche reste ouverte.',
    en: 'What you were doing stays open. You will come back to the same page.',
  },
  other: { fr: 'Une autre', simple: 'Une autre', en: 'Another one' },
  otherAbout: { fr: 'Je ne la vois pas ici', simple: 'Pas dans la liste', en: 'I can’t see it here' },
  otherTitle: {
    fr: 'Quelle est la fin de votre adresse ?',
    simple: 'La fin de votre adresse ?',
    en: 'What is the end of your address?',
  },
  otherLabel: {
    fr: 'Ce qui suit « @ », par exemple : orange.fr',
    simple: 'Après « @ », par exemple : orange.fr',
    en: 'What follows “@”, for example: orange.fr',
  },
  look: { fr: 'Chercher', simple: 'Chercher', en: 'Look for it' },
  unknownTitle: {
    fr: 'Cette boîte e-mail ne s’ouvre pas ici',
    simple: 'Cette boîte ne s’ouvre pas ici',
    en: 'This mailbox can’t be opened here',
  },
  unknownText: {
    fr: 'Lisez le message sur votre téléphone si vous le pouvez. Sinon, demandez de l’aide à l’accueil : votre démarche peut se faire autrement.',
    simple: 'Lisez le message sur votre téléphone. Ou demandez à l’accueil.',
    en: 'Read the message on your phone if you can. Otherwise ask for help at the desk: there is another way.',
  },
  tryAnother: { fr: 'Corriger', simple: 'Corriger', en: 'Correct it' },
  loading: { fr: 'Un instant…', simple: 'Un instant…', en: 'One moment…' },
});
