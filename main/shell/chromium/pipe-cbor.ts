/**
 * The message format of `--remote-debugging-pipe=cbor`. Internally Chromium keeps its messages as CBOR (RFC 8949), and
 * would convert each to JSON. Form data is part of the event about its request, and converting 25 MB to text takes the
 * browser seconds. CBOR is sent unchanged, and its length prefixes let us skip data unread.
 *
 * Only the subset that Chromium writes: maps and arrays of indefinite length, each in an envelope (tag 24, a byte
 * string with a 32-bit length); text as UTF-8, or as UTF-16 in a byte string; bytes under tag 22; integers, doubles,
 * true, false and null.
 */
const ENVELOPE = Buffer.from([0xd8, 0x18, 0x5a]);
const ENVELOPE_HEAD_BYTES = 7;
const MAP = 0xbf;
const ARRAY = 0x9f;
const STOP = 0xff;
const TRUE = 0xf5;
const FALSE = 0xf4;
const NULL = 0xf6;
const DOUBLE = 0xfb;
const BASE64_TAG = 0xd6;
const ENVELOPE_TAG = 0xd8;
const BYTES = 2;
const TEXT = 3;
const NEGATIVE = 1;
const UNSIGNED = 0;

/** Encodes JSON values in the form that Chromium reads, into one buffer: a message may hold thousands of patterns. */
export const encodeMessage = (given: unknown): Buffer => {
  let bytes = Buffer.allocUnsafe(512);
  let end = 0;
  /** So many bytes are written at this place. */
  const append = (count: number, write: (into: Buffer, at: number) => void): void => {
    if (end + count > bytes.length) {
      const larger = Buffer.allocUnsafe(2 * (end + count));
      bytes.copy(larger, 0, 0, end);
      bytes = larger;
    }
    write(bytes, end);
    end += count;
  };
  const byte = (value: number): void => append(1, (into, at) => into.writeUInt8(value, at));
  const head = (major: number, length: number): void => {
    const first = major << 5;
    if (length < 24) byte(first | length);
    else if (length < 0x100) {
      byte(first | 24);
      byte(length);
    } else if (length < 0x10000) {
      byte(first | 25);
      append(2, (into, at) => into.writeUInt16BE(length, at));
    } else {
      byte(first | 26);
      append(4, (into, at) => into.writeUInt32BE(length, at));
    }
  };
  const number = (value: number): void => {
    if (Number.isInteger(value) && Math.abs(value) < 0x80000000)
      return value < 0 ? head(NEGATIVE, -1 - value) : head(UNSIGNED, value);
    byte(DOUBLE);
    append(8, (into, at) => into.writeDoubleBE(value, at));
  };
  const text = (value: string): void => {
    const length = Buffer.byteLength(value);
    head(TEXT, length);
    append(length, (into, at) => into.write(value, at));
  };
  const enclosed = (kind: number, content: () => void): void => {
    append(ENVELOPE_HEAD_BYTES, (into, at) => ENVELOPE.copy(into, at));
    const start = end;
    byte(kind);
    content();
    byte(STOP);
    bytes.writeUInt32BE(end - start, start - 4);
  };
  const encode = (value: unknown): void => {
    switch (typeof value) {
      case 'string':
        return text(value);
      case 'number':
        return number(value);
      case 'boolean':
        return byte(value ? TRUE : FALSE);
      case 'object':
        if (value === null) return byte(NULL);
        if (Array.isArray(value)) return enclosed(ARRAY, () => value.forEach(encode));
        return enclosed(MAP, () => {
          for (const [name, one] of Object.entries(value))
            if (one !== undefined) {
              text(name);
              encode(one);
            }
        });
      default:
        throw new Error(`no message holds a ${typeof value}`);
    }
  };
  encode(given);
  return bytes.subarray(0, end);
};

interface Cursor {
  at: number;
}

const lengthAt = (bytes: Buffer, cursor: Cursor, info: number): number => {
  if (info < 24) return info;
  const size = 2 ** (info - 24);
  const from = cursor.at;
  cursor.at += size;
  if (size === 1) return bytes.readUInt8(from);
  if (size === 2) return bytes.readUInt16BE(from);
  if (size === 4) return bytes.readUInt32BE(from);
  return Number(bytes.readBigUInt64BE(from));
};

const decodeAt = (bytes: Buffer, cursor: Cursor): unknown => {
  const first = bytes.readUInt8(cursor.at++);
  switch (first) {
    case TRUE:
      return true;
    case FALSE:
      return false;
    case NULL:
      return null;
    case DOUBLE:
      cursor.at += 8;
      return bytes.readDoubleBE(cursor.at - 8);
    case ENVELOPE_TAG:
      if (bytes[cursor.at] === ENVELOPE[1]) cursor.at++;
      cursor.at += 1 + 4; // the length is not needed: the content has its own end marker
      return decodeAt(bytes, cursor);
    case BASE64_TAG: {
      const length = lengthAt(bytes, cursor, bytes.readUInt8(cursor.at++) & 31);
      cursor.at += length;
      return bytes.toString('base64', cursor.at - length, cursor.at); // as in JSON
    }
    case ARRAY: {
      const items: unknown[] = [];
      while (bytes[cursor.at] !== STOP) items.push(decodeAt(bytes, cursor));
      cursor.at++;
      return items;
    }
    case MAP: {
      const map: Record<string, unknown> = {};
      while (bytes[cursor.at] !== STOP) {
        const name = String(decodeAt(bytes, cursor));
        // Define, never assign: a page may choose a key such as `__proto__`.
        Object.defineProperty(map, name, {
          value: decodeAt(bytes, cursor),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      cursor.at++;
      return map;
    }
  }
  const major = first >> 5;
  const length = lengthAt(bytes, cursor, first & 31);
  if (major === UNSIGNED) return length;
  if (major === NEGATIVE) return -1 - length;
  if (major !== TEXT && major !== BYTES) throw new Error(`not of Chromium's CBOR: ${first.toString(16)}`);
  cursor.at += length;
  if (cursor.at > bytes.length) throw new Error('a message that ends too early');
  return bytes.toString(major === TEXT ? 'utf8' : 'utf16le', cursor.at - length, cursor.at);
};

export const decodeMessage = (bytes: Buffer): unknown => decodeAt(bytes, { at: 0 });

/** Length of the message that starts here, with its head; undefined when the head is incomplete. */
export const messageLength = (bytes: Buffer): number | undefined => {
  if (bytes.length < ENVELOPE_HEAD_BYTES) return undefined;
  const headBytes = bytes[1] === ENVELOPE[1] ? ENVELOPE_HEAD_BYTES : ENVELOPE_HEAD_BYTES - 1;
  if (bytes[0] !== ENVELOPE_TAG || bytes[headBytes - 5] !== ENVELOPE[2]) throw new Error('no message begins here');
  return headBytes + bytes.readUInt32BE(headBytes - 4);
};
