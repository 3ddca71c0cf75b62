/** Decodes the bytes of a file. Spreadsheets still write Windows-1252, or UTF-8 with a byte order mark. */
import { fail, ok, type Result } from '../../../contract/result.ts';

export interface Decoded {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
}

/** Far larger than a directory of all France. A larger file is something else and would fill the memory. */
export const MAX_FILE_BYTES = 40_000_000;

export const decode = (bytes: Uint8Array): Result<Decoded, string> => {
  if (bytes.length === 0) return fail('le fichier est vide : téléchargez-le à nouveau');
  if (bytes.length > MAX_FILE_BYTES) return fail(tooLarge(bytes.length));
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (wide !== null) return ok({ text: new TextDecoder(wide).decode(bytes), encoding: 'UTF-16' });
  if (bytes.subarray(0, 4096).includes(0)) return fail('ce n’est pas un fichier de texte : enregistrez-le en CSV');
  try {
    return nonEmpty({ text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' });
  } catch {
    return nonEmpty({ text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' });
  }
};

const nonEmpty = (decoded: Decoded): Result<Decoded, string> =>
  decoded.text.trim() === '' ? fail('le fichier est vide : téléchargez-le à nouveau') : ok(decoded);

export const tooLarge = (sizeBytes: number): string =>
  `le fichier fait ${Math.round(sizeBytes / 1_000_000)} Mo, ${MAX_FILE_BYTES / 1_000_000} Mo au plus : ` +
  'filtrez-le sur le département avant de l’importer';
