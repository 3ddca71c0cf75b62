/** PDF files that do not open by themselves. In the document thread. */
import { PDFDocument, PDFInvalidObject, PDFName, PDFRawStream, type PDFObject } from '@cantoo/pdf-lib';
import { ThreadRefusal } from '../../../platform/serve-thread.ts';

/**
 * The file's old table of contents, which the library keeps among the objects, sometimes as one that it could not read.
 * It still says that all is encrypted, and readers that search for tables would believe it.
 */
const isOldTable = (object: PDFObject): boolean => {
  if (object instanceof PDFRawStream)
    return ['/XRef', '/ObjStm'].includes(object.dict.get(PDFName.of('Type'))?.toString() ?? '');
  if (!(object instanceof PDFInvalidObject)) return false;
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return Buffer.from(bytes).includes('/XRef');
};

/** The same document without its lock: whoever prints it or gives it to a site needs no password any more. */
export const unlock = async (bytes: Uint8Array, password: string): Promise<Uint8Array> => {
  try {
    const document = await PDFDocument.load(bytes, { password, updateMetadata: false });
    for (const [ref, object] of document.context.enumerateIndirectObjects())
      if (isOldTable(object)) document.context.delete(ref);
    return await document.save({ objectsPerTick: Infinity });
  } catch (cause) {
    throw new ThreadRefusal(/password/i.test(String(cause)) ? 'wrong-password' : 'damaged', { cause });
  }
};

/** Its one page says "Please wait…": only its publisher's own program can draw it. */
export const needsItsProgram = async (bytes: Uint8Array): Promise<boolean> => {
  const document = await PDFDocument.load(bytes, { password: '', updateMetadata: false, preserveXFA: true }).catch(
    () => undefined, // one that this library can't read is told by whoever draws it
  );
  return document?.catalog.lookup(PDFName.of('NeedsRendering'))?.toString() === 'true';
};
