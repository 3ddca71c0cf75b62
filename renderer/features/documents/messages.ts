import { defineMessages } from '../../client/i18n/define-messages.ts';

export const documentsMessages = defineMessages({
  tool: { fr: 'Documents', simple: 'Documents', en: 'Documents' },
  mine: { fr: 'Mes documents', simple: 'Mes documents', en: 'My documents' },
  none: { fr: 'Vous n’avez pas encore de document', simple: 'Pas encore de document', en: 'You have no document yet' },
  noneText: {
    fr: 'Scannez un papier, ou téléchargez-le depuis un site. Il arrivera ici.',
    simple: 'Scannez un papier. Il sera ici.',
    en: 'Scan a paper or download it from a site. It will come here.',
  },
  noneTextNoScanner: {
    fr: 'Ce que vous téléchargez sur un site arrivera ici.',
    simple: 'Les documents des sites seront ici.',
    en: 'What you download from a site will come here.',
  },
  kept: {
    fr: 'Tout est effacé quand vous appuyez sur « J’ai fini ».',
    simple: 'Tout est effacé à la fin.',
    en: 'Everything is erased when you press “I’m done”.',
  },
  scanOne: { fr: 'Scanner un papier', simple: 'Scanner un papier', en: 'Scan a paper' },
  pages: {
    fr: ({ n }: { n: number }) => (n === 1 ? '1 page' : `${n} pages`),
    simple: ({ n }: { n: number }) => (n === 1 ? '1 page' : `${n} pages`),
    en: ({ n }: { n: number }) => (n === 1 ? '1 page' : `${n} pages`),
  },
  sent: { fr: 'joint', simple: 'joint', en: 'attached' },
  printed: { fr: 'imprimé', simple: 'imprimé', en: 'printed' },
  copied: { fr: 'copié sur la clé', simple: 'sur la clé', en: 'copied to the stick' },
  pageOf: {
    fr: ({ n, of }: { n: number; of: number }) => `Page ${n} sur ${of}`,
    simple: ({ n, of }: { n: number; of: number }) => `Page ${n} sur ${of}`,
    en: ({ n, of }: { n: number; of: number }) => `Page ${n} of ${of}`,
  },
  before: { fr: 'Avant', simple: 'Avant', en: 'Before' },
  next: { fr: 'Après', simple: 'Après', en: 'Next' },
  print: { fr: 'Imprimer', simple: 'Imprimer', en: 'Print' },
  listen: { fr: 'Écouter', simple: 'Écouter', en: 'Listen' },
  quiet: { fr: 'Arrêter la lecture', simple: 'Arrêter', en: 'Stop reading' },
  toKey: { fr: 'Copier sur ma clé', simple: 'Copier sur ma clé', en: 'Copy to my USB stick' },
  unread: {
    fr: 'Le texte n’a pas pu être lu : le document n’a pas reçu de nom. Vous pouvez tout de même l’envoyer et l’imprimer.',
    simple: 'On n’a pas pu lire le texte. Vous pouvez envoyer et imprimer.',
    en: 'Its text could not be read, so it got no name. You can send and print it all the same.',
  },
  madeIntoPdf: { fr: 'converti en PDF', simple: 'converti en PDF', en: 'made into a PDF' },
  madeIntoPdfText: {
    fr: 'Ce document a été converti en PDF. Vérifiez que tout y\u00a0est.',
    simple: 'On a fait un PDF. Regardez si tout y\u00a0est.',
    en: 'This document was made into a PDF. Check that everything is there.',
  },
  convertingTitle: {
    fr: 'Votre document devient un PDF',
    simple: 'On fait un PDF',
    en: 'Your document is becoming a PDF',
  },
  convertingText: {
    fr: ({ name }: { name: string }) => `On prépare « ${name} ». Cela prend quelques secondes.`,
    simple: ({ name }: { name: string }) => `On prépare « ${name} ». Attendez un peu.`,
    en: ({ name }: { name: string }) => `Preparing “${name}”. This takes a few seconds.`,
  },
  convertingLater: { fr: 'Ne pas attendre', simple: 'Ne pas attendre', en: 'Do not wait' },
  lockedTitle: {
    fr: 'Quel est le mot de passe de ce PDF ?',
    simple: 'Quel est le mot de passe ?',
    en: 'What is the password of this PDF?',
  },
  lockedText: {
    fr: ({ name }: { name: string }) =>
      `« ${name} » est fermé par un mot de passe. L’organisme qui l’a envoyé vous l’a donné. La borne ne le garde pas.`,
    simple: ({ name }: { name: string }) => `« ${name} » est fermé. Écrivez son mot de passe. On ne le garde pas.`,
    en: ({ name }: { name: string }) =>
      `“${name}” is locked by a password. Whoever sent it gave it to you. This kiosk does not keep it.`,
  },
  lockedLabel: { fr: 'Mot de passe du document', simple: 'Mot de passe', en: 'Password of the document' },
  lockedOpen: { fr: 'Ouvrir le document', simple: 'Ouvrir', en: 'Open the document' },
  lockedWrong: {
    fr: 'Ce n’est pas le bon mot de passe. Regardez les majuscules, puis essayez encore.',
    simple: 'Ce n’est pas le bon. Essayez encore.',
    en: 'This is not the right password. Check the capital letters, then try again.',
  },
  seeWords: { fr: 'Voir ce que j’écris', simple: 'Voir ce que j’écris', en: 'See what I type' },
  protect: { fr: 'Protéger la copie', simple: 'Protéger la copie', en: 'Protect this copy' },
  rename: { fr: 'Changer le nom', simple: 'Changer le nom', en: 'Change the name' },
  erase: { fr: 'Effacer', simple: 'Effacer', en: 'Erase' },
  done: { fr: 'D’accord', simple: 'D’accord', en: 'OK' },
  eraseTitle: { fr: 'Effacer ce document ?', simple: 'Effacer ce document ?', en: 'Erase this document?' },
  eraseText: {
    fr: 'Vous ne pourrez pas le récupérer.',
    simple: 'Après, il n’existe plus.',
    en: 'You cannot get it back.',
  },
  eraseYes: { fr: 'Oui, l’effacer', simple: 'Oui, effacer', en: 'Yes, erase it' },
  eraseNo: { fr: 'Non, le garder', simple: 'Non, garder', en: 'No, keep it' },
  nameTitle: { fr: 'Quel nom pour ce document ?', simple: 'Quel nom ?', en: 'Which name for this document?' },
  nameLabel: { fr: 'Nom du document', simple: 'Nom', en: 'Document’s name' },
  keep: { fr: 'Garder ce nom', simple: 'Garder ce nom', en: 'Keep this name' },
  cancel: { fr: 'Annuler', simple: 'Annuler', en: 'Cancel' },
  protectTitle: { fr: 'À qui donnez-vous cette copie ?', simple: 'C’est pour qui ?', en: 'Who is this copy for?' },
  protectText: {
    fr: 'Le nom et la date sont écrits en travers de chaque page. Ainsi, personne d’autre ne peut s’en servir.',
    simple: 'On écrit le nom sur la page. Personne d’autre ne peut s’en servir.',
    en: 'The name and the date are written across each page, so that nobody else can use it.',
  },
  protectLabel: {
    fr: 'Par exemple : la Caf, ma banque, mon propriétaire',
    simple: 'Par exemple : la Caf',
    en: 'For example: la Caf, my bank, my landlord',
  },
  protectDo: { fr: 'Faire la copie protégée', simple: 'Faire la copie', en: 'Make the protected copy' },
  textPicture: {
    fr: ({ name }: { name: string }) => `Image de « ${name} »`,
    simple: ({ name }: { name: string }) => `Image de « ${name} »`,
    en: ({ name }: { name: string }) => `Picture of “${name}”`,
  },
  filesTitle: {
    fr: 'Quel document voulez-vous joindre ?',
    simple: 'Quel document joindre ?',
    en: 'Which document do you want to attach?',
  },
  filesTitleMany: {
    fr: 'Quels documents voulez-vous joindre ?',
    simple: 'Quels documents joindre ?',
    en: 'Which documents do you want to attach?',
  },
  filesNone: { fr: 'Scannez le papier à envoyer', simple: 'Scannez le papier', en: 'Scan the paper to send' },
  filesNoneText: {
    fr: 'Vous n’avez pas encore de document que ce site accepte.',
    simple: 'Vous n’avez pas de document pour ce site.',
    en: 'You do not have a document that this site accepts yet.',
  },
  filesNoneNoScanner: {
    fr: 'Vous n’avez pas de document pour ce site',
    simple: 'Pas de document pour ce site',
    en: 'You have no document for this site',
  },
  filesNoneNoScannerText: {
    fr: 'Cette borne n’a pas de scanner. Demandez à l’accueil où scanner votre papier.',
    simple: 'Il n’y a pas de scanner ici. Demandez à l’accueil.',
    en: 'This kiosk has no scanner. Ask at the desk where to scan your paper.',
  },
  filesOther: {
    fr: ({ n }: { n: number }) =>
      n === 1
        ? '1 autre document n’est pas accepté par ce site.'
        : `${n} autres documents ne sont pas acceptés par ce site.`,
    simple: ({ n }: { n: number }) =>
      n === 1 ? 'Le site ne prend pas 1 document.' : `Le site ne prend pas ${n} documents.`,
    en: ({ n }: { n: number }) =>
      n === 1
        ? '1 other document is not accepted by this site.'
        : `${n} other documents are not accepted by this site.`,
  },
  scanAnother: { fr: 'Scanner un autre papier', simple: 'Scanner un autre papier', en: 'Scan another paper' },
  paperOf: {
    fr: ({ at, of }: { at: number; of: number }) => `Papier ${at} sur ${of}.`,
    simple: ({ at, of }: { at: number; of: number }) => `Papier ${at} sur ${of}.`,
    en: ({ at, of }: { at: number; of: number }) => `Paper ${at} of ${of}.`,
  },
  siteAsksFor: { fr: 'Le site demande :', simple: 'Le site demande :', en: 'The site asks for:' },
  quoted: {
    fr: ({ words }: { words: string }) => `« ${words} »`,
    simple: ({ words }: { words: string }) => `« ${words} »`,
    en: ({ words }: { words: string }) => `“${words}”`,
  },
  scanNow: { fr: 'Scanner maintenant', simple: 'Scanner maintenant', en: 'Scan now' },
  notNow: { fr: 'Pas maintenant', simple: 'Pas maintenant', en: 'Not now' },
  sendCount: {
    fr: ({ n }: { n: number }) => (n <= 1 ? 'Joindre' : `Joindre les ${n} documents`),
    simple: ({ n }: { n: number }) => (n <= 1 ? 'Joindre' : `Joindre ${n} documents`),
    en: ({ n }: { n: number }) => (n <= 1 ? 'Attach' : `Attach ${n} documents`),
  },
  readyToSend: { fr: 'On le prépare pour le site…', simple: 'On le prépare…', en: 'Preparing it for the site…' },
  arrivedTitle: { fr: 'Votre document est arrivé', simple: 'Votre document est là', en: 'Your document has arrived' },
  arrivedText: {
    fr: 'Il est dans « Mes documents ».',
    simple: 'Il est dans « Mes documents ».',
    en: 'It is in “My documents”.',
  },
  open: { fr: 'Le voir', simple: 'Le voir', en: 'See it' },
  later: { fr: 'Plus tard', simple: 'Plus tard', en: 'Later' },
  refusedTitle: {
    fr: 'Ce fichier n’a pas été gardé',
    simple: 'Le fichier n’est pas gardé',
    en: 'This file was not kept',
  },
  keyTitle: { fr: 'Votre clé USB', simple: 'Votre clé USB', en: 'Your USB stick' },
  keyOpening: { fr: 'On lit votre clé…', simple: 'On lit la clé…', en: 'Reading your stick…' },
  keyPick: {
    fr: 'Appuyez sur un document : il sera copié dans « Mes documents ».',
    simple: 'Choisissez un document. On le copie ici.',
    en: 'Press a document: it will be copied into “My documents”.',
  },
  keyEmpty: {
    fr: 'Elle est vide. Vous pouvez y copier vos documents.',
    simple: 'Elle est vide. Vous pouvez copier dessus.',
    en: 'It is empty. You may copy your documents to it.',
  },
  keyNothing: { fr: 'Elle est vide.', simple: 'Elle est vide.', en: 'It is empty.' },
  keyNothingFits: {
    fr: 'La borne ne peut ouvrir aucun de ses fichiers.',
    simple: 'On ne peut rien ouvrir.',
    en: 'This kiosk cannot open any of its files.',
  },
  keyTaking: { fr: 'On le prend…', simple: 'On le prend…', en: 'Taking it…' },
  keyTaken: { fr: 'dans « Mes documents »', simple: 'dans « Mes documents »', en: 'in “My documents”' },
  keyAll: {
    fr: ({ n }: { n: number }) => `Voir les ${n} documents`,
    simple: ({ n }: { n: number }) => `Voir les ${n} documents`,
    en: ({ n }: { n: number }) => `See all ${n} documents`,
  },
  keyUseless: {
    fr: ({ n }: { n: number }) => (n === 1 ? '1 fichier ne s’ouvre pas ici' : `${n} fichiers ne s’ouvrent pas ici`),
    simple: ({ n }: { n: number }) => (n === 1 ? '1 fichier ne s’ouvre pas' : `${n} fichiers ne s’ouvrent pas`),
    en: ({ n }: { n: number }) => (n === 1 ? '1 file cannot be opened here' : `${n} files cannot be opened here`),
  },
  keyMore: {
    fr: 'Il y a encore d’autres fichiers sur cette clé. Demandez de l’aide à l’accueil s’il vous en manque un.',
    simple: 'Il y a encore d’autres fichiers. Demandez à l’accueil.',
    en: 'There are more files on this stick. Ask at the desk if one is missing.',
  },
  keyFiles: { fr: 'Sur votre clé', simple: 'Sur votre clé', en: 'On your stick' },
  keyCopying: {
    fr: ({ done, total }: { done: number; total: number }) => `Copie en cours : ${done} sur ${total}. Laissez la clé.`,
    simple: ({ done, total }: { done: number; total: number }) => `On copie : ${done} sur ${total}. Laissez la clé.`,
    en: ({ done, total }: { done: number; total: number }) => `Copying: ${done} of ${total}. Leave the stick in.`,
  },
  keyMayGo: {
    fr: 'Vous pouvez retirer votre clé',
    simple: 'Vous pouvez enlever la clé',
    en: 'You may take your stick out',
  },
  keyLetGo: { fr: 'J’ai fini avec la clé', simple: 'J’ai fini avec la clé', en: 'I’m done with the stick' },
});

