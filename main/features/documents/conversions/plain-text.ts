/** Text files: decides whether bytes are text, and in which encoding. Pure. */

/** Byte order marks. Files without one are UTF-8, UTF-16 or Windows-1252. */
const MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Detects UTF-16 without a mark: in a French text, nearly every second byte is zero. */
const zeroSide = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  const zeros = [0, 0];
  const looked = Math.min(bytes.length, 4_096);
  for (let i = 0; i < looked; i += 1) if (bytes[i] === 0) zeros[i % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > looked * 0.35 && even === 0) return 'utf-16le';
  return even > looked * 0.35 && odd === 0 ? 'utf-16be' : undefined;
};

/** Allowed control characters: tab, line feed, form feed, carriage return, and DOS's end of file. */
const TYPED = new Set([9, 10, 12, 13, 26]);
/** DEL, and the code points that Windows-1252 does not define. */
const UNUSED = new Set([0x7f, 0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const isWords = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code < 32 && !TYPED.has(code)) || UNUSED.has(code)) return false;
  }
  return true;
};

/** The decoded text, or undefined when the bytes are not text. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  for (const { mark, encoding } of MARKS)
    if (mark.every((value, i) => bytes[i] === value)) {
      const text = decode(bytes, encoding);
      return text !== undefined && isWords(text) ? text : undefined;
    }
  const side = zeroSide(bytes);
  const text = side ? decode(bytes, side) : (decode(bytes, 'utf-8') ?? decode(bytes, 'windows-1252'));
  return text !== undefined && isWords(text) ? text : undefined;
};

/** Web pages and other markup are text too, but nobody wants to read their source. */
export const isMarkup = (text: string): boolean =>
  /^\s*<(!doctype|html|\?xml|svg|head|script)\b/i.test(text.slice(0, 200));
