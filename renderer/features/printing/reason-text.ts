/** What is wrong with the printer, in words, and what to do. A reason or a code without both does not compile. */
import type { PrinterCode, PrinterReason } from '../../../main/contract/printing.ts';
import { defineMessages, type Message } from '../../client/i18n/define-messages.ts';

const agent = {
  fr: 'Demandez à l’accueil : quelqu’un va s’en occuper.',
  simple: 'Demandez à l’accueil.',
  en: 'Please ask at the desk: someone will take care of it.',
};
const nothing = { fr: 'Vous n’avez rien à faire.', simple: 'Vous n’avez rien à faire.', en: 'You have nothing to do.' };

const m = (title: Message, text: Message): { readonly title: Message; readonly text: Message } => ({ title, text });

const words = defineMessages({
  paperOut: { fr: 'Il n’y a plus de papier', simple: 'Il n’y a plus de papier', en: 'The printer is out of paper' },
  paperOutText: {
    fr: 'Demandez à l’accueil d’en remettre.',
    simple: 'Demandez du papier à l’accueil.',
    en: 'Please ask at the desk for more paper.',
  },
  paperWrong: { fr: 'Ce n’est pas le bon papier', simple: 'Ce n’est pas le bon papier', en: 'It is the wrong paper' },
  paperWrongText: {
    fr: 'L’imprimante attend du papier A4. Demandez à l’accueil.',
    simple: 'Il faut du papier A4. Demandez à l’accueil.',
    en: 'The printer is waiting for A4 paper. Please ask at the desk.',
  },
  paperLow: { fr: 'Il reste peu de papier', simple: 'Il reste peu de papier', en: 'Paper is running low' },
  byHand: {
    fr: 'L’imprimante attend une feuille',
    simple: 'L’imprimante attend une feuille',
    en: 'The printer is waiting for a sheet',
  },
  jam: { fr: 'Une feuille est coincée', simple: 'Une feuille est coincée', en: 'A sheet is stuck' },
  jamText: {
    fr: 'Ne tirez pas dessus. Demandez à l’accueil.',
    simple: 'Ne tirez pas. Demandez à l’accueil.',
    en: 'Do not pull on it. Please ask at the desk.',
  },
  cover: {
    fr: 'Le capot de l’imprimante est ouvert',
    simple: 'L’imprimante est ouverte',
    en: 'The printer’s cover is open',
  },
  coverText: {
    fr: 'Fermez-le doucement, jusqu’au clic.',
    simple: 'Fermez-la.',
    en: 'Close it gently, until it clicks.',
  },
  tray: {
    fr: 'Le bac à papier n’est pas en place',
    simple: 'Le bac à papier est sorti',
    en: 'The paper tray is not in place',
  },
  trayText: { fr: 'Poussez-le jusqu’au fond.', simple: 'Poussez le bac.', en: 'Push it all the way in.' },
  outputFull: {
    fr: 'Il y a trop de feuilles à la sortie',
    simple: 'Il y a trop de feuilles',
    en: 'The output tray is full',
  },
  outputFullText: {
    fr: 'Prenez les feuilles déjà sorties : cela repart tout seul.',
    simple: 'Prenez les feuilles.',
    en: 'Take the sheets that are already out: it starts again by itself.',
  },
  outputMissing: {
    fr: 'Il manque une pièce à la sortie du papier',
    simple: 'Il manque une pièce',
    en: 'A part of the output is missing',
  },
  tonerLow: { fr: 'Il reste peu d’encre', simple: 'Il reste peu d’encre', en: 'Ink is running low' },
  tonerEmpty: { fr: 'Il n’y a plus d’encre', simple: 'Il n’y a plus d’encre', en: 'The printer is out of ink' },
  waste: { fr: 'Une cartouche est pleine', simple: 'Une cartouche est pleine', en: 'A cartridge is full' },
  offline: {
    fr: 'L’imprimante ne répond plus',
    simple: 'L’imprimante ne répond plus',
    en: 'The printer has stopped answering',
  },
  offlineText: {
    fr: 'Elle est peut-être éteinte ou débranchée. Demandez à l’accueil.',
    simple: 'Elle est peut-être éteinte. Demandez à l’accueil.',
    en: 'It may be off or unplugged. Please ask at the desk.',
  },
  connecting: {
    fr: 'Nous cherchons l’imprimante…',
    simple: 'Nous cherchons l’imprimante…',
    en: 'Looking for the printer…',
  },
  paused: { fr: 'L’imprimante est en pause', simple: 'L’imprimante est en pause', en: 'The printer is paused' },
  busy: {
    fr: 'L’imprimante finit un autre document',
    simple: 'L’imprimante est occupée',
    en: 'The printer is finishing another document',
  },
  busyText: {
    fr: 'Le vôtre vient juste après. Vous n’avez rien à faire.',
    simple: 'Le vôtre vient après. Attendez.',
    en: 'Yours comes right after. You have nothing to do.',
  },
  warming: { fr: 'L’imprimante se réveille', simple: 'L’imprimante se réveille', en: 'The printer is waking up' },
  memory: {
    fr: 'La mémoire de l’imprimante est pleine',
    simple: 'L’imprimante est pleine',
    en: 'The printer’s memory is full',
  },
  login: {
    fr: 'L’imprimante demande un code',
    simple: 'L’imprimante demande un code',
    en: 'The printer asks for a code',
  },
  held: {
    fr: 'Votre document est retenu',
    simple: 'L’impression est bloquée',
    en: 'Your document is being held',
  },
  heldText: {
    fr: 'L’imprimante l’a reçu, mais elle attend un accord. Demandez à l’accueil.',
    simple: 'L’imprimante attend un accord. Demandez à l’accueil.',
    en: 'The printer has it, but is waiting for someone to release it. Please ask at the desk.',
  },
  stalled: {
    fr: 'L’imprimante n’avance plus',
    simple: 'L’imprimante n’avance plus',
    en: 'The printer is not getting on',
  },
  stalledText: {
    fr: 'Elle ne dit pas pourquoi. Demandez à l’accueil.',
    simple: 'Demandez à l’accueil.',
    en: 'It does not say why. Please ask at the desk.',
  },
  quota: {
    fr: 'Le nombre de pages permis est atteint',
    simple: 'Trop de pages ont été imprimées',
    en: 'The number of pages allowed has been reached',
  },
  quotaText: {
    fr: 'L’imprimante n’en accepte plus pour cette borne. Demandez à l’accueil.',
    simple: 'L’imprimante refuse. Demandez à l’accueil.',
    en: 'The printer accepts no more from this kiosk. Please ask at the desk.',
  },
  service: {
    fr: 'L’imprimante a besoin d’un réparateur',
    simple: 'L’imprimante est en panne',
    en: 'The printer needs repair',
  },
  agent,
  nothing,
});

