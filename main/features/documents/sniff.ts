/** What a file is, by its first bytes: a name and a declared type are only what a site or a key says. */
import type { DocumentRefusal } from '../../contract/documents.ts';

export type Sniffed = { readonly take: 'pdf' | 'picture' } | { readonly refuse: DocumentRefusal };

const starts = (bytes: Uint8Array, ...values: readonly number[]): boolean =>
  values.every((value, i) => bytes[i] === value);
const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

export const sniff = (bytes: Uint8Array): Sniffed => {
  if (bytes.length === 0) return { refuse: 'empty' };
  // A PDF may begin with a little rubbish (mail headers, a byte order mark).
  if (text(bytes, 0, 1024).includes('%PDF-')) return { take: 'pdf' };
  if (starts(bytes, 0xff, 0xd8, 0xff) || starts(bytes, 0x89, 0x50, 0x4e, 0x47) || text(bytes, 0, 4) === 'GIF8')
    return { take: 'picture' };
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return { take: 'picture' };
  if (starts(bytes, 0x49, 0x49, 0x2a, 0) || starts(bytes, 0x4d, 0x4d, 0, 0x2a)) return { take: 'picture' };
  if (text(bytes, 4, 12) === 'ftypavif') return { take: 'picture' };
  if (starts(bytes, 0x50, 0x4b, 3, 4)) {
    const head = text(bytes, 0, 4096);
    return { refuse: /word\/|xl\/|ppt\/|\[Content_Types\]|opendocument/.test(head) ? 'office' : 'archive' };
  }
  if (
    starts(bytes, 0x50, 0x4b) ||
    starts(bytes, 0x52, 0x61, 0x72, 0x21) ||
    starts(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
    starts(bytes, 0x1f, 0x8b)
  )
    return { refuse: 'archive' };
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { refuse: 'office' };
  if (starts(bytes, 0x4d, 0x5a) || starts(bytes, 0x7f, 0x45, 0x4c, 0x46) || text(bytes, 0, 2) === '#!')
    return { refuse: 'program' };
  return { refuse: 'unknown' };
};
