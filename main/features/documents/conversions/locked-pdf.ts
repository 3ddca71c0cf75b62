/** PDF files that need a password or Adobe's program. In the document decoder. */
import { PDFDocument, PDFInvalidObject, PDFName, PDFRawStream, type PDFObject } from '@cantoo/pdf-lib';
import { mendStrings } from '../../../pdf/mend-strings.ts';
import { DecoderRefusal } from '../../../platform/decoders/serve.ts';

/**
 * The file's old cross-reference stream or object stream, which the library keeps, sometimes as an invalid object. It
 * still says that the file is encrypted, and readers that search for such streams would believe it.
 */
const isOldXref = (object: PDFObject): boolean => {
  if (object instanceof PDFRawStream)
    return ['/XRef', '/ObjStm'].includes(object.dict.get(PDFName.of('Type'))?.toString() ?? '');
  if (!(object instanceof PDFInvalidObject)) return false;
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return Buffer.from(bytes).includes('/XRef');
};

/** The document, ready to be saved without encryption. Throws when it is damaged or the password is wrong. */
export const openUnlocked = async (bytes: Uint8Array, password: string): Promise<PDFDocument> => {
  const document = await PDFDocument.load(bytes, { password, updateMetadata: false });
  mendStrings(document);
  for (const [ref, object] of document.context.enumerateIndirectObjects())
    if (isOldXref(object)) document.context.delete(ref);
  return document;
};

/** The same document without encryption, so that printing it or sending it to a site needs no password. */
export const unlock = async (bytes: Uint8Array, password: string): Promise<Uint8Array> => {
  try {
    return await (await openUnlocked(bytes, password)).save({ objectsPerTick: Infinity });
  } catch (cause) {
    throw new DecoderRefusal(/password/i.test(String(cause)) ? 'wrong-password' : 'damaged', { cause });
  }
};

/** An XFA form whose only page says "Please wait…": only Adobe's program can draw it. */
export const needsXfaViewer = async (bytes: Uint8Array): Promise<boolean> => {
  const document = await PDFDocument.load(bytes, { password: '', updateMetadata: false, preserveXFA: true }).catch(
    () => undefined, // a file that this library cannot read is reported when it is drawn
  );
  return document?.catalog.lookup(PDFName.of('NeedsRendering'))?.toString() === 'true';
};
