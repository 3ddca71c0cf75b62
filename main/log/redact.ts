/**
 * The one gate in front of every log: a value that could tell who a person is, what they read or
 * what they wrote is replaced before it reaches any sink. Unknown strings are kept only when they look like
 * a code of ours.
 */
import type { LogFields } from './logger.ts';

/** Codes, ids and versions of ours: short, no spaces, nothing that reads like a name, number or address. */
const HARMLESS = /^[a-z][a-z0-9]*([.:_/-][a-z0-9]+)*$/;
const LONG_DIGITS = /\d{5,}/;

/** Fields whose text is written by us (never by a page, a person or a file). */
const OWN_TEXT = new Set(['reason', 'fault', 'ref', 'version', 'program', 'signal', 'missing']);

const clean = (key: string, value: string): string => {
  if (OWN_TEXT.has(key) && !LONG_DIGITS.test(value) && !value.includes('://') && !value.includes('@')) return value;
  return value.length <= 60 && HARMLESS.test(value) && !LONG_DIGITS.test(value) ? value : '[redacted]';
};

export const redact = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === 'string' ? clean(key, value) : value]),
  );
