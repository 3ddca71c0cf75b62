/**
 * Detects the kind of a file from its bytes: its name and declared type are only claims. Each feature decides which
 * kinds it accepts. Pure.
 */
import { isoMedia } from './heif-brand.ts';

export type FileKind =
  | 'pdf'
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'tiff'
  | 'bmp'
  | 'avif'
  | 'heic'
  | 'zip'
  /** Office files from before 2007, and every office file with a password. */
  | 'compound'
  | 'rtf'
  | 'archive'
  | 'program'
  | 'media'
  /** Possibly plain text. */
  | 'unknown';

const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** Readers accept up to a kilobyte before the header: mail headers, a byte order mark (ISO 32000, annex H). */
const PDF_HEADER_WITHIN = 1024;

/** First match wins. */
const STARTS: readonly (readonly [FileKind, readonly string[]])[] = [
  ['jpeg', ['\xff\xd8\xff']],
  ['png', ['\x89PNG']],
  ['gif', ['GIF8']],
  ['tiff', ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']],
  ['archive', ['PK\x05\x06', 'PK\x07\x08', 'Rar!', '7z\xbc\xaf', '\x1f\x8b']],
  ['compound', ['\xd0\xcf\x11\xe0']],
  ['program', ['MZ', '\x7fELF', '#!']],
  ['media', ['ID3', 'OggS', 'fLaC', '\x1aE\xdf\xa3']],
  ['rtf', ['{\\rtf']],
];

const RIFF: Readonly<Record<string, FileKind>> = { WEBP: 'webp', 'AVI ': 'media', WAVE: 'media' };

/** Checks that the second header has one of the lengths that BMP allows. */
const isBitmap = (bytes: Uint8Array): boolean =>
  text(bytes, 0, 2) === 'BM' &&
  bytes.length > 26 &&
  [12, 40, 52, 56, 64, 108, 124].includes(new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true));

export const fileKind = (bytes: Uint8Array): FileKind => {
  const start = text(bytes, 0, 12);
  // Before the PDF check: a ZIP may contain an uncompressed PDF.
  if (start.startsWith('PK\x03\x04')) return 'zip';
  if (text(bytes, 0, PDF_HEADER_WITHIN).includes('%PDF-')) return 'pdf';
  if (isBitmap(bytes)) return 'bmp';
  const media = isoMedia(bytes);
  if (media) return media === 'film' ? 'media' : media;
  const riff = start.startsWith('RIFF') ? RIFF[start.slice(8)] : undefined;
  if (riff) return riff;
  return STARTS.find(([, magics]) => magics.some((magic) => start.startsWith(magic)))?.[0] ?? 'unknown';
};
