/**
 * The filter in front of every log. The compiler checks the fields of each event. This checks each value against the
 * kind of its field at run time, in case of a cast or a value from outside. A value that does not fit is replaced.
 */
import type { EventSpec, Field, Kind } from './fields.ts';
import type { LogFields } from './logger.ts';

/** Our own codes, ids and versions: short, without spaces, and nothing that looks like a name, number or address. */
const WORD = /^[a-z][a-z0-9]*([.:_/-][a-z0-9]+)*$/;
const LONG_DIGITS = /\d{5,}/;
const isWord = (value: string): boolean => value.length <= 60 && WORD.test(value) && !LONG_DIGITS.test(value);

const FITS: Readonly<Record<Kind, (value: string | number | boolean) => boolean>> = {
  word: (value) => typeof value === 'string' && isWord(value),
  ref: (value) => typeof value === 'string' && /^[0-9A-F]{6}$/.test(value),
  fault: (value) => typeof value === 'string' && /^(PN-[A-Z-]{1,20})?$/.test(value),
  signal: (value) => typeof value === 'string' && /^SIG[A-Z0-9]{1,10}$/.test(value),
  number: (value) => typeof value === 'number',
  flag: (value) => typeof value === 'boolean',
};

const fits = (field: Field | undefined, value: string | number | boolean | null): boolean => {
  if (field === undefined) return false;
  if (value === null) return true;
  return typeof field === 'string' ? FITS[field](value) : field.includes(String(value));
};

/** Without a spec (the catalogue is not loaded yet) any kind is accepted: none of them allows free text. */
const fitsSome = (value: string | number | boolean | null): boolean =>
  value === null || Object.values(FITS).some((fit) => fit(value));

export const redact = (spec: EventSpec | undefined, fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const field = spec && Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;
      return [[name, (spec ? fits(field, value) : fitsSome(value)) ? value : '[redacted]']];
    }),
  );
