/**
 * The grammar of the contract: a feature is a `state` the screens mirror, `messages` they may send
 * (a `query` changes nothing, a `command` does) and `events` they may hear. Everything else — the
 * client, the handlers' types, the tests' remote — is derived from these values.
 */
import type { z } from 'zod';
import type { Failure, Result } from './result.ts';
import type { When } from './when.ts';

export interface MessageSpec {
  readonly kind: 'query' | 'command';
  /** In which phases it may be called; where it says nothing, its feature does. */
  readonly when?: When | undefined;
  /** One strict object: an unknown key is refused. */
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** The codes its handler may answer; `contract/errors.ts` holds the ones the dispatcher adds. */
  readonly errors: readonly string[];
}

export interface FeatureSpec {
  /** In which phases its messages may be called. */
  readonly when: When;
  /** The slice of the kiosk's state that this feature owns; each change is the event `<feature>.changed`. */
  readonly state: z.ZodType;
  readonly messages: Readonly<Record<string, MessageSpec>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

interface Parts<I extends z.ZodObject, O extends z.ZodType, E extends readonly string[], W extends When | undefined> {
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
> = Omit<Parts<I, O, E, W>, 'when'> & { readonly kind: K; readonly when: W | undefined };

export const query = <
  I extends z.ZodObject,
  O extends z.ZodType,
  const E extends readonly string[],
  const W extends When | undefined = undefined,
>(
  parts: Parts<I, O, E, W>,
): Message<'query', I, O, E, W> => ({ kind: 'query', when: undefined, ...parts });

export const command = <
  I extends z.ZodObject,
  O extends z.ZodType,
  const E extends readonly string[],
  const W extends When | undefined = undefined,
>(
  parts: Parts<I, O, E, W>,
): Message<'command', I, O, E, W> => ({ kind: 'command', when: undefined, ...parts });

export const defineFeature = <const F extends FeatureSpec>(feature: F): F => feature;

export type InputOf<M extends MessageSpec> = z.output<M['input']>;
export type OutputOf<M extends MessageSpec> = z.output<M['output']>;
export type ErrorOf<M extends MessageSpec> = M['errors'][number];

/** When a message may be called: as it says itself, else as its feature does. */
export type WhenOf<F extends FeatureSpec, N extends keyof F['messages']> = [
  Exclude<F['messages'][N]['when'], undefined>,
] extends [never]
  ? F['when']
  : Exclude<F['messages'][N]['when'], undefined>;

/**
 * What a feature must write: one handler a message, its input already checked. Messages of a session come with `Own`, what
 * this feature holds of the person who is there; the dispatcher refuses them when nobody is.
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
