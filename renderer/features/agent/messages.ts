/** The agents' area is always in French, whatever the screens' language: agents work here. */
import { defineMessages, type Message } from '../../client/i18n/define-messages.ts';

const french = (text: string): Message => ({ fr: text, simple: text, en: text });

export const agentMessages = defineMessages({
  doorTitle: french('Espace des agents'),
  doorLead: french('Cet espace est réservé aux agents du lieu. Vous utilisez la borne ? Appuyez sur « Revenir ».'),
  passphrase: french('Phrase de passe'),
  show: french('Montrer ce que je tape'),
  enter: french('Entrer'),
  leave: french('Revenir'),
  notSet: french(
    'Aucune phrase de passe n’est encore choisie. Demandez au service informatique : il sait comment la première se choisit ici.',
  ),
  chooseTitle: french('Choisissez la phrase de passe'),
  chooseLead: french(
    'Elle ouvre l’espace des agents de ce lieu. Quatre mots au hasard suffisent : 12 signes au moins. Ce n’est pas un mot de passe à vous.',
  ),
  choose: french('Phrase de passe (12 signes au moins)'),
  chooseAgain: french('La même, encore une fois'),
  keepIt: french('Garder cette phrase'),
  tooShort: french('C’est trop court : il faut 12 signes au moins.'),
  notSame: french('Les deux phrases ne sont pas les mêmes. Tapez encore la deuxième.'),
  setDone: french('La phrase de passe est gardée'),
  noteLead: french(
    'Imprimez le mot pour le coffre : vous y écrirez la phrase à la main, pour vos collègues. La borne ne la montre plus jamais.',
  ),
  noteByHand: french('Écrivez-la sur un papier, pour le coffre de votre lieu. La borne ne la montre plus jamais.'),
  printNote: french('Imprimer le mot pour le coffre'),
  enterArea: french('Entrer dans l’espace'),
  wrong: french('Ce n’est pas la bonne phrase. Vérifiez les majuscules, puis essayez encore.'),
  areaTitle: french('Espace des agents'),
  close: french('Fermer l’espace agent'),
  figures: french('Les chiffres'),
  machine: french('La borne'),
  welcome: french('L’accueil'),
  week: french('Semaine'),
  month: french('Mois'),
  year: french('Année'),
  before: french('Avant'),
  after: french('Après'),
  toDo: french('À faire'),
  underWay: french('Période en cours : ces chiffres vont encore changer.'),
  stuckTitle: french('Où l’on s’est arrêté'),
  stuckRead: {
    fr: ({ read }: { read: string }) => `Ce que la personne lisait : « ${read} »`,
    simple: ({ read }: { read: string }) => `Ce que la personne lisait : « ${read} »`,
    en: ({ read }: { read: string }) => `Ce que la personne lisait : « ${read} »`,
  },
  stuckNone: french('Aucune étape n’a arrêté assez de monde pour en être sûr.'),
  trendTitle: french('Passages des dernières semaines'),
  printPage: french('Imprimer cette page'),
  coming: french('La page s’imprime…'),
  printed: french('La page est sortie.'),
  notPrinted: french('La page n’est pas sortie. Regardez l’imprimante, puis « La borne ».'),
  details: french('Tous les tableaux'),
  noFigures: french('Les chiffres ne peuvent pas être lus. Regardez « La borne ».'),
  columnWhat: french('Quoi'),
  columnNow: french('Nombre'),
  columnBefore: french('Avant'),
  columnLastYear: french('An dernier'),
  morning: french('matin'),
  afternoon: french('après-midi'),
  stateTitle: french('L’état de la borne'),
  actionsTitle: french('Agir'),
  forPerson: french('Pour la personne à la borne'),
  forMachine: french('Pour la borne'),
  addTime: french('Ajouter 15 min'),
  addPages: french('Ajouter 10 pages'),
  nobody: french('Personne n’utilise la borne en ce moment.'),
  timeNotLimited: french('Ici, le temps n’est pas limité.'),
  pagesNotLimited: french('Ici, les pages ne sont pas limitées.'),
  nothingLimited: french('Ici, ni le temps ni les pages ne sont limités.'),
  timeAdded: {
    fr: ({ minutes }: { minutes: number }) => `C’est fait. Il reste ${minutes} minutes à la personne.`,
    simple: ({ minutes }: { minutes: number }) => `C’est fait. Il reste ${minutes} minutes à la personne.`,
    en: ({ minutes }: { minutes: number }) => `C’est fait. Il reste ${minutes} minutes à la personne.`,
  },
  pagesAdded: {
    fr: ({ pages }: { pages: number }) => `C’est fait. Il reste ${pages} pages à la personne.`,
    simple: ({ pages }: { pages: number }) => `C’est fait. Il reste ${pages} pages à la personne.`,
    en: ({ pages }: { pages: number }) => `C’est fait. Il reste ${pages} pages à la personne.`,
  },
  outOn: french('Mettre hors service'),
  outOff: french('Remettre en service'),
  outNow: french('La borne est hors service : personne ne peut commencer.'),
  restart: french('Redémarrer la borne'),
  quit: french('Arrêter le programme'),
  restartSure: french('Redémarrer la borne ?'),
  quitSure: french('Arrêter le programme ?'),
  sureLead: french('Si une personne est en train de l’utiliser, elle perd ce qu’elle faisait.'),
  yes: french('Oui'),
  no: french('Non, revenir'),
  messagesTitle: french('Messages sur l’accueil'),
  messagesLead: french('Trois au plus, courts. Ils restent jusqu’à ce que vous les retiriez.'),
  messageLabel: {
    fr: ({ number }: { number: number }) => `Message ${number}`,
    simple: ({ number }: { number: number }) => `Message ${number}`,
    en: ({ number }: { number: number }) => `Message ${number}`,
  },
  save: french('Montrer ces messages'),
  saved: french('C’est fait : l’accueil montre ces messages.'),
  quiet: {
    fr: ({ count }: { count: number }) =>
      count > 1
        ? `Et ${count} autres, à zéro ou trop petits pour en être sûr.`
        : 'Et un autre, à zéro ou trop petit pour en être sûr.',
    simple: ({ count }: { count: number }) =>
      count > 1
        ? `Et ${count} autres, à zéro ou trop petits pour en être sûr.`
        : 'Et un autre, à zéro ou trop petit pour en être sûr.',
    en: ({ count }: { count: number }) =>
      count > 1
        ? `Et ${count} autres, à zéro ou trop petits pour en être sûr.`
        : 'Et un autre, à zéro ou trop petit pour en être sûr.',
  },
  wait: {
    fr: ({ time }: { time: string }) => `Attendez ${time} avant d’essayer encore.`,
    simple: ({ time }: { time: string }) => `Attendez ${time} avant d’essayer encore.`,
    en: ({ time }: { time: string }) => `Attendez ${time} avant d’essayer encore.`,
  },
});
