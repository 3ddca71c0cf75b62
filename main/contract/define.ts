/**
 * How a feature's contract is written: a `state` that the screens mirror, `messages` that they may send (a `query`
 * changes nothing, a `command` does) and `events` that they may receive. Everything else is derived from these values:
 * the client, the handlers' types, the tests' remote.
 */
import type { z } from 'zod';
import type { Failure, Result } from './result.ts';
import type { When } from './when.ts';

export interface MessageSpec {
  readonly kind: 'query' | 'command';
  /** The phases in which it may be called; the feature's own `when` applies if absent. */
  readonly when?: When | undefined;
  /** A strict object: unknown keys are refused. */
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** The error codes of its handler. `contract/errors.ts` holds those that the dispatcher adds. */
  readonly errors: readonly string[];
}

export interface FeatureSpec {
  /** The phases in which its messages may be called. */
  readonly when: When;
  /** The slice of the kiosk's state that this feature owns. Each change is sent to the screens. */
  readonly state: z.ZodType;
  readonly messages: Readonly<Record<string, MessageSpec>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

interface MessageParts<
  I extends z.ZodObject,
  O extends z.ZodType,
  E extends readonly string[],
  W extends When | undefined,
> {
  readonly input: I;
  readonly output: O;
  readonly errors: E;
  readonly when?: W;
}
type Message<
  K extends MessageSpec['kind'],
  I extends z.ZodObject,
  O extends z.ZodType,
  E extends readonly string[],
  W extends When | undefined,
> = Omit<MessageParts<I, O, E, W>, 'when'> & { readonly kind: K; readonly when: W | undefined };

export const query = <
  I extends z.ZodObject,
  O extends z.ZodType,
  const E extends readonly string[],
  const W extends When | undefined = undefined,
>(
  parts: MessageParts<I, O, E, W>,
): Message<'query', I, O, E, W> => ({ kind: 'query', when: undefined, ...parts });

export const command = <
  I extends z.ZodObject,
  O extends z.ZodType,
  const E extends readonly string[],
  const W extends When | undefined = undefined,
>(
  parts: MessageParts<I, O, E, W>,
): Message<'command', I, O, E, W> => ({ kind: 'command', when: undefined, ...parts });

export const defineFeature = <const F extends FeatureSpec>(feature: F): F => feature;

export type InputOf<M extends MessageSpec> = z.output<M['input']>;
export type OutputOf<M extends MessageSpec> = z.output<M['output']>;
export type ErrorOf<M extends MessageSpec> = M['errors'][number];

/** When a message may be called: its own `when`, else the feature's. */
export type WhenOf<F extends FeatureSpec, N extends keyof F['messages']> = [
  Exclude<F['messages'][N]['when'], undefined>,
] extends [never]
  ? F['when']
  : Exclude<F['messages'][N]['when'], undefined>;

/**
 * What a feature implements: one handler for each message, with validated input. Handlers of session messages also
 * receive `Own`, the feature's object for the current person. The dispatcher refuses these messages when there is none.
 */
export type Handlers<F extends FeatureSpec, Own = undefined> = {
  readonly [N in keyof F['messages']]: (
    ...call: [Own] extends [undefined]
      ? [input: InputOf<F['messages'][N]>]
      : WhenOf<F, N> extends 'session'
        ? [input: InputOf<F['messages'][N]>, mine: Own]
        : [input: InputOf<F['messages'][N]>]
  ) => Promise<Result<OutputOf<F['messages'][N]>, Failure<ErrorOf<F['messages'][N]>>>>;
};

export type StateOf<F extends FeatureSpec> = z.output<F['state']>;
