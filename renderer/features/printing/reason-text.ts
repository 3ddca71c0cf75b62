/** What is wrong with the printer, in words, and what to do. A reason or a code without both does not compile. */
import type { PrinterCode, PrinterReason } from '../../../main/contract/printing.ts';
import type { Message } from '../../../main/contract/i18n/define-messages.ts';
import { codeMessages as codes, reasonMessages as words } from './messages.ts';

const m = (title: Message, text: Message): { readonly title: Message; readonly text: Message } => ({ title, text });

export const reasonText: Readonly<Record<PrinterReason, { readonly title: Message; readonly text: Message }>> = {
  'paper-out': m(words.paperOut, words.paperOutText),
  'paper-wrong': m(words.paperWrong, words.paperWrongText),
  'paper-low': m(words.paperLow, words.paperLowText),
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
  'printer.pdf-refused': m(codes.format, codes.otherWayText),
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