/** Why a file could not be added to the tray. */
export const refusalMessages = defineMessages({
  archive: {
    fr: 'C’est un dossier compressé (ZIP). La borne ne sait pas l’ouvrir. Demandez à l’accueil.',
    simple: 'C’est un fichier ZIP. Demandez à l’accueil.',
    en: 'It is a compressed folder (ZIP), which this kiosk cannot open. Ask at the desk.',
  },
  program: {
    fr: 'C’est un programme. La borne n’en garde pas. Elle prend les PDF, les images et les documents Word.',
    simple: 'C’est un programme. On ne le garde pas.',
    en: 'It is a program. This kiosk keeps only PDF files, pictures and Word documents.',
  },
  office: {
    fr: 'C’est un tableau (Excel) ou une présentation. La borne ne sait pas l’ouvrir. Demandez-le en PDF.',
    simple: 'C’est un fichier Excel ou PowerPoint. Il faut un PDF.',
    en: 'It is a spreadsheet (Excel) or a presentation, which cannot be opened here. Ask for it as a PDF.',
  },
  media: {
    fr: 'C’est une vidéo ou un son. La borne prend les PDF, les images et les documents Word.',
    simple: 'C’est une vidéo ou un son. On ne le prend pas.',
    en: 'It is a film or a sound. This kiosk takes PDF files, pictures and Word documents.',
  },
  unknown: {
    fr: 'La borne ne connaît pas ce genre de fichier. Elle prend les PDF, les images et les documents Word.',
    simple: 'La borne ne connaît pas ce fichier.',
    en: 'This kiosk does not know that kind of file. It takes PDF files, pictures and Word documents.',
  },
  empty: {
    fr: 'Le fichier est vide. S’il vient d’un site, appuyez à nouveau sur son bouton.',
    simple: 'Le fichier est vide. Recommencez.',
    en: 'The file is empty. If it comes from a site, press its button again.',
  },
  damaged: {
    fr: 'Le fichier est abîmé : la borne n’arrive pas à l’ouvrir. S’il vient d’un site, appuyez à nouveau sur son bouton.',
    simple: 'Le fichier est abîmé. Recommencez.',
    en: 'The file is damaged and cannot be opened. If it comes from a site, press its button again.',
  },
  locked: {
    fr: 'Ce document est fermé par un mot de passe. La borne ne peut pas l’ouvrir. Enregistrez-le sans mot de passe chez vous.',
    simple: 'Ce document a un mot de passe. Il le faut sans mot de passe.',
    en: 'This document is locked by a password, and cannot be opened here. Save it without one at home.',
  },
  xfa: {
    fr: 'Ce formulaire ne s’ouvre qu’avec le logiciel Adobe Reader. Ici, il ne peut être ni montré ni imprimé. Demandez à l’accueil ou à l’organisme un formulaire en papier.',
    simple: 'Ce formulaire ne s’ouvre pas ici. Demandez-le en papier.',
    en: 'This form only opens with the program Adobe Reader. Here it can be neither shown nor printed. Ask at the desk or the organisation for a paper form.',
  },
  'too-heavy': {
    fr: 'Ce document est trop long ou trop lourd : la borne n’arrive pas à en faire un PDF. Enregistrez-le en PDF chez vous, ou demandez à l’accueil.',
    simple: 'Ce document est trop long. Il faut un PDF. Demandez à l’accueil.',
    en: 'This document is too long or too heavy to be made into a PDF here. Save it as a PDF at home, or ask at the desk.',
  },
  'no-converter': {
    fr: 'Cette borne ne sait pas ouvrir les documents Word ou LibreOffice. Demandez à l’accueil, ou apportez un PDF.',
    simple: 'La borne n’ouvre pas les fichiers Word. Il faut un PDF.',
    en: 'This kiosk cannot open Word or LibreOffice documents. Ask at the desk, or bring a PDF.',
  },
  'too-large': {
    fr: 'Le fichier est trop lourd : la borne prend jusqu’à 80 Mo par document. Demandez à l’accueil.',
    simple: 'Le fichier est trop gros. Demandez à l’accueil.',
    en: 'The file is too large: this kiosk takes up to 80 MB for one document. Ask at the desk.',
  },
  full: {
    fr: 'Il n’y a plus de place. Effacez un document, puis recommencez.',
    simple: 'Plus de place. Effacez un document.',
    en: 'There is no room left. Erase a document, then start again.',
  },
  'not-kept': {
    fr: 'La borne a une panne : elle ne peut plus garder de document. Demandez à l’accueil.',
    simple: 'La borne a une panne. Demandez à l’accueil.',
    en: 'This kiosk has a fault: it can keep no more documents. Ask at the desk.',
  },
  cut: {
    fr: 'Le téléchargement s’est arrêté en route. Appuyez à nouveau sur le bouton du site.',
    simple: 'Cela s’est arrêté. Recommencez.',
    en: 'The download stopped on the way. Press the site’s button again.',
  },
  'too-many-at-once': {
    fr: 'Le site envoie trop de documents à la fois : la borne en prend cinq. Attendez qu’ils soient dans « Mes documents », puis demandez les autres au site.',
    simple: 'Trop de documents à la fois. Attendez, puis demandez les autres.',
    en: 'The site sends too many documents at once: this kiosk takes five. Wait until they are in “My documents”, then ask the site for the others.',
  },
  'too-many': {
    fr: 'Ce site a déjà envoyé 200 documents : la borne n’en prend pas plus en une visite. Gardez ceux qu’il vous faut, puis fermez le site et ouvrez-le à nouveau.',
    simple: 'Le site a envoyé 200 documents. Fermez le site, puis ouvrez-le à nouveau.',
    en: 'This site has already sent 200 documents, and no more are taken in one visit. Keep the ones you need, then close the site and open it again.',
  },
});

