import { defineMessages } from '../../client/i18n/define-messages.ts';

export const scanningMessages = defineMessages({
  scanOne: { fr: 'Scanner un papier', simple: 'Scanner un papier', en: 'Scan a paper' },
  whatTitle: { fr: 'Que voulez-vous scanner ?', simple: 'Que voulez-vous scanner ?', en: 'What do you want to scan?' },
  single: { fr: 'Une seule feuille', simple: 'Une feuille', en: 'A single sheet' },
  singleAbout: {
    fr: 'Une lettre, une attestation, un RIB',
    simple: 'Une lettre, un RIB',
    en: 'A letter, a certificate',
  },
  several: { fr: 'Plusieurs feuilles', simple: 'Plusieurs feuilles', en: 'Several sheets' },
  severalAbout: {
    fr: 'Elles feront un seul document',
    simple: 'Cela fait un seul document',
    en: 'They make one document',
  },
  bothSides: { fr: 'Recto et verso', simple: 'Les deux côtés', en: 'Both sides' },
  bothSidesAbout: { fr: 'Écrit devant et derrière', simple: 'Écrit devant et derrière', en: 'Written front and back' },
  card: { fr: 'Une carte', simple: 'Une carte', en: 'A card' },
  cardAbout: {
    fr: 'Carte d’identité, permis, carte Vitale',
    simple: 'Carte d’identité, carte Vitale',
    en: 'Identity card, driving licence',
  },
  placeGlass: {
    fr: 'Posez votre feuille sur la vitre',
    simple: 'Posez la feuille sur la vitre',
    en: 'Lay your sheet on the glass',
  },
  placeNext: { fr: 'Posez la feuille suivante', simple: 'Posez une autre feuille', en: 'Lay the next sheet' },
  placeFeeder: {
    fr: 'Mettez vos feuilles dans le chargeur',
    simple: 'Mettez les feuilles en haut du scanner',
    en: 'Put your sheets in the feeder',
  },
  placeFront: {
    fr: 'Posez le devant de la carte sur la vitre',
    simple: 'Posez le devant de la carte',
    en: 'Lay the front of the card on the glass',
  },
  placeBack: { fr: 'Retournez la carte', simple: 'Retournez la carte', en: 'Turn the card over' },
  stepLid: { fr: 'Soulevez le couvercle du scanner.', simple: 'Ouvrez le couvercle.', en: 'Lift the scanner’s lid.' },
  stepCorner: {
    fr: 'Posez la feuille contre la vitre, le texte vers le bas, dans le coin marqué.',
    simple: 'Mettez le texte contre la vitre. Mettez la feuille dans le coin orange.',
    en: 'Lay the sheet face down, in the marked corner.',
  },
  stepCard: {
    fr: 'Posez la carte au milieu de la vitre, un peu loin des bords.',
    simple: 'Mettez la carte au milieu de la vitre.',
    en: 'Lay the card in the middle of the glass, away from the edges.',
  },
  stepClose: {
    fr: 'Fermez le couvercle, puis appuyez sur « Scanner ».',
    simple: 'Fermez. Appuyez sur « Scanner ».',
    en: 'Close the lid, then press “Scan”.',
  },
  stepPile: {
    fr: 'Retirez les agrafes, puis faites une pile bien droite.',
    simple: 'Enlevez les agrafes. Faites une pile droite.',
    en: 'Remove the staples, then make a straight pile.',
  },
  stepFeed: {
    fr: 'Glissez la pile en haut du scanner, le texte vers vous, jusqu’au fond.',
    simple: 'Mettez la pile en haut du scanner. Poussez au fond.',
    en: 'Slide the pile into the top of the scanner, facing you, all the way.',
  },
  stepPress: { fr: 'Appuyez sur « Scanner ».', simple: 'Appuyez sur « Scanner ».', en: 'Press “Scan”.' },
  scan: { fr: 'Scanner', simple: 'Scanner', en: 'Scan' },
  scanning: {
    fr: 'Le scanner lit votre feuille',
    simple: 'Le scanner lit la feuille',
    en: 'The scanner is reading your sheet',
  },
  scanningText: {
    fr: 'N’ouvrez pas le couvercle. Cela prend quelques secondes.',
    simple: 'N’ouvrez pas. Attendez un peu.',
    en: 'Keep the lid closed. It takes a few seconds.',
  },
  feeding: {
    fr: 'Le scanner lit vos feuilles',
    simple: 'Le scanner lit les feuilles',
    en: 'The scanner is reading your sheets',
  },
  feedingText: {
    fr: 'Elles passent une par une. Ne les retenez pas.',
    simple: 'Ne touchez pas les feuilles. Attendez un peu.',
    en: 'They go through one by one. Don’t hold them back.',
  },
  scanningLong: {
    fr: 'C’est plus long que d’habitude. Vous pouvez attendre encore, ou arrêter et recommencer.',
    simple: 'C’est long. Attendez, ou appuyez sur « Arrêter ».',
    en: 'It takes longer than usual. You may wait, or stop and start again.',
  },
  pagesCame: {
    fr: ({ n }: { n: number }) => (n === 1 ? '1 page est arrivée' : `${n} pages sont arrivées`),
    simple: ({ n }: { n: number }) => (n === 1 ? '1 page est là' : `${n} pages sont là`),
    en: ({ n }: { n: number }) => (n === 1 ? '1 page has come' : `${n} pages have come`),
  },
  stop: { fr: 'Arrêter', simple: 'Arrêter', en: 'Stop' },
  lookTitle: { fr: 'Est-ce bien lisible ?', simple: 'Arrivez-vous à lire ?', en: 'Can you read it well?' },
  lookGood: {
    fr: 'La page est nette et complète.',
    simple: 'La page est bonne.',
    en: 'The page is sharp and complete.',
  },
  lookWaiting: { fr: 'Nous améliorons l’image…', simple: 'Attendez un peu…', en: 'Tidying it up…' },
  wasStraightened: {
    fr: 'Elle était de travers : nous l’avons redressée.',
    simple: 'On a redressé la page.',
    en: 'It was crooked: we straightened it.',
  },
  wasTurned: {
    fr: 'Elle était à l’envers : on l’a remise à l’endroit.',
    simple: 'On a remis la page à l’endroit.',
    en: 'It was upside down: we turned it.',
  },
  good: { fr: 'C’est bien', simple: 'C’est bien', en: 'It’s fine' },
  goodAnyway: { fr: 'La garder quand même', simple: 'La garder', en: 'Keep it anyway' },
  withoutScanner: { fr: 'Continuer sans scanner', simple: 'Continuer sans scanner', en: 'Go on without scanning' },
  again: { fr: 'Recommencer', simple: 'Recommencer', en: 'Scan it again' },
  turn: { fr: 'Tourner la page', simple: 'Tourner', en: 'Turn the page' },
  unsure: {
    fr: 'Est-elle à l’endroit ? Sinon, appuyez sur « Tourner la page ».',
    simple: 'Si la page est à l’envers, appuyez sur « Tourner ».',
    en: 'Is it the right way up? If not, press “Turn the page”.',
  },
  wasCropped: {
    fr: 'On a gardé la feuille, sans le tour.',
    simple: 'On a coupé le tour de la feuille.',
    en: 'We kept the sheet and left out what is around it.',
  },
  showWhole: { fr: 'Voir la page entière', simple: 'Voir toute la page', en: 'See the whole page' },
  cropAgain: { fr: 'Garder la feuille seule', simple: 'Couper le tour', en: 'Keep the sheet only' },
  overviewOne: { fr: 'Votre page est prête', simple: 'La page est prête', en: 'Your page is ready' },
  overviewMany: {
    fr: ({ n }: { n: number }) => `Vos ${n} pages sont prêtes`,
    simple: ({ n }: { n: number }) => `Les ${n} pages sont prêtes`,
    en: ({ n }: { n: number }) => `Your ${n} pages are ready`,
  },
  page: {
    fr: ({ n }: { n: number }) => `Page ${n}`,
    simple: ({ n }: { n: number }) => `Page ${n}`,
    en: ({ n }: { n: number }) => `Page ${n}`,
  },
  before: { fr: 'Mettre avant', simple: 'Avant', en: 'Earlier' },
  after: { fr: 'Mettre après', simple: 'Après', en: 'Later' },
  remove: { fr: 'Retirer', simple: 'Enlever', en: 'Remove' },
  add: { fr: 'Ajouter une page', simple: 'Ajouter une page', en: 'Add a page' },
  finish: {
    fr: ({ n }: { n: number }) => (n === 1 ? 'Garder cette page' : `Garder ces ${n} pages`),
    simple: ({ n }: { n: number }) => (n === 1 ? 'Garder la page' : `Garder les ${n} pages`),
    en: ({ n }: { n: number }) => (n === 1 ? 'Keep this page' : `Keep these ${n} pages`),
  },
  blanks: {
    fr: ({ n }: { n: number }) => (n === 1 ? '1 page blanche a été retirée.' : `${n} pages blanches ont été retirées.`),
    simple: ({ n }: { n: number }) => (n === 1 ? 'On a enlevé 1 page blanche.' : `On a enlevé ${n} pages blanches.`),
    en: ({ n }: { n: number }) => (n === 1 ? '1 blank page was left out.' : `${n} blank pages were left out.`),
  },
  restore: { fr: 'Les remettre', simple: 'Les remettre', en: 'Put them back' },
  finishing: {
    fr: 'Nous préparons votre document',
    simple: 'Nous préparons le document',
    en: 'Preparing your document',
  },
  finishingText: {
    fr: 'Nous lisons votre document, puis nous lui donnons un nom.',
    simple: 'Attendez un peu.',
    en: 'The text is read, then the document gets a name.',
  },
  searchAgain: { fr: 'Chercher le scanner', simple: 'Chercher le scanner', en: 'Look for the scanner' },
  keepPages: { fr: 'Garder les pages déjà là', simple: 'Garder les pages', en: 'Keep the pages that came' },
  toDocuments: { fr: 'Mes documents', simple: 'Mes documents', en: 'My documents' },
  seePages: { fr: 'Revoir les pages', simple: 'Revoir les pages', en: 'See the pages' },
  chooseAgain: { fr: 'Choisir autrement', simple: 'Choisir autrement', en: 'Choose again' },
  lookingFor: { fr: 'On cherche le scanner', simple: 'On cherche le scanner', en: 'Looking for the scanner' },
  lookingForText: {
    fr: 'Cela peut prendre une demi-minute.',
    simple: 'Attendez un peu.',
    en: 'It may take half a minute.',
  },
  pictureLabel: {
    fr: 'Votre page telle qu’elle sera envoyée',
    simple: 'Votre page',
    en: 'Your page as it will be sent',
  },
});

