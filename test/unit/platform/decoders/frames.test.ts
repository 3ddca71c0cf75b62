/** Messages from a process that may be compromised: reassembled from any chunks, and never larger than allowed. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createFrameReader, encodeFrame } from '../../../../main/platform/decoders/frames.ts';

const bytesOf = (message: unknown): Buffer => Buffer.concat(encodeFrame(message));

const read = (chunks: readonly Uint8Array[], maxBytes = 1_000_000): { messages: unknown[]; broken: number } => {
  const heard = { messages: [] as unknown[], broken: 0 };
  const reader = createFrameReader({
    maxBytes,
    onMessage: (message) => heard.messages.push(message),
    onBroken: () => (heard.broken += 1),
  });
  for (const chunk of chunks) reader.push(chunk);
  return heard;
};

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, at * 4);
  return bytes;
};

describe('a frame', () => {
  it('is unchanged by chunks of any size', () => {
    const message = fc.record({
      text: fc.string(),
      number: fc.integer(),
      bytes: fc.uint8Array(),
      list: fc.array(fc.record({ jpeg: fc.uint8Array({ maxLength: 20 }) })),
      none: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 3 }), fc.integer({ min: 1, max: 40 }), (messages, step) => {
        const all = Buffer.concat(messages.map(bytesOf));
        const chunks = Array.from({ length: Math.ceil(all.length / step) }, (_, at) =>
          all.subarray(at * step, (at + 1) * step),
        );
        expect(read(chunks)).toEqual({ messages, broken: 0 });
      }),
    );
  });

  it('decodes bytes to a Uint8Array, even from a Buffer, because some libraries refuse a Buffer', () => {
    const [message] = read([bytesOf({ a: Buffer.from('abc') })]).messages as [{ a: Uint8Array }];
    expect(message.a.constructor).toBe(Uint8Array);
    expect(message.a).toEqual(Uint8Array.of(97, 98, 99));
  });

  it('holds the bytes themselves, and makes no array of numbers of a Buffer', () => {
    const bytes = Buffer.from('abc');
    const asNumbers = vi.spyOn(bytes, 'toJSON');
    expect(encodeFrame({ list: [{ bytes }] }).at(-1)).toBe(bytes);
    expect(asNumbers).not.toHaveBeenCalled();
  });
});

describe('a malformed frame', () => {
  it.each([
    ['of 4 GB of bytes', words(2, 1, 0xffff_ffff)],
    ['of 4 GB of JSON', words(0xffff_ffff, 0)],
    ['of a billion blocks', words(2, 1_000_000_000)],
    ['of blocks that are too large together', words(2, 3, 400_000, 400_000, 400_000)],
    ['with invalid JSON', Buffer.concat([words(3, 0), Buffer.from('}{!')])],
    ['without JSON', words(0, 0)],
    ['nested too deeply', Buffer.concat([words(400_000, 0), Buffer.from('['.repeat(200_000) + ']'.repeat(200_000))])],
  ])('%s is refused, and so is everything after it', (_what, malformed) => {
    expect(read([malformed, bytesOf('after')])).toEqual({ messages: [], broken: 1 });
  });

  it('that refers to missing bytes gets none', () => {
    const text = Buffer.from('{"a":{"$bytes":7},"b":{"$bytes":-1}}');
    expect(read([words(text.length, 0), text]).messages).toEqual([{}]);
  });
});
