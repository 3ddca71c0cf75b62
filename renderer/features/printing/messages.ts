import { defineMessages } from '../../client/i18n/define-messages.ts';

type Count = { n: number };
const s = (n: number): string => (n > 1 ? 's' : '');

export const printingMessages = defineMessages({
  print: { fr: 'Imprimer', simple: 'Imprimer', en: 'Print' },
  /** Said after "Imprimer" to who hears the button instead of seeing it beside its list. */
  printMissing: {
    fr: 'Imprimer ce qu’il me manque',
    simple: 'Imprimer ce qu’il me manque',
    en: 'Print what I am missing',
  },
  thisList: { fr: 'cette liste', simple: 'la liste', en: 'this list' },
  preparing: { fr: 'Nous préparons vos pages…', simple: 'Nous préparons vos pages…', en: 'Getting your pages ready…' },
  titleOne: { fr: 'Imprimer cette page ?', simple: 'Imprimer cette page ?', en: 'Print this page?' },
  titleMany: {
    fr: 'Quelles pages voulez-vous imprimer ?',
    simple: 'Quelles pages imprimer ?',
    en: 'Which pages do you want to print?',
  },
  all: {
    fr: ({ n }: Count) => `Toutes (${n})`,
    simple: ({ n }: Count) => `Toutes (${n})`,
    en: ({ n }: Count) => `All (${n})`,
  },
  one: { fr: 'Une seule', simple: 'Une seule', en: 'Just one' },
  some: { fr: 'De … à …', simple: 'De … à …', en: 'From … to …' },
  touchOne: { fr: 'Touchez la page voulue.', simple: 'Touchez la page.', en: 'Touch the page you want.' },
  touchFirst: { fr: 'Touchez la première page.', simple: 'Touchez la première page.', en: 'Touch the first page.' },
  touchLast: {
    fr: ({ n }: Count) => `De la page ${n} à… Touchez la dernière page.`,
    simple: ({ n }: Count) => `Première page : ${n}. Touchez la dernière.`,
    en: ({ n }: Count) => `From page ${n} to… Touch the last page.`,
  },
  chosenAll: {
    fr: ({ n }: Count) => (n === 1 ? 'La page sera imprimée.' : `Les ${n} pages seront imprimées.`),
    simple: ({ n }: Count) => `${n} page${s(n)} à imprimer.`,
    en: ({ n }: Count) => (n === 1 ? 'The page will be printed.' : `All ${n} pages will be printed.`),
  },
  chosenOne: {
    fr: ({ page }: { page: number }) => `Seulement la page ${page}.`,
    simple: ({ page }: { page: number }) => `La page ${page}.`,
    en: ({ page }: { page: number }) => `Only page ${page}.`,
  },
  chosenRange: {
    fr: ({ from, to }: { from: number; to: number }) => `Les pages ${from} à ${to}.`,
    simple: ({ from, to }: { from: number; to: number }) => `Les pages ${from} à ${to}.`,
    en: ({ from, to }: { from: number; to: number }) => `Pages ${from} to ${to}.`,
  },
  blankLeft: {
    fr: ({ n }: Count) =>
      n === 1 ? 'Une page vide ne sera pas imprimée.' : `${n} pages vides ne seront pas imprimées.`,
    simple: ({ n }: Count) => (n === 1 ? 'Une page est vide.' : `${n} pages sont vides.`),
    en: ({ n }: Count) => (n === 1 ? 'One blank page is left out.' : `${n} blank pages are left out.`),
  },
  onlyBlank: {
    fr: 'Il n’y a rien sur cette page. Imprimez-la seulement si vous voulez une feuille blanche.',
    simple: 'La page est vide.',
    en: 'There is nothing on this page. Print it only if you want a blank sheet.',
  },
  cleaned: {
    fr: 'Ce document contenait un programme. Nous l’avons enlevé.',
    simple: 'Nous avons enlevé un programme du document.',
    en: 'This document contained a program. We removed it.',
  },
  page: {
    fr: ({ n }: Count) => `Page ${n}`,
    simple: ({ n }: Count) => `Page ${n}`,
    en: ({ n }: Count) => `Page ${n}`,
  },
  blank: { fr: 'vide', simple: 'vide', en: 'blank' },
  copies: { fr: 'Combien de fois ?', simple: 'Combien de fois ?', en: 'How many copies?' },
  fewer: { fr: 'Un exemplaire de moins', simple: 'Moins', en: 'One copy fewer' },
  more: { fr: 'Un exemplaire de plus', simple: 'Plus', en: 'One copy more' },
  sides: { fr: 'Le papier', simple: 'Le papier', en: 'The paper' },
  twoSided: { fr: 'Recto verso', simple: 'Des deux côtés', en: 'Both sides' },
  oneSided: { fr: 'Un seul côté', simple: 'D’un seul côté', en: 'One side' },
  colours: { fr: 'L’encre', simple: 'L’encre', en: 'The ink' },
  grey: { fr: 'Noir et blanc', simple: 'Noir et blanc', en: 'Black and white' },
  colour: { fr: 'Couleur', simple: 'Couleur', en: 'Colour' },
  free: { fr: 'C’est gratuit.', simple: 'C’est gratuit.', en: 'It is free.' },
  left: {
    fr: ({ n }: Count) => (n === 0 ? 'Il ne vous reste plus de page.' : `Il vous reste ${n} page${s(n)}.`),
    simple: ({ n }: Count) => (n === 0 ? 'Il ne reste plus de page.' : `Il reste ${n} page${s(n)}.`),
    en: ({ n }: Count) => (n === 0 ? 'You have no pages left.' : `You have ${n} page${s(n)} left.`),
  },
  tooMany: {
    fr: ({ n, left }: { n: number; left: number }) =>
      `Cela fait ${n} pages. Il vous en reste ${left}. Choisissez moins de pages, ou demandez à l’accueil.`,
    simple: ({ n, left }: { n: number; left: number }) =>
      `${n} pages, c’est trop. Il en reste ${left}. Choisissez moins de pages.`,
    en: ({ n, left }: { n: number; left: number }) =>
      `That makes ${n} pages. You have ${left} left. Choose fewer pages, or ask at the desk.`,
  },
  printCount: {
    fr: ({ n }: Count) => `Imprimer ${n} page${s(n)}`,
    simple: ({ n }: Count) => `Imprimer ${n} page${s(n)}`,
    en: ({ n }: Count) => `Print ${n} page${s(n)}`,
  },
  longTitle: {
    fr: ({ n }: Count) => `Imprimer vraiment ${n} pages ?`,
    simple: ({ n }: Count) => `Imprimer ${n} pages ?`,
    en: ({ n }: Count) => `Really print ${n} pages?`,
  },
  longText: {
    fr: 'C’est beaucoup de papier. Souvent, une ou deux pages suffisent.',
    simple: 'C’est beaucoup de papier.',
    en: 'That is a lot of paper. Often one or two pages are enough.',
  },
  longYes: {
    fr: ({ n }: Count) => `Oui, imprimer ${n} pages`,
    simple: ({ n }: Count) => `Oui, ${n} pages`,
    en: ({ n }: Count) => `Yes, print ${n} pages`,
  },
  longNo: { fr: 'Choisir moins de pages', simple: 'Choisir moins', en: 'Choose fewer pages' },

  sending: {
    fr: 'Nous envoyons vos pages…',
    simple: 'Nous envoyons vos pages…',
    en: 'Sending your pages…',
  },
  waiting: { fr: 'L’imprimante se prépare…', simple: 'L’imprimante se prépare…', en: 'The printer is getting ready…' },
  pageOf: {
    fr: ({ page, of }: { page: number; of: number }) => `Page ${page} sur ${of}…`,
    simple: ({ page, of }: { page: number; of: number }) => `Page ${page} sur ${of}…`,
    en: ({ page, of }: { page: number; of: number }) => `Page ${page} of ${of}…`,
  },
  progressNothing: { fr: 'Rien n’est encore sorti.', simple: 'Rien n’est sorti.', en: 'Nothing has come out yet.' },
  progressOut: {
    fr: ({ n }: Count) => (n === 1 ? 'Une page est déjà sortie.' : `${n} pages sont déjà sorties.`),
    simple: ({ n }: Count) => `${n} page${s(n)} sortie${s(n)}.`,
    en: ({ n }: Count) => (n === 1 ? 'One page is already out.' : `${n} pages are already out.`),
  },
  slow: {
    fr: 'Cela prend du temps. Inutile d’appuyer à nouveau : l’impression continue.',
    simple: 'C’est long. N’appuyez plus. L’impression continue.',
    en: 'It is taking a while. No need to press again: printing goes on.',
  },
  stop: { fr: 'Arrêter', simple: 'Arrêter', en: 'Stop' },
  stopping: { fr: 'Nous arrêtons l’imprimante…', simple: 'Nous arrêtons…', en: 'Stopping the printer…' },
  restWaits: {
    fr: ({ n }: Count) =>
      n === 1
        ? 'Votre page sortira ensuite. Ne touchez à rien.'
        : `Vos ${n} pages sortiront ensuite. Ne touchez à rien.`,
    simple: ({ n }: Count) => (n === 1 ? 'Votre page sortira après.' : `Vos ${n} pages sortiront après.`),
    en: ({ n }: Count) =>
      n === 1
        ? 'Your page will come out then, with nothing to press here.'
        : `Your ${n} pages will come out then, with nothing to press here.`,
  },
  /** A machine that went off may have forgotten the job. */
  offlineThen: {
    fr: 'Quand elle répondra, nous vous dirons ce qui est sorti. Vous pouvez aussi appuyer sur « Arrêter ».',
    simple: 'Nous attendons. Vous pouvez aussi appuyer sur « Arrêter ».',
    en: 'When it answers, we will tell you what came out. You can also press “Stop”.',
  },
  /** Nothing tells when, or whether, it goes on. */
  mayStop: {
    fr: 'Vous pouvez attendre, ou appuyer sur « Arrêter ».',
    simple: 'Attendez, ou appuyez sur « Arrêter ».',
    en: 'You can wait, or press “Stop”.',
  },
  doneTitle: {
    fr: ({ n }: Count) => (n === 1 ? 'Votre page est sortie' : `${n} pages sont sorties`),
    simple: ({ n }: Count) => (n === 1 ? 'La page est sortie' : `${n} pages sont sorties`),
    en: ({ n }: Count) => (n === 1 ? 'Your page is out' : `${n} pages are out`),
  },
  doneText: {
    fr: ({ n }: Count) => `Prenez ${n === 1 ? 'votre feuille' : 'vos feuilles'} dans l’imprimante.`,
    simple: ({ n }: Count) => (n === 1 ? 'Prenez votre feuille.' : 'Prenez vos feuilles.'),
    en: ({ n }: Count) => `Take your sheet${s(n)} from the printer.`,
  },
  doneFewer: {
    fr: ({ n, of }: { n: number; of: number }) =>
      `L’imprimante en a compté ${n} sur ${of}. Vérifiez vos feuilles, et demandez à l’accueil s’il en manque.`,
    simple: ({ n, of }: { n: number; of: number }) => `${n} pages sur ${of}. Vérifiez vos feuilles.`,
    en: ({ n, of }: { n: number; of: number }) =>
      `The printer counted ${n} of ${of}. Check your sheets, and ask at the desk if some are missing.`,
  },
  sentTitle: {
    fr: 'Vos pages sont envoyées à l’imprimante',
    simple: 'Les pages sont envoyées',
    en: 'Your pages were sent to the printer',
  },
  sentText: {
    fr: 'Cette imprimante ne nous dit pas si le papier est sorti. Allez voir.',
    simple: 'Allez voir à l’imprimante.',
    en: 'This printer does not tell us whether the paper came out. Please go and look.',
  },
  askTitle: { fr: 'Avez-vous vos pages ?', simple: 'Avez-vous les pages ?', en: 'Do you have your pages?' },
  askText: {
    fr: 'L’imprimante dit qu’elle a fini, mais elle n’a compté aucune page. Regardez dans l’imprimante.',
    simple: 'Nous ne savons pas. Regardez dans l’imprimante.',
    en: 'The printer says it is finished, but counted no page. Please look in the printer.',
  },
  askSilentText: {
    fr: 'L’imprimante ne nous dit plus si tout est sorti. Regardez dans l’imprimante.',
    simple: 'Nous ne savons pas. Regardez dans l’imprimante.',
    en: 'The printer no longer tells us whether everything came out. Please look in the printer.',
  },
  askYes: { fr: 'Oui, j’ai mes pages', simple: 'Oui', en: 'Yes, I have my pages' },
  askNo: { fr: 'Non, rien', simple: 'Non', en: 'No, nothing' },
  askSome: { fr: 'Seulement une partie', simple: 'Une partie', en: 'Only some of them' },
  countTitle: {
    fr: 'Combien de pages avez-vous ?',
    simple: 'Combien de pages avez-vous ?',
    en: 'How many pages do you have?',
  },
  countText: {
    fr: 'Comptez vos feuilles. Une feuille imprimée des deux côtés compte pour deux.',
    simple: 'Comptez vos feuilles. Des deux côtés : 2 pages.',
    en: 'Count your sheets. A sheet printed on both sides counts as two.',
  },
  countFewer: { fr: 'Une page de moins', simple: 'Moins', en: 'One page fewer' },
  countMore: { fr: 'Une page de plus', simple: 'Plus', en: 'One page more' },
  countYes: {
    fr: ({ n }: Count) => `J’ai ${n} page${s(n)}`,
    simple: ({ n }: Count) => `${n} page${s(n)}`,
    en: ({ n }: Count) => `I have ${n} page${s(n)}`,
  },
  askNoSome: { fr: 'Non, il en manque', simple: 'Non', en: 'No, some are missing' },
  cancelledTitle: { fr: 'C’est arrêté', simple: 'C’est arrêté', en: 'Stopped' },
  cancelledText: {
    fr: ({ n }: Count) =>
      n === 0
        ? 'Aucune page n’est comptée. S’il y a une feuille dans l’imprimante, prenez-la.'
        : `${n} page${s(n)} ${n > 1 ? 'sont sorties' : 'est sortie'} avant l’arrêt. Prenez-la${s(n)}.`.replace(
            'Prenez-las',
            'Prenez-les',
          ),
    simple: ({ n }: Count) =>
      n === 0 ? 'Rien n’est compté. Regardez dans l’imprimante.' : `${n} page${s(n)} sortie${s(n)}.`,
    en: ({ n }: Count) =>
      n === 0
        ? 'No page is counted. If a sheet lies in the printer, take it.'
        : `${n} page${s(n)} came out before the stop.`,
  },
  failedCounted: {
    fr: ({ n }: Count) =>
      n === 0
        ? 'Aucune page n’est sortie. Rien n’est compté.'
        : `${n} page${s(n)} ${n > 1 ? 'sont sorties' : 'est sortie'}. Le reste n’est pas compté.`,
    simple: ({ n }: Count) => (n === 0 ? 'Rien n’est sorti.' : `${n} page${s(n)} sortie${s(n)}.`),
    en: ({ n }: Count) =>
      n === 0 ? 'No page came out. Nothing is counted.' : `${n} page${s(n)} came out. The rest is not counted.`,
  },
  again: { fr: 'Réessayer', simple: 'Réessayer', en: 'Try again' },
  backToSite: { fr: 'Revenir sur le site', simple: 'Revenir au site', en: 'Back to the site' },
  backToDocuments: { fr: 'Revenir à mes documents', simple: 'Revenir à mes documents', en: 'Back to my documents' },
  backToSheet: { fr: 'Revenir à la démarche', simple: 'Revenir à la démarche', en: 'Back to the service' },
  backToPlace: { fr: 'Revenir à ce lieu', simple: 'Revenir à ce lieu', en: 'Back to this place' },
  backToStart: { fr: 'Revenir au début', simple: 'Revenir au début', en: 'Back to the start' },
  goOn: { fr: 'Continuer', simple: 'Continuer', en: 'Continue' },
});