/** What happened and what to do now: a pair for each fault. */
export const scanFaultMessages = defineMessages({
  'not-found.title': {
    fr: 'Le scanner ne répond pas',
    simple: 'Le scanner ne répond pas',
    en: 'The scanner does not answer',
  },
  'not-found.text': {
    fr: 'Vérifiez qu’il est allumé. Sinon, demandez à l’accueil.',
    simple: 'Est-il allumé ? Sinon, demandez à l’accueil.',
    en: 'Check that it is on. Otherwise, ask at the desk.',
  },
  'busy.title': { fr: 'Le scanner est occupé', simple: 'Le scanner est occupé', en: 'The scanner is busy' },
  'busy.text': {
    fr: 'Attendez que la lampe s’arrête, puis recommencez.',
    simple: 'Attendez un peu. Puis recommencez.',
    en: 'Wait until the lamp stops, then start again.',
  },
  'jam.title': { fr: 'Une feuille est coincée', simple: 'Une feuille est coincée', en: 'A sheet is jammed' },
  'jam.text': {
    fr: 'Ouvrez le chargeur, tirez doucement la feuille, puis refermez. Si elle résiste, demandez à l’accueil.',
    simple: 'Ouvrez en haut. Tirez la feuille doucement. Sinon, demandez à l’accueil.',
    en: 'Open the feeder, pull the sheet gently, then close. If it resists, ask at the desk.',
  },
  'cover-open.title': { fr: 'Le couvercle est ouvert', simple: 'Le couvercle est ouvert', en: 'The lid is open' },
  'cover-open.text': {
    fr: 'Fermez-le bien, puis recommencez.',
    simple: 'Fermez. Puis recommencez.',
    en: 'Close it well, then start again.',
  },
  'feeder-empty.title': { fr: 'Il n’y a pas de feuille', simple: 'Il n’y a pas de feuille', en: 'There is no sheet' },
  'feeder-empty.text': {
    fr: 'Glissez vos feuilles jusqu’au fond du chargeur.',
    simple: 'Poussez les feuilles au fond.',
    en: 'Slide your sheets to the end of the feeder.',
  },
  'unplugged.title': {
    fr: 'Le scanner s’est arrêté en route',
    simple: 'Le scanner s’est arrêté',
    en: 'The scanner stopped on the way',
  },
  'unplugged.text': {
    fr: 'La page n’est pas complète. Recommencez ; si cela se répète, demandez à l’accueil.',
    simple: 'La page n’est pas finie. Recommencez.',
    en: 'The page is not complete. Start again; if it happens twice, ask at the desk.',
  },
  'no-answer.title': { fr: 'La page n’arrive pas', simple: 'La page n’arrive pas', en: 'The page does not come' },
  'no-answer.text': {
    fr: 'Le scanner a été trop lent. Recommencez ; si cela se répète, demandez à l’accueil.',
    simple: 'Recommencez. Sinon, demandez à l’accueil.',
    en: 'The scanner was too slow. Start again; if it happens twice, ask at the desk.',
  },
  'garbled.title': { fr: 'La page est arrivée abîmée', simple: 'La page est abîmée', en: 'The page arrived damaged' },
  'garbled.text': {
    fr: 'On ne l’a pas gardée. Recommencez ; si cela se répète, demandez à l’accueil.',
    simple: 'Recommencez. Sinon, demandez à l’accueil.',
    en: 'It was not kept. Start again; if it happens twice, ask at the desk.',
  },
  'denied.title': {
    fr: 'Le scanner est indisponible',
    simple: 'Le scanner ne marche pas',
    en: 'The scanner cannot be used',
  },
  'denied.text': {
    fr: 'Ce n’est pas votre faute. Demandez à l’accueil.',
    simple: 'Demandez à l’accueil.',
    en: 'It is not your fault. Ask at the desk.',
  },
  'too-large.title': {
    fr: 'Cette feuille est trop grande',
    simple: 'La feuille est trop grande',
    en: 'This sheet is too large',
  },
  'too-large.text': {
    fr: 'Scannez-la en deux fois, une moitié après l’autre.',
    simple: 'Scannez une moitié, puis l’autre.',
    en: 'Scan it in two halves.',
  },
  'unsupported.title': {
    fr: 'Ce scanner ne sait pas le faire',
    simple: 'Le scanner ne sait pas',
    en: 'This scanner cannot do that',
  },
  'unsupported.text': {
    fr: 'Essayez « Une seule feuille ».',
    simple: 'Essayez « Une feuille ».',
    en: 'Try “A single sheet”.',
  },
  'program-missing.title': {
    fr: 'Le scanner n’est pas prêt',
    simple: 'Le scanner n’est pas prêt',
    en: 'The scanner is not set up',
  },
  'program-missing.text': {
    fr: 'Ce n’est pas votre faute. Un réglage manque sur la borne. Demandez à l’accueil.',
    simple: 'Demandez à l’accueil.',
    en: 'It is not your fault: a setting is missing. Ask at the desk.',
  },
  'full.title': { fr: 'Il n’y a plus de place', simple: 'Il n’y a plus de place', en: 'There is no room left' },
  'full.text': {
    fr: 'Vos pages sont gardées. Effacez un document dans « Mes documents », ou retirez des pages, puis terminez.',
    simple: 'Effacez un document, ou enlevez des pages. Puis terminez.',
    en: 'Your pages are kept. Erase a document in “My documents”, or remove pages, then finish.',
  },
  'not-kept.title': { fr: 'La borne a une panne', simple: 'La borne a une panne', en: 'This kiosk has a fault' },
  'not-kept.text': {
    fr: 'Elle ne peut plus garder de document. Demandez à l’accueil.',
    simple: 'Demandez à l’accueil.',
    en: 'It can keep no more documents. Ask at the desk.',
  },
  'too-many.title': { fr: 'Cela fait beaucoup de pages', simple: 'C’est beaucoup de pages', en: 'That is many pages' },
  'too-many.text': {
    fr: 'Un document a 50 pages au plus. Gardez ces pages, terminez, puis scannez le reste à part.',
    simple: '50 pages, pas plus. Terminez, puis faites un autre document.',
    en: 'A document has 50 pages at most. Finish this one, then make another.',
  },
});

