import { describe, expect, it } from 'vitest';
import { acceptedFormats, formatToGive } from '../../../main/features/documents/accept.ts';
import { freeName, shownName } from '../../../main/features/documents/shelf.ts';
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
    ['.doc,.docx', []],
    ['application/msword,.odt,.pdf', ['pdf']],
    ['video/*', []],
    ['tous fichiers', all],
  ])('%s', (accept, expected) => {
    expect([...acceptedFormats(accept)].sort()).toEqual([...expected].sort());
  });

  it.each([
    ['pdf', 1, 'application/pdf', 'pdf'],
    ['pdf', 1, 'image/*', 'jpeg'],
    ['pdf', 3, 'image/*', undefined],
    ['picture', 1, '.pdf', 'pdf'],
    ['picture', 1, 'image/png', 'png'],
    ['picture', 1, '.docx', undefined],
  ] as const)('a %s of %i page(s) for %s is given as %s', (format, pages, accept, expected) => {
    expect(formatToGive({ format, pages }, acceptedFormats(accept))).toBe(expected);
  });
});

describe('what a file is', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from([...values, ...new Array<number>(64).fill(0)]);
  const words = (text: string): Uint8Array => new TextEncoder().encode(text);
  it.each([
    ['a PDF', words('%PDF-1.7 …'), { take: 'pdf' }],
    ['a PDF behind rubbish', words('\ufeff\r\n%PDF-1.4'), { take: 'pdf' }],
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), { take: 'picture' }],
    ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47), { take: 'picture' }],
    ['a ZIP', bytes(0x50, 0x4b, 3, 4), { refuse: 'archive' }],
    ['a Word file', words('PK\x03\x04 [Content_Types].xml'), { refuse: 'office' }],
    ['an old Excel file', bytes(0xd0, 0xcf, 0x11, 0xe0), { refuse: 'office' }],
    ['a Windows program', bytes(0x4d, 0x5a), { refuse: 'program' }],
    ['a script', words('#!/bin/sh'), { refuse: 'program' }],
    ['nothing', new Uint8Array(0), { refuse: 'empty' }],
    ['a page named .pdf', words('<!doctype html>'), { refuse: 'unknown' }],
  ])('%s', (_, content, expected) => {
    expect(sniff(content)).toEqual(expected);
  });
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
