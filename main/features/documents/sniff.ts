/** What becomes of a file that comes in, by its bytes: a name and a declared type are only what a site or a key says. */
import type { DocumentRefusal } from '../../contract/documents.ts';
import { fileKind, type FileKind } from '../../pdf/file-kind.ts';
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

const TAKEN: Partial<Readonly<Record<FileKind, Shown>>> = {
  pdf: 'pdf',
  jpeg: 'picture',
  png: 'picture',
  gif: 'picture',
  webp: 'picture',
  avif: 'picture',
  tiff: 'tiff',
  heic: 'heic',
  bmp: 'bmp',
};

/** `name`: text is taken for a text only where it says so, since a site's error or a program's settings are text too. */
export const sniff = (bytes: Uint8Array, name: string): Sniffed => {
  if (bytes.length === 0) return { refuse: 'empty' };
  const kind = fileKind(bytes);
  const take = TAKEN[kind];
  if (take) return { take };
  if (kind === 'zip') return inZip(bytes);
  if (kind === 'compound') return inCompound(bytes);
  if (kind === 'rtf') return { convert: 'rtf' };
  if (kind === 'archive' || kind === 'program' || kind === 'media') return { refuse: kind };
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
