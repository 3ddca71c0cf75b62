import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createCanaries } from '../../residue/canaries.ts';
import { searchBytes } from '../../residue/search-bytes.ts';

const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * 7_919 + 13) % 256));
const canaries = createCanaries();
const word = canaries.plant('a word');
const text = `Bonjour ${word}, à demain`;

const percent = (words: string): string => [...Buffer.from(words)].map((byte) => `%${byte.toString(16)}`).join('');
const zip = (content: Buffer): Buffer => {
  const head = Buffer.alloc(30);
  head.write('PK\x03\x04', 0, 'latin1');
  head.writeUInt16LE(5, 26);
  return Buffer.concat([head, Buffer.from('a.txt'), deflateRawSync(content)]);
};
const cacheEntry = (content: Buffer): Buffer => {
  const head = Buffer.alloc(24);
  Buffer.from('305c72a71b6dfbfc', 'hex').copy(head);
  head.writeUInt32LE(4, 12);
  return Buffer.concat([
    head,
    Buffer.from('key!'),
    brotliCompressSync(content),
    Buffer.from('d8410d97456ffaf4', 'hex'),
  ]);
};

const written: readonly (readonly [string, Buffer])[] = [
  ['UTF-8', Buffer.from(text)],
  ['capitals', Buffer.from(text.toUpperCase())],
  ['UTF-16LE', Buffer.from(text, 'utf16le')],
  ['UTF-16BE', Buffer.from(text, 'utf16le').swap16()],
  ['hexadecimal', Buffer.from(Buffer.from(text).toString('hex'))],
  ['a URL', Buffer.from(encodeURIComponent(text))],
  ['percent', Buffer.from(percent(text))],
  ...[0, 1, 2].map(
    (n) => [`base64, ${n} before`, Buffer.from(Buffer.from('x'.repeat(n) + word + 'yz').toString('base64'))] as const,
  ),
  ['gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['gzip that breaks off', gzipSync(text + noise(9_000).toString('latin1')).subarray(0, 4_000)],
  ['zstd', zstdCompressSync(text)],
  ['zip', zip(Buffer.from(text))],
  ['brotli in a browser cache', cacheEntry(Buffer.from(text))],
  ['deflate inside gzip', gzipSync(deflateSync(text))],
];

describe('the search of raw bytes', () => {
  it.each(written)('finds a canary written as %s, in the middle of noise', async (_name, bytes) => {
    const found = await searchBytes(Buffer.concat([noise(1_001), bytes, noise(777)]), canaries, 'here');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ label }) => label === undefined || label === 'a word')).toBe(true);
  });

  it('finds nothing in what has none', async () => {
    const other = createCanaries().plant('of another run');
    expect(
      await searchBytes(Buffer.concat([noise(5_000), gzipSync(other), Buffer.from(other)]), canaries, 'here'),
    ).toEqual([]);
  });

  it('says which canary it was, and through what it was found', async () => {
    const found = await searchBytes(gzipSync(text), canaries, 'file');
    expect(found).toEqual([{ where: 'file › gzip', encoding: 'UTF-8', label: 'a word' }]);
  });
});