/** What may be wrong with a page, and what to do. */
export const flawMessages = defineMessages({
  'all-black': {
    fr: 'La page est toute noire. Fermez bien le couvercle, le texte contre la vitre.',
    simple: 'La page est noire. Retournez la feuille.',
    en: 'The page is all black. Lay the text against the glass and close the lid.',
  },
  'too-dark': {
    fr: 'La page est très sombre. Fermez bien le couvercle.',
    simple: 'La page est sombre. Fermez le couvercle.',
    en: 'The page is very dark. Close the lid well.',
  },
  blurred: {
    fr: 'La page est floue. Posez-la bien à plat et ne bougez pas.',
    simple: 'La page est floue. Mettez la feuille à plat.',
    en: 'The page is blurred. Lay it flat and keep still.',
  },
  'cut-edge': {
    fr: 'Du texte est coupé sur un bord. Poussez la feuille dans le coin marqué.',
    simple: 'Un bord est coupé. Remettez la feuille.',
    en: 'Some text is cut at an edge. Push the sheet into the marked corner.',
  },
  finger: {
    fr: 'On voit une main sur la page. Retirez-la avant de scanner.',
    simple: 'On voit une main. Enlevez la main.',
    en: 'A hand is in the picture. Take it away before scanning.',
  },
  reflection: {
    fr: 'Un reflet cache une partie de la page. Retirez la pochette plastique.',
    simple: 'Il y a un reflet. Enlevez le plastique.',
    en: 'A reflection hides part of the page. Take off the plastic sleeve.',
  },
  'small-text': {
    fr: 'Le texte est très petit. Si vous arrivez à le lire, c’est bien.',
    simple: 'Le texte est petit. Si vous lisez, c’est bien.',
    en: 'The text is very small. If you can read it, it is fine.',
  },
});
