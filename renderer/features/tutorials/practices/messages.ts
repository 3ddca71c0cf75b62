/** The answers of the exercises: immediate, kind, never a grade. Names of invented sites are not sentences. */
import { defineMessages } from '../../../client/i18n/define-messages.ts';

export const practiceMessages = defineMessages({
  reachIt: {
    fr: 'Amenez la flèche sur le rond jaune.',
    simple: 'Amenez la flèche sur le rond.',
    en: 'Move the arrow onto the yellow circle.',
  },
  pressIt: {
    fr: 'Amenez la flèche sur le rond jaune, puis cliquez.',
    simple: 'Allez sur le rond jaune. Cliquez.',
    en: 'Move onto the yellow circle, then click.',
  },
  pressItTwice: {
    fr: 'Cliquez deux fois de suite sur le rond jaune.',
    simple: 'Cliquez deux fois, vite.',
    en: 'Click twice in a row on the yellow circle.',
  },
  caught: {
    fr: ({ n, of }: { n: number; of: number }) => `Oui ! ${n} sur ${of}`,
    simple: ({ n, of }: { n: number; of: number }) => `Oui ! ${n} sur ${of}`,
    en: ({ n, of }: { n: number; of: number }) => `Yes! ${n} of ${of}`,
  },
  onceMore: {
    fr: 'Encore une fois, tout de suite.',
    simple: 'Encore une fois, vite.',
    en: 'Once more, straight away.',
  },
  onceMoreFaster: {
    fr: 'Un peu plus vite : clic, clic.',
    simple: 'Plus vite : clic, clic.',
    en: 'A little faster: click, click.',
  },
  youAreThere: {
    fr: 'Vous y êtes. Cliquez.',
    simple: 'Vous y êtes. Cliquez.',
    en: 'You are there. Click.',
  },
  moreRight: {
    fr: 'Presque. Le rond est plus à droite.',
    simple: 'Presque. Plus à droite.',
    en: 'Nearly. The circle is further right.',
  },
  moreLeft: {
    fr: 'Presque. Le rond est plus à gauche.',
    simple: 'Presque. Plus à gauche.',
    en: 'Nearly. The circle is further left.',
  },
  moreDown: {
    fr: 'Presque. Le rond est plus bas.',
    simple: 'Presque. Plus bas.',
    en: 'Nearly. The circle is lower.',
  },
  moreUp: {
    fr: 'Presque. Le rond est plus haut.',
    simple: 'Presque. Plus haut.',
    en: 'Nearly. The circle is higher.',
  },
  round: {
    fr: ({ n, of }: { n: number; of: number }) => `Rond ${n} sur ${of}`,
    simple: ({ n, of }: { n: number; of: number }) => `Rond ${n} sur ${of}`,
    en: ({ n, of }: { n: number; of: number }) => `Circle ${n} of ${of}`,
  },
  yes: {
    fr: 'Oui, c’est ça.',
    simple: 'Oui, c’est ça.',
    en: 'Yes, that is it.',
  },
  almost: {
    fr: 'Presque.',
    simple: 'Presque.',
    en: 'Nearly.',
  },
  notThere: {
    fr: 'Pas dans celle-ci.',
    simple: 'Pas ici.',
    en: 'Not in this one.',
  },
  dragHow: {
    fr: 'Tirez la chose jusqu’à sa place. Ou cliquez dessus, puis sur la place.',
    simple: 'Cliquez sur la chose, puis sur sa place.',
    en: 'Drag each one to its place. Or click it, then its place.',
  },
  nowThePlace: {
    fr: ({ name }: { name: string }) => `« ${name} » : cliquez maintenant sur sa place.`,
    simple: ({ name }: { name: string }) => `« ${name} » : cliquez sur sa place.`,
    en: ({ name }: { name: string }) => `“${name}”: now click its place.`,
  },
  itemFirst: {
    fr: 'Cliquez d’abord sur une chose, en haut.',
    simple: 'D’abord une chose, en haut.',
    en: 'Click a thing first, at the top.',
  },
  letGoOnPlace: {
    fr: 'Lâchez sur une des places, en bas.',
    simple: 'Lâchez sur une place, en bas.',
    en: 'Let go on one of the places, below.',
  },
  keyShift: {
    fr: 'Maj ⇧',
    simple: 'Maj ⇧',
    en: 'Shift ⇧',
  },
  keySpace: {
    fr: 'Barre d’espace',
    simple: 'Barre d’espace',
    en: 'Space bar',
  },
  keepDown: {
    fr: 'gardez appuyé',
    simple: 'gardez appuyé',
    en: 'keep it down',
  },
  aSpace: {
    fr: 'un espace',
    simple: 'un espace',
    en: 'a space',
  },
  quoted: {
    fr: ({ sign }: { sign: string }) => `« ${sign} »`,
    simple: ({ sign }: { sign: string }) => `« ${sign} »`,
    en: ({ sign }: { sign: string }) => `“${sign}”`,
  },
  typeHere: {
    fr: ({ n, of }: { n: number; of: number }) => `Écrivez ici (${n} sur ${of})`,
    simple: ({ n, of }: { n: number; of: number }) => `Écrivez ici (${n} sur ${of})`,
    en: ({ n, of }: { n: number; of: number }) => `Type here (${n} of ${of})`,
  },
  eraseOne: {
    fr: 'Ce n’est pas cette touche. Effacez une fois avec la touche ⌫.',
    simple: 'Effacez une fois avec ⌫.',
    en: 'Not that key. Erase once with the ⌫ key.',
  },
  eraseSigns: {
    fr: ({ n }: { n: number }) => `Ce n’est pas cette touche. Effacez ${n} fois avec la touche ⌫.`,
    simple: ({ n }: { n: number }) => `Effacez ${n} fois avec ⌫.`,
    en: ({ n }: { n: number }) => `Not that key. Erase ${n} times with the ⌫ key.`,
  },
  nextSign: {
    fr: ({ sign }: { sign: string }) => `Maintenant : ${sign}`,
    simple: ({ sign }: { sign: string }) => `Maintenant : ${sign}`,
    en: ({ sign }: { sign: string }) => `Now: ${sign}`,
  },
  typedOne: {
    fr: 'C’est écrit sans faute. En voici un autre.',
    simple: 'C’est juste. Un autre arrive.',
    en: 'No mistake. Here is another one.',
  },
  typedAll: {
    fr: 'Tout est écrit sans faute.',
    simple: 'Tout est juste.',
    en: 'All of it without a mistake.',
  },
  notThisOne: {
    fr: 'Pas celle-ci.',
    simple: 'Pas celle-ci.',
    en: 'Not this one.',
  },
  nextQuestion: {
    fr: ({ n, of }: { n: number; of: number }) => `Question ${n} sur ${of}`,
    simple: ({ n, of }: { n: number; of: number }) => `Question ${n} sur ${of}`,
    en: ({ n, of }: { n: number; of: number }) => `Question ${n} of ${of}`,
  },
  countOf: {
    fr: ({ n, of }: { n: number; of: number }) => `${n} sur ${of}`,
    simple: ({ n, of }: { n: number; of: number }) => `${n} sur ${of}`,
    en: ({ n, of }: { n: number; of: number }) => `${n} of ${of}`,
  },
  isTrue: {
    fr: 'Vrai',
    simple: 'Vrai',
    en: 'True',
  },
  isFalse: {
    fr: 'Faux',
    simple: 'Faux',
    en: 'False',
  },
  infactTrue: {
    fr: 'En fait, c’est vrai.',
    simple: 'C’est vrai.',
    en: 'In fact it is true.',
  },
  infactFalse: {
    fr: 'En fait, c’est faux.',
    simple: 'C’est faux.',
    en: 'In fact it is false.',
  },
  goOn: {
    fr: 'Continuer',
    simple: 'Continuer',
    en: 'Go on',
  },
  toOrder: {
    fr: 'Les étapes mélangées',
    simple: 'Les étapes mélangées',
    en: 'The steps, mixed up',
  },
  inOrder: {
    fr: 'Les étapes dans l’ordre',
    simple: 'Les étapes dans l’ordre',
    en: 'The steps in order',
  },
  notYetThis: {
    fr: 'Pas encore celle-ci.',
    simple: 'Pas encore.',
    en: 'Not this one yet.',
  },
  somethingBefore: {
    fr: 'Il y a quelque chose à faire avant.',
    simple: 'Il y a autre chose avant.',
    en: 'Something comes before it.',
  },
  andThen: {
    fr: 'Et ensuite ?',
    simple: 'Et ensuite ?',
    en: 'And then?',
  },
  whatFirst: {
    fr: 'Cliquez sur ce que l’on fait en premier.',
    simple: 'Qu’est-ce qu’on fait d’abord ?',
    en: 'Click what comes first.',
  },
  onlyPractice: {
    fr: 'Exercice : rien n’est envoyé',
    simple: 'Exercice : rien ne part',
    en: 'Practice: nothing is sent',
  },
  starIsRequired: {
    fr: '* obligatoire',
    simple: '* obligatoire',
    en: '* required',
  },
  formSent: {
    fr: 'Le formulaire est bien rempli. Ici, rien n’est vraiment parti.',
    simple: 'C’est bien rempli. Ici, rien ne part.',
    en: 'The form is filled in. Here, nothing was really sent.',
  },
  pickOne: {
    fr: 'Choisissez',
    simple: 'Choisissez',
    en: 'Choose',
  },
  sendForm: {
    fr: 'Envoyer',
    simple: 'Envoyer',
    en: 'Send',
  },
  toPutRightOne: {
    fr: 'Une chose à corriger. Le reste est gardé.',
    simple: 'Une chose à changer.',
    en: 'One thing to put right. The rest is kept.',
  },
  toPutRight: {
    fr: ({ n }: { n: number }) => `${n} choses à corriger. Le reste est gardé.`,
    simple: ({ n }: { n: number }) => `${n} choses à changer.`,
    en: ({ n }: { n: number }) => `${n} things to put right. The rest is kept.`,
  },
  mailOpened: {
    fr: 'Le message est ouvert.',
    simple: 'Le message est ouvert.',
    en: 'The message is open.',
  },
  otherMessage: {
    fr: 'Ce n’est pas ce message. Regardez qui l’envoie, à gauche.',
    simple: 'Pas ce message. Regardez qui l’envoie.',
    en: 'Not this message. Look at who sent it, on the left.',
  },
  codeFound: {
    fr: 'C’est le bon code.',
    simple: 'C’est le bon code.',
    en: 'That is the code.',
  },
  codeLookAgain: {
    fr: 'Ce n’est pas ce code. Ouvrez le bon message et recopiez le nombre.',
    simple: 'Pas ce code. Relisez le message.',
    en: 'Not that code. Open the right message and copy the number.',
  },
  writeSomething: {
    fr: 'Écrivez d’abord quelques mots.',
    simple: 'Écrivez quelques mots.',
    en: 'Write a few words first.',
  },
  answerSent: {
    fr: 'Votre réponse est écrite. Ici, rien n’est vraiment parti.',
    simple: 'C’est écrit. Ici, rien ne part.',
    en: 'Your answer is written. Here, nothing was really sent.',
  },
  copyAnswer: {
    fr: 'Recopiez la phrase telle qu’elle est écrite au-dessus.',
    simple: 'Recopiez la phrase au-dessus.',
    en: 'Copy the sentence as it stands above.',
  },
  notATrap: {
    fr: 'Ce message-là est honnête. Cherchez celui qui presse ou qui fait peur.',
    simple: 'Ce message est honnête. Cherchez un autre.',
    en: 'That message is honest. Look for the one that hurries or frightens.',
  },
  inbox: {
    fr: 'Les messages reçus',
    simple: 'Les messages reçus',
    en: 'The messages received',
  },
  unread: {
    fr: '(non lu)',
    simple: '(non lu)',
    en: '(unread)',
  },
  codeHere: {
    fr: 'Le code',
    simple: 'Le code',
    en: 'The code',
  },
  checkIt: {
    fr: 'Vérifier',
    simple: 'Vérifier',
    en: 'Check',
  },
  toCopy: {
    fr: 'À recopier :',
    simple: 'À recopier :',
    en: 'To copy:',
  },
  yourAnswer: {
    fr: 'Votre réponse',
    simple: 'Votre réponse',
    en: 'Your answer',
  },
  sendMail: {
    fr: 'Envoyer',
    simple: 'Envoyer',
    en: 'Send',
  },
  whichDocument: {
    fr: 'Quel document joindre ?',
    simple: 'Quel document ?',
    en: 'Which document?',
  },
  reply: {
    fr: 'Répondre',
    simple: 'Répondre',
    en: 'Reply',
  },
  attach: {
    fr: 'Joindre un document',
    simple: 'Joindre un document',
    en: 'Attach a document',
  },
  itIsATrap: {
    fr: 'Ce message est un piège',
    simple: 'C’est un piège',
    en: 'This message is a trap',
  },
  pressAMessage: {
    fr: 'Cliquez sur un message, à gauche.',
    simple: 'Cliquez sur un message.',
    en: 'Click a message, on the left.',
  },
  typeSearch: {
    fr: ({ query }: { query: string }) => `Écrivez « ${query} », puis cliquez sur « Chercher ».`,
    simple: ({ query }: { query: string }) => `Écrivez « ${query} ».`,
    en: ({ query }: { query: string }) => `Type “${query}”, then click “Search”.`,
  },
  searchField: {
    fr: 'La recherche',
    simple: 'La recherche',
    en: 'The search',
  },
  searchButton: {
    fr: 'Chercher',
    simple: 'Chercher',
    en: 'Search',
  },
  searchAgain: {
    fr: ({ query }: { query: string }) => `Presque. Écrivez seulement « ${query} ».`,
    simple: ({ query }: { query: string }) => `Écrivez « ${query} ».`,
    en: ({ query }: { query: string }) => `Nearly. Type only “${query}”.`,
  },
  advert: {
    fr: 'Annonce',
    simple: 'Annonce',
    en: 'Advert',
  },
  weakOnes: {
    fr: 'Voici de mauvais mots de passe. Cliquez sur chacun pour savoir pourquoi.',
    simple: 'Ces mots de passe sont mauvais. Cliquez dessus.',
    en: 'These passwords are bad. Click each one to see why.',
  },
  weakBecause: {
    fr: 'Trop facile à trouver.',
    simple: 'Trop facile.',
    en: 'Too easy to find.',
  },
  makeAGoodOne: {
    fr: 'En fabriquer un bon',
    simple: 'En faire un bon',
    en: 'Make a good one',
  },
  neverYours: {
    fr: 'N’écrivez jamais un vrai mot de passe ici : jouez avec ces mots.',
    simple: 'Jamais un vrai mot de passe ici.',
    en: 'Never type a real password here: play with these words.',
  },
  theInvented: {
    fr: 'Le mot de passe inventé',
    simple: 'Le mot de passe inventé',
    en: 'The invented password',
  },
  eraseAll: {
    fr: 'Effacer',
    simple: 'Effacer',
    en: 'Erase',
  },
  refusedTitle: {
    fr: 'Effacé.',
    simple: 'Effacé.',
    en: 'Erased.',
  },
  refusedText: {
    fr: 'Cela ressemble à un vrai mot de passe, ou à un nombre à vous. Prenez seulement les mots du jeu.',
    simple: 'Prenez seulement les mots du jeu.',
    en: 'That looks like a real password, or a number of yours. Use only the game’s words.',
  },
  moreWords: {
    fr: 'Mettez trois mots qui ne vont pas ensemble.',
    simple: 'Mettez trois mots.',
    en: 'Put three words that do not go together.',
  },
  addDigit: {
    fr: 'C’est long, c’est bien. Ajoutez un chiffre.',
    simple: 'Ajoutez un chiffre.',
    en: 'Long is good. Add a digit.',
  },
  addSign: {
    fr: 'Ajoutez encore un signe, comme « ! » ou « - ».',
    simple: 'Ajoutez un signe : « ! » ou « - ».',
    en: 'Now add a sign, such as “!” or “-”.',
  },
  strongPassword: {
    fr: 'Il est solide : long, avec un chiffre et un signe. Le vôtre, inventez-le ailleurs.',
    simple: 'Il est solide. Inventez le vôtre ailleurs.',
    en: 'It is strong: long, with a digit and a sign. Invent your own elsewhere.',
  },
  fcPress: {
    fr: 'Cliquez sur le bouton FranceConnect.',
    simple: 'Cliquez sur FranceConnect.',
    en: 'Click the FranceConnect button.',
  },
  fcChoose: {
    fr: 'Choisissez maintenant le compte de cette personne.',
    simple: 'Choisissez son compte.',
    en: 'Now choose this person’s account.',
  },
  fcAccount: {
    fr: 'Compte',
    simple: 'Compte',
    en: 'Account',
  },
  fcIdentifier: {
    fr: 'Identifiant',
    simple: 'Identifiant',
    en: 'Username',
  },
  fcPassword: {
    fr: 'Mot de passe',
    simple: 'Mot de passe',
    en: 'Password',
  },
  fcService: {
    fr: ({ service }: { service: string }) => `Vous êtes sur ${service}`,
    simple: ({ service }: { service: string }) => `Vous êtes sur ${service}`,
    en: ({ service }: { service: string }) => `You are on ${service}`,
  },
  fcHello: {
    fr: ({ person }: { person: string }) => `Bonjour, ${person}`,
    simple: ({ person }: { person: string }) => `Bonjour, ${person}`,
    en: ({ person }: { person: string }) => `Hello, ${person}`,
  },
  fcHowToSignIn: {
    fr: 'Comment voulez-vous vous connecter ?',
    simple: 'Comment vous connecter ?',
    en: 'How do you want to sign in?',
  },
  fcSignInWith: {
    fr: 'S’identifier avec',
    simple: 'S’identifier avec',
    en: 'Sign in with',
  },
  fcPickAccount: {
    fr: 'Choisissez un compte',
    simple: 'Choisissez un compte',
    en: 'Choose an account',
  },
  fcSee: {
    fr: 'Voir',
    simple: 'Voir',
    en: 'Show',
  },
  fcSignIn: {
    fr: 'Se connecter',
    simple: 'Se connecter',
    en: 'Sign in',
  },
  fcSignedIn: {
    fr: 'Le compte est ouvert. FranceConnect demande encore votre accord.',
    simple: 'Le compte est ouvert. Dites oui.',
    en: 'The account is open. FranceConnect still asks if you agree.',
  },
  fcPasswordAgain: {
    fr: 'Le mot de passe se recopie lettre pour lettre. Le bouton « Voir » aide.',
    simple: 'Recopiez le mot de passe. « Voir » aide.',
    en: 'Copy the password letter by letter. “Show” helps.',
  },
  fcIdentifierAgain: {
    fr: 'Recopiez l’identifiant de la fiche, à gauche.',
    simple: 'Recopiez l’identifiant, à gauche.',
    en: 'Copy the username from the card, on the left.',
  },
  fcAgreeTitle: {
    fr: ({ service }: { service: string }) => `Vous allez continuer vers ${service}`,
    simple: ({ service }: { service: string }) => `Vous allez vers ${service}`,
    en: ({ service }: { service: string }) => `You will go on to ${service}`,
  },
  fcAgree: {
    fr: ({ service }: { service: string }) => `Continuer vers ${service}`,
    simple: () => `Continuer`,
    en: ({ service }: { service: string }) => `Go on to ${service}`,
  },
  fcDone: {
    fr: 'La personne est connectée, sans nouveau compte.',
    simple: 'C’est connecté.',
    en: 'Signed in, without a new account.',
  },
  taken: {
    fr: 'pris',
    simple: 'pris',
    en: 'taken',
  },
  book: {
    fr: ({ day, time }: { day: string; time: string }) => `Prendre ${day} à ${time}`,
    simple: ({ day, time }: { day: string; time: string }) => `Prendre ${day} à ${time}`,
    en: ({ day, time }: { day: string; time: string }) => `Book ${day} at ${time}`,
  },
  booked: {
    fr: ({ day, time }: { day: string; time: string }) => `Rendez-vous ${day} à ${time}`,
    simple: ({ day, time }: { day: string; time: string }) => `Rendez-vous ${day} à ${time}`,
    en: ({ day, time }: { day: string; time: string }) => `Appointment on ${day} at ${time}`,
  },
  nowConfirm: {
    fr: 'C’est libre. Cliquez sur le bouton jaune.',
    simple: 'Cliquez sur le bouton jaune.',
    en: 'That time suits. Click the yellow button to book it.',
  },
  goodScan: {
    fr: 'Bon',
    simple: 'Bon',
    en: 'Good',
  },
  badScan: {
    fr: 'À refaire',
    simple: 'À refaire',
    en: 'Scan it again',
  },
  infactGood: {
    fr: 'En fait, elle est bonne.',
    simple: 'Elle est bonne.',
    en: 'In fact it is good.',
  },
  infactBad: {
    fr: 'En fait, elle est à refaire.',
    simple: 'Elle est à refaire.',
    en: 'In fact it needs scanning again.',
  },
  nextPage: {
    fr: 'Page suivante',
    simple: 'Page suivante',
    en: 'Next page',
  },
  notHere: {
    fr: 'Pas ici.',
    simple: 'Pas ici.',
    en: 'Not here.',
  },
  pressOnLetter: {
    fr: 'Cliquez sur la lettre, là où c’est écrit.',
    simple: 'Cliquez sur la lettre.',
    en: 'Click on the letter, where it is written.',
  },
  copyNumber: {
    fr: 'Recopiez-le ici',
    simple: 'Recopiez-le ici',
    en: 'Copy it here',
  },
  copyAgain: {
    fr: 'Regardez encore la lettre, et recopiez signe par signe.',
    simple: 'Regardez la lettre. Recopiez encore.',
    en: 'Look at the letter again and copy sign by sign.',
  },
  copiedIt: {
    fr: 'C’est recopié sans faute.',
    simple: 'C’est juste.',
    en: 'Copied without a mistake.',
  },
});

