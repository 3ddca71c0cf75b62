/** Decides from a file's bytes what to do with it. Its name and declared type cannot be trusted. */
import type { DocumentRefusal } from '../../contract/documents.ts';
import { fileKind, type FileKind } from '../../pdf/file-kind.ts';
import { isMarkup, textOf } from './conversions/plain-text.ts';
import { zipEntries, zipText } from './conversions/zip-directory.ts';

/** Formats that the document decoder opens. */
export type Shown = 'pdf' | 'picture' | 'tiff' | 'heic' | 'bmp';
/** Formats that are converted to PDF first. */
export type Convertible = 'docx' | 'odt' | 'doc' | 'rtf' | 'txt';

/** Texts made for programs, which are rewritten as readable text first. */
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

/** A stream of a compound file begins at a multiple of this (MS-CFB 2.2): small ones lie in sectors of 64 bytes. */
const SMALL_SECTOR = 64;
/** The beginning of the main stream of a Word document of 1997 to 2003 (`FibBase`, MS-DOC 2.5.2). */
const WORD_START = 0xa5ec;
/** Of Word 97 to Word 2007 (`nFib`); Word always writes the second, LibreOffice 0x101. */
const WORD_VERSIONS: readonly number[] = [0xc0, 0xc1, 0xc2, 0xd9, 0x101, 0x10c, 0x112];
const FLAGS_AT = 0x0a;
const ENCRYPTED = 0x0100;

/** Any of its streams: a document that is put into a locked one may stand first, and is not locked itself. */
const isLockedWord = (whole: Buffer): boolean => {
  for (let at = 0; at + FLAGS_AT + 2 <= whole.length; at += SMALL_SECTOR) {
    const starts = whole.readUInt16LE(at) === WORD_START && WORD_VERSIONS.includes(whole.readUInt16LE(at + 2));
    if (starts && (whole.readUInt16LE(at + FLAGS_AT) & ENCRYPTED) !== 0) return true;
  }
  return false;
};

/**
 * The compound format of Word, Excel and PowerPoint before 2007, and of every office file with a password. The names of
 * its streams identify the program.
 */
const inCompound = (bytes: Uint8Array): Sniffed => {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (whole.includes(wide('EncryptedPackage'))) return { refuse: 'locked' };
  if (!whole.includes(wide('WordDocument'))) return { refuse: 'office' };
  return isLockedWord(whole) ? { refuse: 'locked' } : { convert: 'doc' };
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

/** `name`: text is accepted only with a text extension, since a site's error page or a settings file is text too. */
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
