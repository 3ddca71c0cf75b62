/**
 * `@cantoo/pdf-lib` decrypts the strings of a file that is encrypted, and writes them without the backslashes that they
 * need: one with a single parenthesis, such as « a) Nom », breaks the field or the font that it belongs to. Not mended:
 * a letter with a backslash among its bytes (山), since the library does not tell what it has decrypted from what was
 * written with backslashes in an object stream.
 */
import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFStream,
  PDFString,
  type PDFDocument,
  type PDFObject,
} from '@cantoo/pdf-lib';

/** What the library writes between two parentheses cannot be read again as one string. */
const isBroken = (written: string): boolean => {
  let depth = 0;
  for (let at = 0; at < written.length; at += 1) {
    if (written[at] === '\\') at += 1;
    else if (written[at] === '(') depth += 1;
    else if (written[at] === ')') depth -= 1;
    if (depth < 0 || at >= written.length) return true;
  }
  return depth !== 0;
};

const mended = (value: PDFObject): PDFObject => {
  if (!(value instanceof PDFString)) {
    mendIn(value);
    return value;
  }
  const text = value.asString();
  return isBroken(text) ? PDFHexString.of(Buffer.from(text, 'latin1').toString('hex')) : value;
};

const mendIn = (object: PDFObject): void => {
  if (object instanceof PDFStream) mendIn(object.dict);
  else if (object instanceof PDFDict) for (const [key, value] of object.entries()) object.set(key, mended(value));
  else if (object instanceof PDFArray)
    for (const [at, value] of object.asArray().entries()) object.set(at, mended(value));
};

export const mendStrings = (document: PDFDocument): void => {
  for (const [ref, object] of document.context.enumerateIndirectObjects()) {
    const whole = mended(object);
    if (whole !== object) document.context.assign(ref, whole);
  }
};
