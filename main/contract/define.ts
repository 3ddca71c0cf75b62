/**
 * The grammar of the contract: a feature is a `state` the screens mirror, `messages` they may send
 * (a `query` changes nothing, a `command` does) and `events` they may hear. Everything else — the
 * client, the handlers' types, the tests' remote — is derived from these values.
 */
import type { z } from 'zod';
import type { Failure, Result } from './result.ts';

export interface MessageSpec {
  readonly kind: 'query' | 'command';
  /** One strict object: an unknown key is refused. */
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** The codes its handler may answer; `contract/errors.ts` holds the ones the dispatcher adds. */
  readonly errors: readonly string[];
}

export interface FeatureSpec {
  /** The slice of the kiosk's state that this feature owns; each change is the event `<feature>.changed`. */
  readonly state: z.ZodType;
  readonly messages: Readonly<Record<string, MessageSpec>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

type Parts<I extends z.ZodObject, O extends z.ZodType, E extends readonly string[]> = {
  readonly input: I;
  readonly output: O;
  readonly errors: E;
};

export const query = <I extends z.ZodObject, O extends z.ZodType, const E extends readonly string[]>(
  parts: Parts<I, O, E>,
): { readonly kind: 'query' } & Parts<I, O, E> => ({ kind: 'query', ...parts });

export const command = <I extends z.ZodObject, O extends z.ZodType, const E extends readonly string[]>(
  parts: Parts<I, O, E>,
): { readonly kind: 'command' } & Parts<I, O, E> => ({ kind: 'command', ...parts });

export const defineFeature = <const F extends FeatureSpec>(feature: F): F => feature;

export type InputOf<M extends MessageSpec> = z.output<M['input']>;
export type OutputOf<M extends MessageSpec> = z.output<M['output']>;
export type ErrorOf<M extends MessageSpec> = M['errors'][number];

/** What a feature must write: one handler a message, its input already checked. */
export type Handlers<F extends FeatureSpec> = {
  readonly [N in keyof F['messages']]: (
    input: InputOf<F['messages'][N]>,
  ) => Promise<Result<OutputOf<F['messages'][N]>, Failure<ErrorOf<F['messages'][N]>>>>;
};

export type StateOf<F extends FeatureSpec> = z.output<F['state']>;
