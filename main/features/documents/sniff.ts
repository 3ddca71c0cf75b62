/** What a file is, by its bytes: a name and a declared type are only what a site or a key says. */
import type { DocumentRefusal } from '../../contract/documents.ts';
import { isoMedia } from './conversions/heif-brand.ts';
import { isMarkup, textOf } from './conversions/plain-text.ts';
import { zipEntries, zipText } from './conversions/zip-directory.ts';

/** What the document thread opens. */
export type Shown = 'pdf' | 'picture' | 'tiff' | 'heic' | 'bmp';
/** What becomes a PDF first. */
export type Convertible = 'docx' | 'odt' | 'doc' | 'rtf' | 'txt';

/** Texts that are made for programs, and said in words first. */
export type WordsOf = 'table' | 'calendar';

export type Sniffed =
  | { readonly take: Shown }
  | { readonly convert: Convertible; readonly of?: WordsOf }
  | { readonly refuse: DocumentRefusal };

const starts = (bytes: Uint8Array, ...values: readonly number[]): boolean =>
  values.every((value, i) => bytes[i] === value);
const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

const MAX_SMALL_FILE = 1_000_000;
/** About 500 pages. */
const MAX_TEXT_BYTES = 2_000_000;

const inZip = (bytes: Uint8Array): Sniffed => {
  const entries = zipEntries(bytes);
  if (!entries) {
    const office = /word\/|xl\/|ppt\/|\[Content_Types\]|opendocument/.test(text(bytes, 0, 4096));
    return { refuse: office ? 'damaged' : 'archive' };
  }
  const read = (name: string): string => {
    const entry = entries.find((one) => one.name === name);
    return (entry && zipText(bytes, entry, MAX_SMALL_FILE)) ?? '';
  };
  const has = (name: RegExp): boolean => entries.some((entry) => name.test(entry.name));
  if (has(/^word\/document\d*\.xml$/)) return { convert: 'docx' };
  const type = read('mimetype');
  if (type.startsWith('application/vnd.oasis.opendocument.text')) {
    if (read('META-INF/manifest.xml').includes('encryption-data')) return { refuse: 'locked' };
    return { convert: 'odt' };
  }
  if (type.includes('opendocument') || has(/^(xl|ppt|word)\/|^Index\/.*\.iwa$/)) return { refuse: 'office' };
  return { refuse: 'archive' };
};

const wide = (words: string): Buffer => Buffer.from(words, 'utf16le');

/** The format of Word, Excel and PowerPoint before 2007, and of every office file with a password: told by the names of its streams. */
const inCompound = (bytes: Uint8Array): Sniffed => {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (whole.includes(wide('EncryptedPackage'))) return { refuse: 'locked' };
  return whole.includes(wide('WordDocument')) ? { convert: 'doc' } : { refuse: 'office' };
};

/** A bitmap's header names its own length and one of the lengths that a second header may have. */
const isBitmap = (bytes: Uint8Array): boolean =>
  text(bytes, 0, 2) === 'BM' &&
  bytes.length > 26 &&
  [12, 40, 52, 56, 64, 108, 124].includes(new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true));

const isFilm = (bytes: Uint8Array): boolean =>
  (text(bytes, 0, 4) === 'RIFF' && ['AVI ', 'WAVE'].includes(text(bytes, 8, 12))) ||
  ['ID3', 'OggS', 'fLaC', '\x1aE\xdf\xa3'].some((magic) => text(bytes, 0, magic.length) === magic);

const PICTURES = ['\xff\xd8\xff', '\x89PNG', 'GIF8'];
const ARCHIVES = ['PK\x05\x06', 'PK\x07\x08', 'Rar!', '7z\xbc\xaf', '\x1f\x8b'];
const PROGRAMS = ['MZ', '\x7fELF', '#!'];

/** `name`: text is taken for a text only where it says so, since a site's error or a program's settings are text too. */
export const sniff = (bytes: Uint8Array, name: string): Sniffed => {
  if (bytes.length === 0) return { refuse: 'empty' };
  const begins = (magics: readonly string[]): boolean => magics.some((magic) => text(bytes, 0, magic.length) === magic);
  // Before a PDF: a bundle may hold one that is not packed.
  if (starts(bytes, 0x50, 0x4b, 3, 4)) return inZip(bytes);
  // A PDF may begin with a little rubbish (mail headers, a byte order mark).
  if (text(bytes, 0, 1024).includes('%PDF-')) return { take: 'pdf' };
  if (begins(PICTURES) || (begins(['RIFF']) && text(bytes, 8, 12) === 'WEBP')) return { take: 'picture' };
  if (begins(['II*\0', 'MM\0*', 'II+\0', 'MM\0+'])) return { take: 'tiff' };
  if (isBitmap(bytes)) return { take: 'bmp' };
  const media = isoMedia(bytes);
  if (media) return media === 'film' ? { refuse: 'media' } : { take: media === 'heic' ? 'heic' : 'picture' };
  if (begins(ARCHIVES)) return { refuse: 'archive' };
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return inCompound(bytes);
  if (begins(PROGRAMS)) return { refuse: 'program' };
  if (isFilm(bytes)) return { refuse: 'media' };
  if (begins(['{\\rtf'])) return { convert: 'rtf' };
  const ending = /\.(txt|text|csv|ics)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === undefined) return { refuse: 'unknown' };
  const long = bytes.length > MAX_TEXT_BYTES;
  const words = textOf(long ? bytes.subarray(0, MAX_SMALL_FILE) : bytes);
  return words === undefined || words.trim() === '' || isMarkup(words)
    ? { refuse: 'unknown' }
    : long
      ? { refuse: 'too-heavy' }
      : { convert: 'txt', ...(ending === 'csv' && { of: 'table' }), ...(ending === 'ics' && { of: 'calendar' }) };
};
