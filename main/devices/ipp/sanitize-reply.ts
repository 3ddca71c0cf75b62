/**
 * Sanitizes an IPP reply before the codec library parses it. The library loses its position on an unknown value tag and
 * on a value of unusual length. So we walk the frame first (RFC 8010 §3), drop and count every value outside the
 * grammar, and pass on the rest. Only a frame that ends too early, or holds too much, is an error.
 */
import { fail, ok, type Result } from '../../contract/result.ts';

export interface SanitizedReply {
  readonly bytes: Buffer;
  /** Numeric, because the library maps unknown codes to `undefined`. */
  readonly status: number;
  readonly requestId: number;
  readonly version: string;
  /** Number of dropped values, to be logged once. */
  readonly opaque: number;
}

const END = 0x03;
const BEGIN_COLLECTION = 0x34;
const END_COLLECTION = 0x37;
const MEMBER_NAME = 0x4a;
/** Reserved as a delimiter. The library reads the first as a further value of a set, the second as an attribute. */
const NOT_A_GROUP = new Set([0x00, 0x0f]);

/**
 * The longest text and name of RFC 8011 §5.1. Whoever reads the values compares them with patterns, whose work grows
 * faster than the text. The library takes a length over 32767 as negative, and may then read the same bytes for ever.
 */
const MAX_TEXT_BYTES = 1023;
const MAX_NAME_BYTES = 255;
/**
 * Groups and values. A print server that lists 7,000 jobs sends as many; millions of tiny ones would fill the memory.
 */
const MAX_PARTS = 30_000;

/** Required length of a tag's value; `undefined` allows any. */
const FIXED: Readonly<Record<number, number>> = { 0x21: 4, 0x22: 1, 0x23: 4, 0x32: 9, 0x33: 8 };
const INTEGER = 0x21;
const ENUM = 0x23;
/** Some printers send these as plain integers. The library only translates an enum. */
const STATES = new Set(['job-state', 'printer-state']);
const TEXTUAL = new Set([0x30, 0x41, 0x42, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, MEMBER_NAME]);
/** Out-of-band values ("unknown", "no-value"…) mean that there is no value. */
const isOutOfBand = (tag: number): boolean => tag >= 0x10 && tag <= 0x1f;

interface Value {
  readonly tag: number;
  readonly name: Buffer;
  readonly bytes: Buffer;
}

const write = ({ tag, name, bytes }: Value): Buffer => {
  const head = Buffer.alloc(5 + name.length);
  head.writeUInt8(tag, 0);
  head.writeUInt16BE(name.length, 1);
  name.copy(head, 3);
  head.writeUInt16BE(bytes.length, 3 + name.length);
  return Buffer.concat([head, bytes]);
};

/** The text of a value with language; undefined when its inner lengths are inconsistent. */
const withoutLanguage = ({ tag, name, bytes }: Value): Value | undefined => {
  if (bytes.length < 4) return undefined;
  const languageLength = bytes.readUInt16BE(0);
  if (4 + languageLength > bytes.length) return undefined;
  const textLength = bytes.readUInt16BE(2 + languageLength);
  const text = bytes.subarray(4 + languageLength, 4 + languageLength + textLength);
  return text.length === textLength ? { tag: tag + 0x0c, name, bytes: text } : undefined;
};

/** The value in a form the library can parse; undefined drops it. */
const sanitized = (value: Value): Value | undefined => {
  if (value.bytes.length > MAX_TEXT_BYTES || value.name.length > MAX_NAME_BYTES) return undefined;
  if (value.tag === 0x35 || value.tag === 0x36) return withoutLanguage(value);
  if (isOutOfBand(value.tag)) return { ...value, tag: 0x13, bytes: Buffer.alloc(0) };
  const fixed = FIXED[value.tag];
  if (fixed !== undefined && value.bytes.length !== fixed) return undefined;
  if (value.tag === INTEGER && STATES.has(value.name.toString('latin1'))) return { ...value, tag: ENUM };
  if (fixed !== undefined) return value;
  return TEXTUAL.has(value.tag) ? value : undefined;
};