export const reasonText: Readonly<Record<PrinterReason, { readonly title: Message; readonly text: Message }>> = {
  'paper-out': m(words.paperOut, words.paperOutText),
  'paper-wrong': m(words.paperWrong, words.paperWrongText),
  'paper-low': m(words.paperLow, words.nothing),
  'paper-by-hand': m(words.byHand, words.agent),
  jam: m(words.jam, words.jamText),
  'cover-open': m(words.cover, words.coverText),
  'tray-missing': m(words.tray, words.trayText),
  'output-full': m(words.outputFull, words.outputFullText),
  'output-nearly-full': m(words.outputFull, words.outputFullText),
  'output-missing': m(words.outputMissing, words.agent),
  'toner-low': m(words.tonerLow, words.nothing),
  'toner-empty': m(words.tonerEmpty, words.agent),
  'waste-full': m(words.waste, words.agent),
  offline: m(words.offline, words.offlineText),
  connecting: m(words.connecting, words.nothing),
  paused: m(words.paused, words.agent),
  busy: m(words.busy, words.busyText),
  warming: m(words.warming, words.nothing),
  'memory-full': m(words.memory, words.agent),
  'login-wanted': m(words.login, words.agent),
  held: m(words.held, words.heldText),
  stalled: m(words.stalled, words.stalledText),
  quota: m(words.quota, words.quotaText),
  service: m(words.service, words.agent),
};

