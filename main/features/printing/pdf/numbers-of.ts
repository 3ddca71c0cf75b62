import { PDFNumber, type PDFArray } from '@cantoo/pdf-lib';

/** The first `count` numbers, or all of them; undefined when one is missing or not a number. */
export const numbersOf = (array: PDFArray | undefined, count = array?.size() ?? 0): readonly number[] | undefined => {
  if (array === undefined || array.size() < count) return undefined;
  const numbers = Array.from({ length: count }, (_, i) => array.lookupMaybe(i, PDFNumber)?.asNumber());
  return numbers.every((one) => one !== undefined) ? numbers : undefined;
};
