/** What a form sends is cut out of the browser's messages as it comes, and nothing else of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBodyCutter } from '../../../main/shell/chromium/cut-bodies.ts';

const cut = (pieces: readonly Buffer[]): string => {
  const passed: Buffer[] = [];
  const push = createBodyCutter((piece) => void passed.push(Buffer.from(piece)));
  for (const piece of pieces) push(piece);
  return Buffer.concat(passed).toString();
};
const inPieces = (text: string, bytes: number): Buffer[] => {
  const whole = Buffer.from(text);
  return Array.from({ length: Math.ceil(whole.length / bytes) }, (_, at) =>
    whole.subarray(at * bytes, (at + 1) * bytes),
  );
};
/** As Chromium writes it: the text, and the same as bytes. */
const paused = (body: string, url: string): object => ({
  method: 'Fetch.requestPaused',
  params: {
    requestId: 'interception-job-1.0',
    request: {
      url,
      method: 'POST',
      headers: { referer: url },
      postData: body,
      hasPostData: true,
      postDataEntries: [{ bytes: Buffer.from(body).toString('base64') }, {}],
    },
    frameId: 'F',
    resourceType: 'Document',
  },
});

describe('what a form sends', () => {
  it('is cut out and counted, wherever the pipe cuts the messages, whatever it holds', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('"', '\\', '\\"', '"postData":"', '","postDataEntries":[', ']', '}', '\0', '\\\\"', '"postData'),
    );
    const texts = fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: 1, max: 200 }), (body, url, bytes) => {
        const given = paused(body, url);
        const stream = `${JSON.stringify(given)}\0${JSON.stringify({ method: 'Page.windowOpen', params: { url } })}\0`;
        const [first = '', second = '', ...more] = cut(inPieces(stream, bytes)).split('\0');
        const { request } = (given as { params: { request: { postData: string; postDataEntries: object[] } } }).params;
        const sizeOf = (value: unknown): string => String(Buffer.byteLength(JSON.stringify(value)) - 2);
        const expected = structuredClone(given) as { params: { request: object } };
        Object.assign(expected.params.request, {
          postData: sizeOf(request.postData),
          postDataEntries: [{ bytes: sizeOf(request.postDataEntries) }],
        });
        expect(JSON.parse(first)).toEqual(expected);
        expect(JSON.parse(second)).toEqual({ method: 'Page.windowOpen', params: { url } });
        expect(more).toEqual(['']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not kept while it comes: 200 MB pass through the memory of one piece', () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    let passed = 0;
    const push = createBodyCutter((kept) => (passed += kept.length));
    push(Buffer.from('{"method":"Fetch.requestPaused","params":{"request":{"postData":"'));
    for (let at = 0; at < 3_200; at += 1) push(piece);
    push(Buffer.from('","postDataEntries":[{"bytes":"'));
    for (let at = 0; at < 3_200; at += 1) push(piece);
    push(Buffer.from('"}]}}}\0'));
    expect(passed).toBeLessThan(220);
  });
});
