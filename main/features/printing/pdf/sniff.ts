/** What bytes really are: a name or a type that came with them is only a claim. */

export type Sniffed = 'pdf' | 'image' | 'other';

const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));

const IMAGE_STARTS = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF87a', 'GIF89a', 'II*\0', 'MM\0*'];

export const sniff = (bytes: Uint8Array): Sniffed => {
  // Readers accept up to a kilobyte of rubbish before the header (ISO 32000, annex H).
  for (let at = 0; at < Math.min(1024, bytes.length - 5); at += 1) if (starts(bytes, '%PDF-', at)) return 'pdf';
  if (IMAGE_STARTS.some((magic) => starts(bytes, magic))) return 'image';
  if (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8)) return 'image';
  if (starts(bytes, 'ftyp', 4) && ['avif', 'heic', 'mif1', 'heix'].some((brand) => starts(bytes, brand, 8)))
    return 'image';
  return 'other';
};