export const formFaultMessages = defineMessages({
  empty: {
    fr: 'Il manque quelque chose ici. Regardez la fiche.',
    simple: 'Il manque quelque chose.',
    en: 'Something is missing here. Look at the card.',
  },
  tick: {
    fr: 'Cochez la case pour continuer.',
    simple: 'Cochez la case.',
    en: 'Tick the box to go on.',
  },
  'date-order': {
    fr: 'Le jour d’abord, puis le mois : 14/03/1958.',
    simple: 'Le jour, puis le mois.',
    en: 'Day first, then month: 14/03/1958.',
  },
  'date-signs': {
    fr: 'Une date s’écrit comme 14/03/1958.',
    simple: 'Écrivez comme 14/03/1958.',
    en: 'A date is written like 14/03/1958.',
  },
  'email-at': {
    fr: 'Une adresse e-mail a un seul « @ », au milieu.',
    simple: 'Il faut un « @ ».',
    en: 'An e-mail address has one “@”, in the middle.',
  },
  'email-dot': {
    fr: 'Après « @ », il manque la fin, comme « .fr ».',
    simple: 'Il manque la fin : « .fr ».',
    en: 'After “@” the end is missing, such as “.fr”.',
  },
  'email-space': {
    fr: 'Une adresse e-mail n’a pas d’espace.',
    simple: 'Sans espace.',
    en: 'An e-mail address has no space.',
  },
  'phone-digits': {
    fr: 'Un numéro de téléphone a 10 chiffres.',
    simple: 'Il faut 10 chiffres.',
    en: 'A telephone number has 10 digits.',
  },
  'postcode-digits': {
    fr: 'Un code postal a 5 chiffres.',
    simple: 'Il faut 5 chiffres.',
    en: 'A postcode has 5 digits.',
  },
  'number-signs': {
    fr: 'Des chiffres seulement, ici.',
    simple: 'Des chiffres seulement.',
    en: 'Digits only, here.',
  },
  choice: {
    fr: 'Choisissez dans la liste.',
    simple: 'Choisissez.',
    en: 'Choose from the list.',
  },
  other: {
    fr: 'Regardez la fiche : c’est un peu différent.',
    simple: 'Regardez la fiche.',
    en: 'Look at the card: it is a little different.',
  },
});

export const scanFaultAlts = defineMessages({
  none: {
    fr: 'Une page droite, entière et nette.',
    simple: 'Une page droite et nette.',
    en: 'A page that is straight, whole and sharp.',
  },
  crooked: {
    fr: 'Une page qui penche.',
    simple: 'Une page qui penche.',
    en: 'A page that leans.',
  },
  cut: {
    fr: 'Une page dont le bas manque.',
    simple: 'Il manque le bas.',
    en: 'A page whose lower part is missing.',
  },
  dark: {
    fr: 'Une page très sombre.',
    simple: 'Une page très sombre.',
    en: 'A very dark page.',
  },
  blurred: {
    fr: 'Une page dont les lettres sont floues.',
    simple: 'Les lettres sont floues.',
    en: 'A page with blurred letters.',
  },
  'upside-down': {
    fr: 'Une page à l’envers.',
    simple: 'Une page à l’envers.',
    en: 'A page upside down.',
  },
  glare: {
    fr: 'Une page avec une tache blanche qui cache des mots.',
    simple: 'Une tache blanche cache des mots.',
    en: 'A page with a white spot that hides words.',
  },
});
