/** Chromium's CBOR messages: reassembled from any chunks of the pipe, and large form bodies are skipped. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCborReader, type TooLarge } from '../../../main/shell/chromium/cbor-messages.ts';
import { decodeMessage, encodeMessage, messageLength } from '../../../main/shell/chromium/pipe-cbor.ts';

const MB = 1024 * 1024;

describe('a message', () => {
  const all = {
    id: 4_000_000,
    method: 'Page.navigate',
    params: {
      url: 'https://é.exemple/',
      some: [1, -5, -300, 2.5, 1e12, true, false, null, { in: '' }],
      long: 'x'.repeat(70_000),
    },
  };

  it('is read as it was written', () => {
    const bytes = encodeMessage(all);
    expect(messageLength(bytes)).toBe(bytes.length);
    expect(decodeMessage(bytes)).toEqual(all);
  });

  it('is read as it was written, for any JSON value', () => {
    const nasty = fc.json({ depthSize: 'medium', stringUnit: 'grapheme' }).map((text) => JSON.parse(text) as unknown);
    fc.assert(
      fc.property(nasty, (value) => {
        expect(JSON.stringify(decodeMessage(encodeMessage(value)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([
    ['text of 16 bits', '44e9002000', 'é '],
    ['bytes, as base64 like in JSON', 'd643010203', 'AQID'],
    ['an envelope as older versions write it', 'd85a00000002f5', true],
  ])('%s', (_what, hex, value) => expect(decodeMessage(Buffer.from(hex, 'hex'))).toEqual(value));

  it('with the key `__proto__` sets an own property and no prototype', () => {
    const read = decodeMessage(encodeMessage(JSON.parse('{"__proto__":{"admin":true}}'))) as { admin?: boolean };
    expect(read.admin).toBeUndefined();
    expect(Object.keys(read)).toEqual(['__proto__']);
  });

  it('that is malformed is an error', () => {
    expect(() => decodeMessage(Buffer.from('c0', 'hex'))).toThrow('not of Chromium');
    expect(() => decodeMessage(Buffer.from('6a61', 'hex'))).toThrow('too early');
    expect(() => messageLength(Buffer.from('{"id":1}'))).toThrow('no message begins here');
  });
});

describe('messages out of the pipe', () => {
  let messages: unknown[];
  let tooLarge: TooLarge[];
  let push: (chunk: Buffer) => void;
  beforeEach(() => {
    messages = [];
    tooLarge = [];
    push = createCborReader({
      maxBytes: 4 * MB,
      skip: (event) => event.startsWith('Runtime.'),
      onMessage: (message) => void messages.push(message),
      onTooLarge: (what) => void tooLarge.push(what),
    });
  });
  const inPieces = (bytes: Buffer, size: number): void => {
    for (let at = 0; at < bytes.length; at += size) push(bytes.subarray(at, at + size));
  };
  const paused = (postData: string, bytes: string) => ({
    method: 'Fetch.requestPaused',
    params: {
      requestId: 'job-8',
      request: { url: 'https://a.exemple/', postData, postDataEntries: [{ bytes }], method: 'POST' },
    },
    sessionId: 'S',
  });

  it.each([1, 1_000, 65_536, Infinity])('in chunks of %i bytes are reassembled', (size) => {
    const long = { id: 2, result: { data: 'y'.repeat(MB / 2), list: [1, { deep: ['é'] }], eof: true } };
    const all = [{ id: 1, result: {} }, long, { method: 'Page.windowOpen', params: { url: 'https://a.exemple/' } }];
    const bytes = Buffer.concat(all.map(encodeMessage));
    inPieces(bytes, Math.min(size, bytes.length));
    expect(messages).toEqual(all);
  });

  it.each([1_001, 65_536])('with a large form body have its size instead of the body (chunks of %i)', (size) => {
    inPieces(encodeMessage(paused('é"'.repeat(3 * MB), 'x'.repeat(9 * MB))), size);
    expect(messages).toEqual([paused(String(9 * MB), String(9 * MB))]);
    expect(tooLarge).toEqual([]);
  });

  it('with a small form body are unchanged', () => {
    push(encodeMessage(paused('a=1', 'YT0x')));
    expect(messages).toEqual([paused('a=1', 'YT0x')]);
  });

  it('without a listener are dropped, large or small', () => {
    const says = (value: string) => ({ method: 'Runtime.consoleAPICalled', params: { args: [{ value }] } });
    for (const value of ['x', 'x'.repeat(20 * MB)]) inPieces(encodeMessage(says(value)), 65_536);
    expect([messages, tooLarge]).toEqual([[], []]);
  });

  it('that are too large are reported with their id, and the next one is intact', () => {
    inPieces(encodeMessage({ id: 7, result: { data: 'x'.repeat(5 * MB) } }), 65_536);
    inPieces(
      encodeMessage({ method: 'Fetch.requestPaused', params: { requestId: 'job-9', url: 'x'.repeat(5 * MB) } }),
      65_536,
    );
    push(encodeMessage({ id: 8, result: {} }));
    expect(tooLarge).toEqual([
      { answerTo: 7, paused: undefined },
      { answerTo: undefined, paused: 'job-9' },
    ]);
    expect(messages).toEqual([{ id: 8, result: {} }]);
  });
});