const codes = defineMessages({
  none: {
    fr: 'Cette borne n’a pas d’imprimante',
    simple: 'Il n’y a pas d’imprimante',
    en: 'This kiosk has no printer',
  },
  noneText: {
    fr: 'Demandez à l’accueil où vous pouvez imprimer.',
    simple: 'Demandez à l’accueil.',
    en: 'Ask at the desk where you can print.',
  },
  slow: {
    fr: 'L’imprimante met trop de temps à répondre',
    simple: 'L’imprimante est trop lente',
    en: 'The printer takes too long to answer',
  },
  cut: {
    fr: 'La liaison avec l’imprimante s’est coupée',
    simple: 'La liaison s’est coupée',
    en: 'The link to the printer was cut',
  },
  garbage: {
    fr: 'Nous ne comprenons pas cette imprimante',
    simple: 'L’imprimante répond mal',
    en: 'We do not understand this printer',
  },
  serverError: {
    fr: 'L’imprimante a un problème',
    simple: 'L’imprimante a un problème',
    en: 'The printer has a problem',
  },
  certificate: {
    fr: 'Ce n’est pas l’imprimante que nous connaissons',
    simple: 'Ce n’est pas la bonne imprimante',
    en: 'It is not the printer we know',
  },
  certificateText: {
    fr: 'Par sécurité, nous ne lui envoyons rien. Demandez à l’accueil.',
    simple: 'Nous ne lui envoyons rien. Demandez à l’accueil.',
    en: 'To be safe, we send it nothing. Please ask at the desk.',
  },
  notAccepting: {
    fr: 'L’imprimante refuse les documents',
    simple: 'L’imprimante refuse',
    en: 'The printer refuses documents',
  },
  busyLong: {
    fr: 'L’imprimante est restée occupée',
    simple: 'L’imprimante est occupée',
    en: 'The printer stayed busy',
  },
  cannot: {
    fr: 'Cette imprimante ne marche pas avec la borne',
    simple: 'L’imprimante ne marche pas avec la borne',
    en: 'This printer does not work with the kiosk',
  },
  cannotText: {
    fr: 'Votre document n’y est pour rien. Demandez à l’accueil où imprimer.',
    simple: 'Demandez à l’accueil.',
    en: 'There is nothing wrong with your document. Please ask at the desk where to print.',
  },
  noPaper: {
    fr: 'Il n’y a pas de feuilles A4 dans l’imprimante',
    simple: 'Il n’y a pas de feuilles A4',
    en: 'There are no A4 sheets in the printer',
  },
  noPaperText: {
    fr: 'Elle n’a que des étiquettes ou du petit papier. Demandez à l’accueil.',
    simple: 'Demandez du papier A4 à l’accueil.',
    en: 'It only holds labels or small paper. Please ask at the desk.',
  },
  stuckText: {
    fr: 'Nous avons retiré votre document de la file. Demandez à l’accueil.',
    simple: 'Nous avons arrêté. Demandez à l’accueil.',
    en: 'We took your document back. Please ask at the desk.',
  },
  format: {
    fr: 'L’imprimante ne sait pas lire ce document',
    simple: 'L’imprimante ne sait pas lire ce document',
    en: 'The printer cannot read this document',
  },
  option: {
    fr: 'L’imprimante ne sait pas faire ce choix',
    simple: 'L’imprimante ne sait pas le faire',
    en: 'The printer cannot do that',
  },
  optionText: {
    fr: 'Choisissez un seul exemplaire, puis essayez à nouveau.',
    simple: 'Choisissez un seul exemplaire.',
    en: 'Choose a single copy, then try again.',
  },
  aborted: { fr: 'L’imprimante a abandonné', simple: 'L’imprimante a abandonné', en: 'The printer gave up' },
  tryAnyway: {
    fr: 'Vous pouvez essayer quand même.',
    simple: 'Essayez quand même.',
    en: 'You can try all the same.',
  },
  abortedText: { fr: 'Vous pouvez essayer encore une fois.', simple: 'Essayez encore.', en: 'You can try once more.' },
});

export const codeText: Readonly<Record<PrinterCode, { readonly title: Message; readonly text: Message }>> = {
  'printer.none': m(codes.none, codes.noneText),
  'printer.unreachable': m(words.offline, words.offlineText),
  'printer.slow': m(codes.slow, codes.abortedText),
  'printer.cut': m(codes.cut, codes.abortedText),
  'printer.garbage': m(codes.garbage, words.agent),
  'printer.server-error': m(codes.serverError, codes.abortedText),
  'printer.login-wanted': m(words.login, words.agent),
  'printer.certificate-changed': m(codes.certificate, codes.certificateText),
  'printer.not-accepting': m(codes.notAccepting, words.agent),
  'printer.busy': m(codes.busyLong, codes.abortedText),
  'printer.cannot': m(codes.cannot, codes.cannotText),
  'printer.no-page-paper': m(codes.noPaper, codes.noPaperText),
  'printer.quota': m(words.quota, words.quotaText),
  'printer.stuck': m(words.stalled, codes.stuckText),
  'printer.format-refused': m(codes.format, words.agent),
  'printer.option-refused': m(codes.option, codes.optionText),
  'printer.too-large': m(codes.format, words.agent),
  // Never a final result: the person is asked instead.
  'printer.unsure': m(words.offline, words.offlineText),
  'printer.aborted': m(codes.aborted, codes.abortedText),
  'printer.cancelled': m(codes.aborted, codes.abortedText),
};

/** The same before anybody has pressed "Imprimer": there is nothing to try again yet. */
export const codeWarning = (code: PrinterCode): { readonly title: Message; readonly text: Message } => {
  const { title, text } = codeText[code];
  return m(title, text === codes.abortedText ? codes.tryAnyway : text);
};
