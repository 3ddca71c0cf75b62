/**
 * What a function answers when "no" is an ordinary day (paper out, wrong passphrase, scanner busy).
 * Bugs are thrown; the expected is returned.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** An error that crosses the contract: a code the screens turn into a sentence, and what that sentence needs. */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly params?: Readonly<Record<string, string | number>>;
}

export const failure = <Code extends string>(
  code: Code,
  params?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly error: Failure<Code> } => fail(params === undefined ? { code } : { code, params });

/** A bug if false: the message is for us, never for the person. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** Makes a `switch` exhaustive: the compiler refuses a forgotten case. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
