/**
 * Each way a request may fail, and the sentence that says what to do next. Features bring their own (`features/<x>/index.ts`);
 * here are those that any screen may meet. The compiler refuses a forgotten code.
 */
import type { ErrorOf, MessageSpec } from '../../main/contract/define.ts';
import type { DispatcherError } from '../../main/contract/errors.ts';
import type { Contract, FeatureName } from '../../main/contract/index.ts';
import type { ClientError } from './client.ts';
import type { Message } from './i18n/define-messages.ts';
import { errorMessages } from './messages.ts';

/** What the requests of a feature may answer, when they fail. */
export type CodesOf<F extends FeatureName> = F extends FeatureName
  ? {
      [N in keyof Contract[F]['messages']]: Contract[F]['messages'][N] extends MessageSpec
        ? ErrorOf<Contract[F]['messages'][N]>
        : never;
    }[keyof Contract[F]['messages']]
  : never;

export type ErrorCode = CodesOf<FeatureName> | DispatcherError | ClientError;

/** Those that it names itself: it may pass on another's. */
export type OwnCodesOf<F extends FeatureName> = Extract<CodesOf<F>, `${F}.${string}`>;

export interface Failed {
  readonly code: ErrorCode;
  readonly ref?: string;
}

export type Sentences = Partial<Readonly<Record<ErrorCode, Message>>>;

/** Of requests that no feature's screens make, or that all of them do. */
export type CommonCode = 'session.not-ready' | 'usage.unknown' | DispatcherError | ClientError;

const ours = {
  'session.not-ready': errorMessages.notReady,
  'usage.unknown': errorMessages.bug,
  'contract.refused': errorMessages.bug,
  'contract.unknown-message': errorMessages.bug,
  'kiosk.bug': errorMessages.bug,
  'client.timeout': errorMessages.timeout,
} satisfies Record<CommonCode, Message>;

/** A code that only a bug can send gets the same calm sentence. `brought`: those of the features, once they are here. */
export function errorMessage(failed: Failed, brought: Sentences): Message {
  const sentences: Sentences = { ...ours, ...brought };
  return (Object.hasOwn(sentences, failed.code) ? sentences[failed.code] : undefined) ?? errorMessages.bug;
}