export const sanitizeReply = (input: Buffer): Result<SanitizedReply, 'garbage'> => {
  if (input.length < 9 || input[0] === 0 || (input[0] ?? 0) > 9) return fail('garbage');
  const out: Buffer[] = [input.subarray(0, 8)];
  let at = 8;
  let opaque = 0;
  let parts = 0;
  /** Name of an attribute whose first value was dropped: the next value of its set must carry the name. */
  let pendingName: Buffer | undefined;

  const readValue = (): Value | undefined => {
    const tag = input[at];
    if (tag === undefined || at + 3 > input.length || (parts += 1) > MAX_PARTS) return undefined;
    let head = at + 1;
    // An extended tag has four more bytes; none was ever registered.
    if (tag === 0x7f) return undefined;
    const nameLength = input.readUInt16BE(head);
    head += 2 + nameLength;
    if (head + 2 > input.length) return undefined;
    const length = input.readUInt16BE(head);
    const end = head + 2 + length;
    if (end > input.length) return undefined;
    const value = { tag, name: input.subarray(at + 3, at + 3 + nameLength), bytes: input.subarray(head + 2, end) };
    at = end;
    return value;
  };

  /** Reads a whole collection with its members; `ok` is false when any value inside is invalid. */
  const readCollection = (opening: Value): { ok: boolean; pieces: Buffer[] } | undefined => {
    const pieces = [write({ ...opening, bytes: Buffer.alloc(0) })];
    let sound = opening.name.length <= MAX_NAME_BYTES;
    let depth = 1;
    let members = 0;
    while (depth > 0) {
      const value = readValue();
      if (value === undefined) return undefined;
      if (value.tag === BEGIN_COLLECTION) {
        depth += 1;
        if (value.name.length > MAX_NAME_BYTES) sound = false;
        pieces.push(write({ ...value, bytes: Buffer.alloc(0) }));
      } else if (value.tag === END_COLLECTION) {
        depth -= 1;
        pieces.push(write({ tag: END_COLLECTION, name: Buffer.alloc(0), bytes: Buffer.alloc(0) }));
      } else {
        if (value.tag === MEMBER_NAME) members += 1;
        const fit = sanitized(value);
        if (fit === undefined) sound = false;
        else pieces.push(write(fit));
      }
      if (depth > 20) return undefined;
    }
    return { ok: sound && members > 0, pieces };
  };

  for (;;) {
    const tag = input[at];
    if (tag === undefined) return fail('garbage');
    if (tag < 0x10) {
      if (NOT_A_GROUP.has(tag) || (parts += 1) > MAX_PARTS) return fail('garbage');
      out.push(Buffer.from([tag]));
      at += 1;
      pendingName = undefined;
      if (tag === END) break;
      continue;
    }
    const value = readValue();
    if (value === undefined) return fail('garbage');
    if (value.name.length > 0) pendingName = undefined;
    const named = value.name.length === 0 && pendingName !== undefined ? { ...value, name: pendingName } : value;
    let pieces: Buffer[] | undefined;
    if (value.tag === BEGIN_COLLECTION) {
      const collection = readCollection(named);
      if (collection === undefined) return fail('garbage');
      pieces = collection.ok ? collection.pieces : undefined;
    } else {
      const fit = sanitized(named);
      pieces = fit === undefined ? undefined : [write(fit)];
    }
    if (pieces === undefined) {
      opaque += 1;
      if (named.name.length > 0) pendingName = named.name;
    } else {
      for (const piece of pieces) out.push(piece);
      pendingName = undefined;
    }
  }
  return ok({
    bytes: Buffer.concat(out),
    status: input.readUInt16BE(2),
    requestId: input.readUInt32BE(4),
    version: `${input[0]}.${input[1]}`,
    opaque,
  });
};
