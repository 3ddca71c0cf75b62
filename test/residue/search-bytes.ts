/**
 * Looks for the canaries of a run in raw bytes: as they are, in the encodings that programs write text in, and inside
 * compressed streams.
 */
import { Readable, type Transform } from 'node:stream';
import { brotliDecompressSync, constants, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { Canaries } from './canaries.ts';

export interface Found {
  readonly where: string;
  readonly encoding: string;
  /** What the canary was planted as; undefined when only its first letters are left. */
  readonly label: string | undefined;
}

interface Pattern {
  readonly encoding: string;
  readonly bytes: Buffer;
  /** The word back from the bytes that follow, to tell which canary it is. */
  readonly decode: (at: Buffer) => string;
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Base64 of a text in the middle of others: its first and last letters depend on what stands beside it. */
const base64Core = (text: Buffer, before: number): Buffer => {
  const whole = Buffer.concat([Buffer.alloc(before), text]);
  const from = Math.ceil((before * 8) / 6);
  const to = Math.floor((whole.length * 8) / 6);
  return Buffer.from(whole.toString('base64').slice(from, to), 'latin1');
};

export const patternsOf = (prefix: string): readonly Pattern[] => {
  const plain = Buffer.from(prefix, 'latin1');
  const hex = [...plain].map((byte) => byte.toString(16)).join('');
  const percent = [...plain].map((byte) => `%${byte.toString(16)}`).join('');
  const text = (word: string): Buffer => Buffer.from(word, 'latin1');
  const asText = (at: Buffer): string => at.subarray(0, 16).toString('latin1');
  const patterns: Pattern[] = [
    // UTF-8, and a URL too: letters and digits stand in it as they are.
    { encoding: 'UTF-8', bytes: plain, decode: asText },
    { encoding: 'UTF-8, capitals', bytes: text(prefix.toUpperCase()), decode: asText },
    { encoding: 'UTF-16LE', bytes: Buffer.from(prefix, 'utf16le'), decode: (at) => at.toString('utf16le', 0, 32) },
    {
      encoding: 'UTF-16BE',
      bytes: swapped(prefix),
      decode: (at) => Buffer.from(at.subarray(0, 32)).swap16().toString('utf16le'),
    },
    {
      encoding: 'hexadecimal',
      bytes: text(hex),
      decode: (at) => Buffer.from(at.toString('latin1', 0, 32), 'hex').toString('latin1'),
    },
    {
      encoding: 'percent-encoded',
      bytes: text(percent),
      decode: (at) => decodeURIComponent(at.toString('latin1', 0, 36)),
    },
    {
      encoding: 'percent-encoded, capitals',
      bytes: text(percent.toUpperCase()),
      decode: (at) => decodeURIComponent(at.toString('latin1', 0, 36)),
    },
  ];
  for (const before of [0, 1, 2]) {
    for (const [name, bytes] of [
      ['base64', plain],
      ['base64 of UTF-16LE', Buffer.from(prefix, 'utf16le')],
    ] as const) {
      const core = base64Core(bytes, before);
      // Which word it is can't be read from its middle; the place where it lies must tell.
      patterns.push({ encoding: `${name}, ${before} before`, bytes: core, decode: () => '' });
      const forUrls = text(core.toString('latin1').replaceAll('+', '-').replaceAll('/', '_'));
      if (!forUrls.equals(core))
        patterns.push({ encoding: `${name} for URLs, ${before} before`, bytes: forUrls, decode: () => '' });
    }
  }
  return patterns;
};

const plainly = (bytes: Buffer, patterns: readonly Pattern[], canaries: Canaries, where: string): Found[] => {
  const found = new Map<string, Found>();
  for (const { encoding, bytes: wanted, decode } of patterns) {
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) {
      let word = '';
      try {
        word = decode(bytes.subarray(at, at + 64));
      } catch {
        /* cut short: the first letters are enough */
      }
      const label = canaries.labelOf(word);
      found.set(`${encoding} ${label}`, { where, encoding, label });
    }
  }
  return [...found.values()];
};

const MAX_IN = 4_000_000;
const MAX_OUT = 16_000_000;
const DEPTH = 2;

interface Stream {
  readonly magic: Buffer;
  readonly name: string;
  readonly open: (at: Buffer) => Promise<Buffer>;
}

/** In small pieces at first: what came out before the stream breaks off counts, and a deleted file is rarely whole. */
function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length;) {
    const size = at < 65_536 ? 1_024 : 65_536;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const FLUSH = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH } as const;