/** The same in a few words, beside a file on the key. */
export const keyReasonMessages = defineMessages({
  archive: { fr: 'dossier compressé (ZIP)', simple: 'fichier ZIP', en: 'compressed folder (ZIP)' },
  program: { fr: 'programme', simple: 'programme', en: 'program' },
  office: { fr: 'tableau ou présentation', simple: 'fichier Excel ou PowerPoint', en: 'spreadsheet or presentation' },
  media: { fr: 'vidéo ou son', simple: 'vidéo ou son', en: 'film or sound' },
  unknown: { fr: 'genre de fichier inconnu', simple: 'fichier inconnu', en: 'unknown kind of file' },
  empty: { fr: 'fichier vide', simple: 'fichier vide', en: 'empty file' },
  damaged: { fr: 'fichier abîmé', simple: 'fichier abîmé', en: 'damaged file' },
  locked: { fr: 'fermé par un mot de passe', simple: 'a un mot de passe', en: 'locked by a password' },
  xfa: { fr: 'ne s’ouvre qu’avec Adobe Reader', simple: 'il faut Adobe Reader', en: 'opens only with Adobe Reader' },
  'too-heavy': { fr: 'trop long à convertir en PDF', simple: 'trop long', en: 'too long to be made into a PDF' },
  'no-converter': {
    fr: 'cette borne n’ouvre pas les documents Word',
    simple: 'la borne ne l’ouvre pas',
    en: 'this kiosk does not open Word documents',
  },
  'too-large': { fr: 'trop lourd', simple: 'trop gros', en: 'too large' },
  full: { fr: 'plus de place dans la borne', simple: 'plus de place', en: 'no room left in the kiosk' },
  'not-kept': { fr: 'la borne a une panne', simple: 'la borne a une panne', en: 'the kiosk has a fault' },
  cut: { fr: 'arrêté en route', simple: 'arrêté en route', en: 'stopped on the way' },
});

