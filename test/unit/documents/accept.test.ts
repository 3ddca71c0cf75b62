import { describe, expect, it } from 'vitest';
import { acceptedFormats, formatToGive } from '../../../main/features/documents/accept.ts';
import { freeName, shownName } from '../../../main/features/documents/stored-document.ts';
import { docx, odt, zipOf } from '../../harness/documents/letters.ts';
import { bitmap } from '../../harness/documents/pictures.ts';
import { sniff } from '../../../main/features/documents/sniff.ts';

const all = ['pdf', 'jpeg', 'png'];

describe('what a file input takes', () => {
  it.each([
    ['', all],
    ['*/*', all],
    ['image/*', ['jpeg', 'png']],
    ['.pdf', ['pdf']],
    ['.PDF, .JPG', ['pdf', 'jpeg']],
    ['application/pdf,image/jpeg', ['pdf', 'jpeg']],
    ['PDF;jpg;png', all],
    ['.doc,.docx', all],
    ['application/msword,.odt,.pdf', ['pdf']],
    ['video/*', all],
    ['image/pdf', ['pdf']],
    ['constructor', all],
    ['tous fichiers', all],
  ])('%s', (accept, expected) => {
    expect([...acceptedFormats(accept)].sort()).toEqual([...expected].sort());
  });

  it('the démarche’s own list narrows it, and wins when they have nothing in common', () => {
    expect([...acceptedFormats('image/*,.pdf', ['pdf', 'jpeg'])]).toEqual(['pdf', 'jpeg']);
    expect([...acceptedFormats('image/*', ['pdf'])]).toEqual(['pdf']);
  });

  it.each([
    ['pdf', 1, 'application/pdf', false, 'pdf'],
    ['pdf', 1, 'image/*', false, 'jpeg'],
    ['pdf', 3, 'image/*', false, undefined],
    ['pdf', 3, 'image/*', true, 'jpeg'],
    ['pdf', 3, '.docx', false, 'pdf'],
    ['picture', 1, '.pdf', false, 'pdf'],
    ['picture', 1, 'image/png', false, 'png'],
    ['picture', 1, '.docx', false, 'jpeg'],
  ] as const)(
    'a %s of %i page(s) for %s, several files: %s, is given as %s',
    (format, pages, accept, many, expected) => {
      expect(formatToGive({ format, pages }, acceptedFormats(accept), many)).toBe(expected);
    },
  );
});

