/**
 * What may be told of an error: its kind, the system's own code, and where in our code it came from. Never its words: they may
 * quote a file's name ("ENOENT … 'Attestation de …'"), an address, or what somebody typed ("Unexpected token … in …").
 */
import type { errorKinds, FieldsOf } from './fields.ts';

export const errorFields = (
  error: unknown,
): FieldsOf<{ readonly means: string; readonly fields: typeof errorKinds }> => {
  if (!(error instanceof Error)) return { kind: 'not-an-error' };
  const { code } = error as NodeJS.ErrnoException;
  return {
    kind: error.name.toLowerCase(),
    ...(typeof code === 'string' ? { code: code.toLowerCase() } : {}),
    where: /\/(main\/[\w/.-]+:\d+)/.exec(error.stack ?? '')?.[1],
  };
};
