/** Each way a request may fail, and the sentence that says what to do next. The compiler refuses a forgotten code. */
import type { ErrorOf, FeatureSpec, MessageSpec } from '../../main/contract/define.ts';
import type { DispatcherError } from '../../main/contract/errors.ts';
import type { Contract } from '../../main/contract/index.ts';
import type { ClientError } from './client.ts';
import { errorMessages } from './messages.ts';

type CodesOf<F extends FeatureSpec> = {
  [N in keyof F['messages']]: F['messages'][N] extends MessageSpec ? ErrorOf<F['messages'][N]> : never;
}[keyof F['messages']];

/** The features that have screens. A feature without screens is asked nothing; add its name with its first screen. */
type Spoken =
  'directory' | 'session' | 'catalogue' | 'browsing' | 'printing' | 'agent' | 'usage' | 'documents' | 'scanning';

export type ErrorCode = { [F in Spoken]: CodesOf<Contract[F]> }[Spoken] | DispatcherError | ClientError;

export interface Failed {
  readonly code: ErrorCode;
  readonly ref?: string;
}

const sentences = {
  'session.not-ready': errorMessages.notReady,
  'catalogue.unknown': errorMessages.demarcheGone,
  'browsing.no-guest': errorMessages.noGuest,
  'browsing.closed': errorMessages.siteClosed,
  'browsing.input-gone': errorMessages.inputGone,
  'browsing.too-large': errorMessages.tooLarge,
  'browsing.not-kept': errorMessages.machineFault,
  'printing.gone': errorMessages.printGone,
  'printing.range': errorMessages.printRange,
  'printing.nothing-chosen': errorMessages.printRange,
  'printing.allowance': errorMessages.printAllowance,
  'printing.long': errorMessages.printLong,
  'printing.busy': errorMessages.printBusy,
  'printing.no-job': errorMessages.printEnded,
  'agent.closed': errorMessages.agentClosed,
  'agent.wrong': errorMessages.agentClosed,
  'agent.wait': errorMessages.agentClosed,
  'agent.not-set': errorMessages.agentClosed,
  'agent.may-not-set': errorMessages.agentClosed,
  'agent.too-short': errorMessages.agentClosed,
  'agent.not-same': errorMessages.agentClosed,
  'agent.no-figures': errorMessages.noFigures,
  'agent.period': errorMessages.noFigures,
  'agent.printing': errorMessages.agentPrinting,
  'agent.not-kept': errorMessages.notKept,
  'agent.nothing-to-add': errorMessages.nothingToAdd,
  'usage.unknown': errorMessages.bug,
  'documents.gone': errorMessages.documentGone,
  'documents.no-text': errorMessages.documentNoText,
  'documents.no-voice': errorMessages.documentNoVoice,
  'documents.full': errorMessages.documentsFull,
  'documents.not-kept': errorMessages.machineFault,
  'documents.failed': errorMessages.documentFailed,
  'documents.no-key': errorMessages.keyGone,
  'documents.refused': errorMessages.documentRefused,
  'documents.locked': errorMessages.documentRefused,
  'documents.wrong-password': errorMessages.documentWrongPassword,
  'documents.key-full': errorMessages.keyFull,
  'documents.key-protected': errorMessages.keyProtected,
  'documents.key-pulled-out': errorMessages.keyPulledOut,
  'scanning.no-scanner': errorMessages.noScanner,
  'scanning.not-now': errorMessages.scanNotNow,
  'scanning.no-page': errorMessages.scanNoPage,
  'scanning.full': errorMessages.documentsFull,
  'scanning.not-kept': errorMessages.machineFault,
  'scanning.failed': errorMessages.scanFailed,
  'directory.unknown': errorMessages.placeGone,
  'directory.not-kept': errorMessages.notKept,
  'directory.agent-only': errorMessages.agentClosed,
  'directory.phone': errorMessages.placePhone,
  'directory.hours': errorMessages.placeHours,
  'contract.refused': errorMessages.bug,
  'contract.unknown-message': errorMessages.bug,
  'kiosk.bug': errorMessages.bug,
  'client.timeout': errorMessages.timeout,
} satisfies Record<ErrorCode, (typeof errorMessages)[keyof typeof errorMessages]>;

/** A code that only a bug can send gets the same calm sentence. */
export function errorMessage(failed: Failed): (typeof errorMessages)[keyof typeof errorMessages] {
  return Object.hasOwn(sentences, failed.code) ? sentences[failed.code] : errorMessages.bug;
}
