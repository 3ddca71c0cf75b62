/**
 * What may be logged about an error: its type, the system's error code, and where in our code it was thrown. Never its
 * message: it may quote a file name ("ENOENT … 'Attestation de …'"), an address, or what a person typed ("Unexpected
 * token … in …").
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
