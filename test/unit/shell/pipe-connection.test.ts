/** The browser's pipe, written by a page that wants to fill our memory: nothing is lost but what is too large, and nobody waits for ever. */
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { sweepHeap } from '../../../main/platform/sweep-heap.ts';
import { connectPipe, type PipeConnection } from '../../../main/shell/chromium/pipe-connection.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const MB = 1024 * 1024;
const LONG = 'x'.repeat(MB);

let toBrowser: PassThrough;
let fromBrowser: PassThrough;
let connection: PipeConnection;
/** What we said to the browser. */
const said = (): readonly { readonly id: number; readonly method: string; readonly params: object }[] =>
  String(toBrowser.read() ?? '')
    .split('\0')
    .filter(Boolean)
    .map((text) => JSON.parse(text) as ReturnType<typeof said>[number]);
/** Written piece by piece, as a pipe gives it. */
const tell = async (head: string, megabytes: number, tail: string): Promise<void> => {
  fromBrowser.write(head);
  for (let at = 0; at < megabytes; at += 1) fromBrowser.write(LONG);
  fromBrowser.write(`${tail}\0`);
  await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(() => {
  toBrowser = new PassThrough({ highWaterMark: MB });
  fromBrowser = new PassThrough();
  connection = connectPipe({ clock: createManualClock(), toBrowser, fromBrowser });
});

const PAGE_EVENT = '{"method":"Page.windowOpen","params":{"url":"https://a.example/"},"sessionId":"S"}';

describe('messages of the browser', () => {
  it('are read wherever the pipe cuts them', async () => {
    const urls: string[] = [];
    connection.root.child('S').on('Page.windowOpen', ({ url }) => urls.push(url));
    const text = `${PAGE_EVENT}\0${PAGE_EVENT}\0`;
    for (const letter of text) fromBrowser.write(letter);
    await new Promise((resolve) => setImmediate(resolve));
    expect(urls).toEqual(['https://a.example/', 'https://a.example/']);
  });

  it('that are large and awaited are read', async () => {
    const asked = connection.root.send('IO.read', { handle: '1' });
    await tell('{"id":1,"result":{"data":"', 3, '","eof":true}}');
    expect((await asked).data).toHaveLength(3 * MB);
  });
});

describe('a message that is too large', () => {
  it('fails the question that it answers, at once', async () => {
    const asked = connection.root.send('DOM.describeNode', { backendNodeId: 1 });
    const failed = expect(asked).rejects.toThrow('larger than');
    await tell('{"id":1,"result":{"node":{"attributes":["accept","', 40, '"]}},"sessionId":"S"}');
    await failed;
  });

  it('about a request that stands still has the request refused: its page must not wait for ever', async () => {
    connection.root.on('Fetch.requestPaused', () => undefined);
    await tell('{"method":"Fetch.requestPaused","params":{"requestId":"job-7","request":{"url":"data:,', 40, '"}}}');
    expect(said()).toMatchObject([{ method: 'Fetch.failRequest', params: { requestId: 'job-7' } }]);
  });

  it('is none when only what a form sends makes it large: that is cut out, and the request is judged', async () => {
    const urls: string[] = [];
    connection.root.on('Fetch.requestPaused', ({ request }) => urls.push(request.url));
    const head = '{"method":"Fetch.requestPaused","params":{"requestId":"job-8","request":{"url":"https://a.example/"';
    await tell(`${head},"postData":"`, 80, '","postDataEntries":[{"bytes":"eA=="}]}}}');
    expect(urls).toEqual(['https://a.example/']);
    expect(said()).toEqual([]);
  });

  it('leaves the next one whole', async () => {
    const urls: string[] = [];
    connection.root.child('S').on('Page.windowOpen', ({ url }) => urls.push(url));
    await tell('{"method":"Page.windowOpen","params":{"url":"', 40, '"},"sessionId":"S"}');
    await tell(PAGE_EVENT, 0, '');
    expect(urls).toEqual(['https://a.example/']);
  });

  it('is not kept while it comes', async () => {
    connection.root.on('Page.windowOpen', () => undefined);
    const before = process.memoryUsage().arrayBuffers;
    fromBrowser.write('{"method":"Page.windowOpen","params":{"url":"');
    const piece = Buffer.alloc(64 * 1024, 'x');
    for (let at = 0; at < 3_200; at += 1) {
      fromBrowser.write(Buffer.from(piece));
      if (at % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80 * MB);
  });
});

it('keeps nothing of what nobody listens to, however a page shouts into its console', async () => {
  const before = process.memoryUsage().arrayBuffers;
  fromBrowser.write(
    '{"method":"Runtime.consoleAPICalled","params":{"type":"log","args":[{"type":"string","value":"'.padEnd(600, 'x'),
  );
  for (let at = 0; at < 20; at += 1) {
    fromBrowser.write(Buffer.alloc(MB, 'x'));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await sweepHeap(); // what was written here is no longer held by us: only what the connection keeps is left
  const during = process.memoryUsage().arrayBuffers - before;
  await tell('', 0, '"}]}}');
  expect(during).toBeLessThan(12 * MB);
});
