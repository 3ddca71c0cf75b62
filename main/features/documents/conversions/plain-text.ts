/** Text files: whether bytes are words, and which letters they stand for. Pure. */

/** Notepad's files begin with a mark; older ones have none and are in the letters of Windows. */
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

/** UTF-16 without its mark: in a French text nearly each second byte is zero. */
const zeroSide = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  const zeros = [0, 0];
  const looked = Math.min(bytes.length, 4_096);
  for (let i = 0; i < looked; i += 1) if (bytes[i] === 0) zeros[i % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > looked * 0.35 && even === 0) return 'utf-16le';
  return even > looked * 0.35 && odd === 0 ? 'utf-16be' : undefined;
};

/** Tab, line feed, form feed, carriage return, and DOS's end of file. */
const TYPED = new Set([9, 10, 12, 13, 26]);
/** Where Windows-1252 has no letter. */
const UNUSED = new Set([0x7f, 0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const isWords = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code < 32 && !TYPED.has(code)) || UNUSED.has(code)) return false;
  }
  return true;
};

/** The text, or undefined when it is none. */
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

/** Web pages and other sources are text too, but nobody wants to read them as such. */
export const isMarkup = (text: string): boolean =>
  /^\s*<(!doctype|html|\?xml|svg|head|script)\b/i.test(text.slice(0, 200));