export const refusalMessages = defineMessages({
  'gone.title': {
    fr: 'Il n’y a plus rien à imprimer',
    simple: 'Il n’y a rien à imprimer',
    en: 'There is nothing left to print',
  },
  'gone.text': {
    fr: 'La page ou le document n’est plus ouvert. Revenez en arrière et ouvrez-le à nouveau.',
    simple: 'Revenez en arrière. Ouvrez le document.',
    en: 'The page or document is no longer open. Go back and open it again.',
  },
  'not-printable.title': {
    fr: 'Ce fichier ne s’imprime pas',
    simple: 'Ce fichier ne s’imprime pas',
    en: 'This file cannot be printed',
  },
  'not-printable.text': {
    fr: 'Ce n’est ni un document PDF ni une image. Cherchez sur le site un bouton « PDF » ou « Imprimer ».',
    simple: 'Ce n’est pas un PDF. Ce n’est pas une image. Cherchez le bouton « PDF » du site.',
    en: 'It is neither a PDF document nor a picture. Look for a “PDF” or “Print” button on the site.',
  },
  'damaged.title': { fr: 'Ce document est abîmé', simple: 'Le document est abîmé', en: 'This document is damaged' },
  'damaged.text': {
    fr: 'Il ne s’ouvre pas. Téléchargez-le encore une fois sur le site. Rien n’a été envoyé à l’imprimante.',
    simple: 'Téléchargez-le encore. Rien n’est imprimé.',
    en: 'It does not open. Download it again from the site. Nothing was sent to the printer.',
  },
  'encrypted.title': {
    fr: 'Ce document est protégé par un mot de passe',
    simple: 'Le document a un mot de passe',
    en: 'This document is protected by a password',
  },
  'encrypted.text': {
    fr: 'Nous ne pouvons pas l’ouvrir. Demandez-le sans mot de passe à l’organisme, ou demandez à l’accueil.',
    simple: 'Nous ne pouvons pas l’ouvrir. Demandez à l’accueil.',
    en: 'We cannot open it. Ask the organisation for it without a password, or ask at the desk.',
  },
  'xfa.title': {
    fr: 'Ce formulaire ne s’imprime pas ici',
    simple: 'Ce formulaire ne s’imprime pas ici',
    en: 'This form cannot be printed here',
  },
  'xfa.text': {
    fr: 'Il demande un logiciel spécial. Cherchez sur le site une version à imprimer, ou demandez à l’accueil.',
    simple: 'Il faut un autre logiciel. Demandez à l’accueil.',
    en: 'It needs special software. Look for a printable version on the site, or ask at the desk.',
  },
  'empty.title': { fr: 'Ce document est vide', simple: 'Le document est vide', en: 'This document is empty' },
  'empty.text': {
    fr: 'Il n’a aucune page. Revenez en arrière et vérifiez que c’est le bon.',
    simple: 'Il n’y a pas de page. Revenez en arrière.',
    en: 'It has no page. Go back and check that it is the right one.',
  },
  'too-large.title': {
    fr: 'Ce document est trop grand',
    simple: 'Le document est trop grand',
    en: 'This document is too large',
  },
  'too-large.text': {
    fr: 'La borne ne peut pas le préparer. Demandez à l’accueil.',
    simple: 'Demandez à l’accueil.',
    en: 'The kiosk cannot prepare it. Please ask at the desk.',
  },
  'slow.title': { fr: 'C’est trop long à préparer', simple: 'C’est trop long', en: 'It takes too long to prepare' },
  'slow.text': {
    fr: 'La page ou le document ne répond pas. Revenez en arrière, puis essayez encore une fois.',
    simple: 'Revenez en arrière. Essayez encore.',
    en: 'The page or document does not respond. Go back, then try once more.',
  },
});