const unpack =
  (make: () => Transform, from: (at: Buffer) => number) =>
  async (at: Buffer): Promise<Buffer> => {
    const start = from(at);
    if (start < 0 || start >= at.length) return Buffer.alloc(0);
    const stream = make();
    const parts: Buffer[] = [];
    let size = 0;
    try {
      for await (const part of Readable.from(slices(at.subarray(start))).compose(stream)) {
        parts.push(part as Buffer);
        size += (part as Buffer).length;
        if (size > MAX_OUT) break;
      }
    } catch {
      /* it broke off, or was no such stream */
    }
    stream.destroy();
    return Buffer.concat(parts);
  };

/** A gzip is a header of ten bytes, optional fields that its fourth byte announces, then a raw stream. */
const gzipBody = (at: Buffer): number => {
  const flags = at[3] ?? 0;
  if (at.length < 12 || (flags & 0xe0) !== 0) return -1;
  let start = 10;
  if (flags & 4) start += 2 + at.readUInt16LE(10);
  for (const flag of [8, 16]) if (flags & flag) start = at.indexOf(0, start) + 1 || at.length;
  return flags & 2 ? start + 2 : start;
};

/** An entry of Chromium's disk cache: a header of 24 bytes, the key, then the body as the site packed it. */
const cacheBody = (at: Buffer): number => (at.length < 24 ? -1 : 24 + at.readUInt32LE(12));
const zipBody = (at: Buffer): number => (at.length < 30 ? -1 : 30 + at.readUInt16LE(26) + at.readUInt16LE(28));

const STREAMS: readonly Stream[] = [
  { name: 'gzip', magic: Buffer.from('1f8b08', 'hex'), open: unpack(() => createInflateRaw(FLUSH), gzipBody) },
  ...['7801', '785e', '789c', '78da'].map((magic): Stream => ({
    name: 'deflate',
    magic: Buffer.from(magic, 'hex'),
    open: unpack(
      () => createInflate(FLUSH),
      () => 0,
    ),
  })),
  { name: 'zip', magic: Buffer.from('504b0304', 'hex'), open: unpack(() => createInflateRaw(FLUSH), zipBody) },
  { name: 'zstd', magic: Buffer.from('28b52ffd', 'hex'), open: unpack(createZstdDecompress, () => 0) },
  {
    name: 'brotli (browser cache)',
    magic: Buffer.from('305c72a71b6dfbfc', 'hex'),
    async open(at) {
      const start = cacheBody(at);
      if (start < 0 || start > at.length) return Buffer.alloc(0);
      // Brotli has no mark of its own and bears no byte too many: its length is tried at the marks that end a body.
      const end = at.indexOf(Buffer.from('d8410d97456ffaf4', 'hex'), start);
      try {
        return brotliDecompressSync(at.subarray(start, end < 0 ? undefined : end), { maxOutputLength: MAX_OUT });
      } catch {
        return Buffer.alloc(0);
      }
    },
  },
];

export interface SearchCount {
  bytes: number;
  streams: number;
}

export const searchBytes = async (
  bytes: Buffer,
  canaries: Canaries,
  where: string,
  count: SearchCount = { bytes: 0, streams: 0 },
  depth = DEPTH,
): Promise<readonly Found[]> => {
  const patterns = patternsOf(canaries.prefix);
  count.bytes += bytes.length;
  const found = plainly(bytes, patterns, canaries, where);
  if (depth === 0) return found;
  for (const { magic, name, open } of STREAMS) {
    for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1)) {
      const inside = await open(bytes.subarray(at, at + MAX_IN));
      if (inside.length === 0) continue;
      count.streams += 1;
      found.push(...(await searchBytes(inside, canaries, `${where} › ${name}`, count, depth - 1)));
    }
  }
  return found;
};
