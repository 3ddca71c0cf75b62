/**
 * Every error code of a request and its sentence, which says what to do next. Features declare their own
 * (`features/<x>/index.ts`); this file has those that any screen may meet. A code without a sentence does not compile.
 */
import type { ErrorOf, MessageSpec } from '../../main/contract/define.ts';
import type { DispatcherError } from '../../main/contract/errors.ts';
import type { Message } from '../../main/contract/i18n/define-messages.ts';
import type { Contract, FeatureName } from '../../main/contract/index.ts';
import type { ClientError } from './client.ts';
import { errorMessages } from './messages.ts';

/** The error codes that a feature's requests may answer with. */
export type CodesOf<F extends FeatureName> = F extends FeatureName
  ? {
      [N in keyof Contract[F]['messages']]: Contract[F]['messages'][N] extends MessageSpec
        ? ErrorOf<Contract[F]['messages'][N]>
        : never;
    }[keyof Contract[F]['messages']]
  : never;

export type ErrorCode = CodesOf<FeatureName> | DispatcherError | ClientError;

/** The codes that the feature declares itself: a request may also pass on another feature's code. */
export type OwnCodesOf<F extends FeatureName> = Extract<CodesOf<F>, `${F}.${string}`>;

export interface Failed {
  readonly code: ErrorCode;
  readonly ref?: string;
}

export type Sentences = Partial<Readonly<Record<ErrorCode, Message>>>;

/** Codes of requests that no feature's screens send, or that all of them send. */
export type CommonCode = 'session.not-ready' | 'usage.unknown' | DispatcherError | ClientError;

const ours = {
  'session.not-ready': errorMessages.notReady,
  'usage.unknown': errorMessages.bug,
  'contract.refused': errorMessages.bug,
  'contract.unknown-message': errorMessages.bug,
  'kiosk.bug': errorMessages.bug,
  'client.timeout': errorMessages.timeout,
} satisfies Record<CommonCode, Message>;

/**
 * The sentence of a code; an unknown code, which only a bug can send, gets the general one. `brought`: the features'
 * sentences, once loaded.
 */
export function errorMessage(failed: Failed, brought: Sentences): Message {
  const sentences: Sentences = { ...ours, ...brought };
  return (Object.hasOwn(sentences, failed.code) ? sentences[failed.code] : undefined) ?? errorMessages.bug;
}