describe('what a file is', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from([...values, ...new Array<number>(64).fill(0)]);
  const words = (text: string): Uint8Array => new TextEncoder().encode(text);
  const compound = (stream: string): Uint8Array =>
    Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from(stream, 'utf16le')]);
  /** Its directory, then its main stream, in a sector of 512 bytes, or of 64 as LibreOffice writes a short one. */
  const oldWord = (flags: number, at = 1024, version = 0xc1): Uint8Array => {
    const file = Buffer.concat([compound('WordDocument'), Buffer.alloc(600)]);
    file.writeUInt16LE(0xa5ec, at);
    file.writeUInt16LE(version, at + 2);
    file.writeUInt16LE(flags, at + 0x0a);
    return file;
  };
  const media = (...brands: string[]): Uint8Array => {
    const box = Buffer.from(`\0\0\0\0ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`, 'latin1');
    box.writeUInt32BE(box.length);
    return Buffer.concat([box, Buffer.alloc(32)]);
  };
  it.each([
    ['a PDF', words('%PDF-1.7 …'), { take: 'pdf' }],
    ['a PDF behind rubbish', words('\ufeff\r\n%PDF-1.4'), { take: 'pdf' }],
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), { take: 'picture' }],
    ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47), { take: 'picture' }],
    ['a ZIP of photos', zipOf({ 'a.jpg': 'x', 'word/a.jpg.txt': 'x' }), { refuse: 'office' }],
    ['a ZIP', zipOf({ 'a.jpg': 'x' }), { refuse: 'archive' }],
    ['a Word document', docx(''), { convert: 'docx' }],
    ['a Word document that is cut', docx('').subarray(0, 300), { refuse: 'damaged' }],
    ['an Excel workbook', zipOf({ '[Content_Types].xml': 'x', 'xl/workbook.xml': 'x' }), { refuse: 'office' }],
    ['a LibreOffice document', odt(''), { convert: 'odt' }],
    [
      'a LibreOffice document with a password',
      odt('', { manifest: '<manifest:encryption-data/>' }),
      { refuse: 'locked' },
    ],
    [
      'a LibreOffice sheet',
      zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
      { refuse: 'office' },
    ],
    ['an old Excel file', bytes(0xd0, 0xcf, 0x11, 0xe0), { refuse: 'office' }],
    ['an old Word file', compound('WordDocument'), { convert: 'doc' }],
    ['an old Word file without a password', oldWord(0x1200), { convert: 'doc' }],
    ['an old Word file with a password', oldWord(0x1300), { refuse: 'locked' }],
    ['a short old Word file with a password', oldWord(0x13f0, 1024 + 64, 0x101), { refuse: 'locked' }],
    ['an old Word file that is cut', oldWord(0x1300).subarray(0, 1024 + 8), { convert: 'doc' }],
    ['an old Word file in which other bytes look like it', oldWord(0x1300, 1024 + 6), { convert: 'doc' }],
    ['a Word document with a password', compound('EncryptedPackage'), { refuse: 'locked' }],
    ['a rich text', words('{\\rtf1 x}'), { convert: 'rtf' }],
    ['a bitmap', bitmap(2, 2, () => [0, 0, 0]), { take: 'bmp' }],
    ['a text that begins like a bitmap', words('BM est une marque. Ce texte est assez long.'), { convert: 'txt' }],
    ['a TIFF', bytes(0x49, 0x49, 0x2a, 0), { take: 'tiff' }],
    ['a photo of an iPhone', media('heic', 'mif1', 'heic'), { take: 'heic' }],
    ['a photo whose first brand is the common one', media('mif1', 'mif1', 'heic'), { take: 'heic' }],
    ['an AVIF picture whose first brand is the common one', media('mif1', 'mif1', 'avif'), { take: 'picture' }],
    ['a film', media('isom', 'mp42'), { refuse: 'media' }],
    ['a song', words('ID3\x04'), { refuse: 'media' }],
    ['a text', words('Bonjour à tous'), { convert: 'txt' }],
    ['nothing but spaces', words('  \r\n'), { refuse: 'unknown' }],
    ['a text without end', words('Bonjour '.repeat(300_000)), { refuse: 'too-heavy' }],
    ['bytes that mean nothing', Uint8Array.of(1, 2, 3, 250, 0, 9, 8), { refuse: 'unknown' }],
    ['a Windows program', bytes(0x4d, 0x5a), { refuse: 'program' }],
    ['a script', words('#!/bin/sh'), { refuse: 'program' }],
    ['nothing', new Uint8Array(0), { refuse: 'empty' }],
    ['a page named .pdf', words('<!doctype html>'), { refuse: 'unknown' }],
  ])('%s', (_, content, expected) => {
    expect(sniff(content, 'note.txt')).toEqual(expected);
  });
});

it('text is a text only where its name says so: a site’s error is text too', () => {
  const text = new TextEncoder().encode('{"erreur": 500}');
  expect(sniff(text, 'attestation.pdf')).toEqual({ refuse: 'unknown' });
  expect(sniff(text, 'note.TXT')).toEqual({ convert: 'txt' });
});

describe('names', () => {
  it('makes words of a file name', () => {
    expect(shownName('attestation_paiement_2026.pdf', 'Document')).toBe('attestation paiement 2026');
    expect(shownName('../../etc/passwd', 'Document')).toBe('passwd');
    expect(shownName('\u202egnp.exe', 'Document')).toBe('gnp');
    expect(shownName('.pdf', 'Document')).toBe('Document');
    expect(shownName('e687b927-2006-4aec-a8fd-d531c10625cf.pdf', 'Document')).toBe('Document');
  });

  it('never gives two papers the same name', () => {
    expect(freeName('RIB', [])).toBe('RIB');
    expect(freeName('RIB', ['RIB', 'RIB (2)'])).toBe('RIB (3)');
  });
});
