/**
 * Any text at all, lone surrogates too. fast-check's own `binary` unit spends two seconds on tables before its first
 * word.
 */
import fc from 'fast-check';

const sign = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0, max: 0xffff }),
  fc.integer({ min: 0, max: 0x10ffff }),
);

export const anyText = (maxLength = 200): fc.Arbitrary<string> =>
  fc.array(sign, { maxLength, size: 'max' }).map((codes) => String.fromCodePoint(...codes));