export const keyFaultMessages = defineMessages({
  unreadable: {
    fr: 'La borne n’arrive pas à lire cette clé. Essayez de la retirer et de la remettre.',
    simple: 'On ne peut pas lire la clé. Enlevez-la, remettez-la.',
    en: 'This stick cannot be read. Try taking it out and putting it back.',
  },
  full: {
    fr: 'Votre clé est pleine. Rien n’a été copié. Essayez avec une autre clé.',
    simple: 'La clé est pleine. Prenez une autre clé.',
    en: 'Your stick is full. Nothing was copied. Try with another stick.',
  },
  'write-protected': {
    fr: 'Impossible d’enregistrer sur cette clé. Regardez si elle a un petit verrou.',
    simple: 'La clé est verrouillée.',
    en: 'Nothing can be saved on this stick. See if it has a small lock.',
  },
  'pulled-out': {
    fr: 'La clé a été retirée trop tôt. Remettez-la, puis copiez à nouveau.',
    simple: 'La clé est partie trop tôt. Remettez-la.',
    en: 'The stick was taken out too soon. Put it back, then copy again.',
  },
  slow: {
    fr: 'Votre clé est très lente. Rien n’a été copié.',
    simple: 'La clé est trop lente.',
    en: 'Your stick is very slow. Nothing was copied.',
  },
  'no-helper': {
    fr: 'Cette borne ne peut pas ouvrir les clés pour le moment. Reprenez la vôtre, elle n’est pas abîmée. Demandez à l’accueil.',
    simple: 'La borne ne peut pas ouvrir la clé. Demandez à l’accueil.',
    en: 'This kiosk cannot open USB sticks at the moment. Take yours back, nothing is wrong with it. Ask at the desk.',
  },
  'not-allowed': {
    fr: 'Cette borne ne peut pas ouvrir les clés pour le moment. Reprenez la vôtre, elle n’est pas abîmée. Demandez à l’accueil.',
    simple: 'La borne ne peut pas ouvrir la clé. Demandez à l’accueil.',
    en: 'This kiosk cannot open USB sticks at the moment. Take yours back, nothing is wrong with it. Ask at the desk.',
  },
});
