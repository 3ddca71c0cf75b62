/**
 * The browser's pipe when a page tries to fill our memory: only messages that are too large are lost, and no request
 * waits for ever.
 */
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { sweepHeap } from '../../../main/platform/sweep-heap.ts';
import { decodeMessage, encodeMessage, messageLength } from '../../../main/shell/chromium/pipe-cbor.ts';
import { connectPipe, type PipeConnection } from '../../../main/shell/chromium/pipe-connection.ts';
import { armTarget } from '../../../main/shell/guest/arm-target.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const MB = 1024 * 1024;
const LONG = 'x'.repeat(MB);

let toBrowser: PassThrough;
let fromBrowser: PassThrough;
let connection: PipeConnection;
let clock: ReturnType<typeof createManualClock>;
/** The commands sent to the browser. */
const said = (): readonly { readonly id: number; readonly method: string; readonly params: object }[] => {
  const all: ReturnType<typeof said>[number][] = [];
  let rest = (toBrowser.read() as Buffer | null) ?? Buffer.alloc(0);
  while (rest.length > 0) {
    const length = messageLength(rest) ?? rest.length;
    all.push(decodeMessage(rest.subarray(0, length)) as (typeof all)[number]);
    rest = rest.subarray(length);
  }
  return all;
};
/** Writes a message in chunks, as a pipe delivers it. */
const tell = async (message: object): Promise<void> => {
  const bytes = encodeMessage(message);
  for (let at = 0; at < bytes.length; at += MB) fromBrowser.write(bytes.subarray(at, at + MB));
  await new Promise((resolve) => setImmediate(resolve));
};
/** The start of a message, up to a text of that length. The test then writes the text itself. */
const beginning = (message: object, textBytes: number): Buffer => {
  const bytes = encodeMessage(message);
  const at = bytes.indexOf(LONG) - 4;
  const more = textBytes - MB;
  bytes.writeUInt32BE(textBytes, at);
  bytes.writeUInt32BE(bytes.readUInt32BE(3) + more, 3);
  return bytes.subarray(0, at + 4);
};
const long = (megabytes: number): string => LONG.repeat(megabytes);

beforeEach(() => {
  toBrowser = new PassThrough({ highWaterMark: MB });
  fromBrowser = new PassThrough();
  clock = createManualClock();
  connection = connectPipe({ clock, toBrowser, fromBrowser, startTimeoutMs: 45_000 });
});

const PAGE_EVENT = { method: 'Page.windowOpen', params: { url: 'https://a.example/' }, sessionId: 'S' };

describe('messages of the browser', () => {
  it('are read from chunks of any size', async () => {
    const urls: string[] = [];
    connection.root.child('S').on('Page.windowOpen', ({ url }) => urls.push(url));
    const one = encodeMessage(PAGE_EVENT);
    for (const byte of Buffer.concat([one, one])) fromBrowser.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
    expect(urls).toEqual(['https://a.example/', 'https://a.example/']);
  });

  it('that answer a command are read even if they are large', async () => {
    const asked = connection.root.send('IO.read', { handle: '1' });
    await tell({ id: 1, result: { data: long(3), eof: true } });
    expect((await asked).data).toHaveLength(3 * MB);
  });
});

it('waits longer for a browser that starts, and ten seconds for one that has answered', async () => {
  const failures: string[] = [];
  const ask = (): void =>
    void connection.root.send('Browser.getVersion').catch((error) => failures.push(String(error)));
  ask();
  await clock.advance(44_000);
  await tell({ id: 1, result: { product: 'Chromium' } });
  ask();
  await clock.advance(10_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(failures).toEqual([expect.stringContaining('no answer in 10000 ms')]);
});

describe('a message that is too large', () => {
  it('rejects the command that it answers, at once', async () => {
    const asked = connection.root.send('DOM.describeNode', { backendNodeId: 1 });
    const failed = expect(asked).rejects.toThrow('larger than');
    await tell({ id: 1, result: { node: { attributes: ['accept', long(40)] } }, sessionId: 'S' });
    await failed;
  });

  it('about a paused request fails that request, so that its page does not wait for ever', async () => {
    connection.root.on('Fetch.requestPaused', () => undefined);
    await tell({
      method: 'Fetch.requestPaused',
      params: { requestId: 'job-7', request: { url: `data:,${long(40)}` } },
    });
    expect(said()).toMatchObject([{ method: 'Fetch.failRequest', params: { requestId: 'job-7' } }]);
  });

  it('is accepted when only the form body makes it large: the body is skipped, and the request is handled', async () => {
    const urls: string[] = [];
    connection.root.on('Fetch.requestPaused', ({ request }) => urls.push(request.url));
    const request = { url: 'https://a.example/', postData: long(80), postDataEntries: [{ bytes: long(40) }] };
    await tell({ method: 'Fetch.requestPaused', params: { requestId: 'job-8', request } });
    expect(urls).toEqual(['https://a.example/']);
    expect(said()).toEqual([]);
  });

  it('leaves the next one intact', async () => {
    const urls: string[] = [];
    connection.root.child('S').on('Page.windowOpen', ({ url }) => urls.push(url));
    await tell({ ...PAGE_EVENT, params: { url: long(40) } });
    await tell(PAGE_EVENT);
    expect(urls).toEqual(['https://a.example/']);
  });

  it('is not buffered while it arrives', async () => {
    connection.root.on('Page.windowOpen', () => undefined);
    const before = process.memoryUsage().arrayBuffers;
    fromBrowser.write(beginning({ method: 'Page.windowOpen', params: { url: LONG } }, 200 * MB));
    const piece = Buffer.alloc(64 * 1024, 'x');
    for (let at = 0; at < 3_200; at += 1) {
      fromBrowser.write(Buffer.from(piece));
      if (at % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80 * MB);
  });
});

it('forgets the listeners of frames that are gone, of which a page may make any number', async () => {
  const names = { world: 'w', report: 'r', again: 'a', zone: 'z', kin: 'k' };
  const unheard = () => undefined;
  const listener = {
    onFrameTarget: unheard,
    onReport: unheard,
    onFileChooser: unheard,
    onDropZone: unheard,
    onDialog: unheard,
    onDialogGone: unheard,
    onFrame: unheard,
    onWindowOpen: unheard,
  };
  void armTarget(connection.root.child('page'), names, listener, 'beside').catch(() => undefined);
  const targetInfo = { targetId: 'T', type: 'iframe', title: '', url: '', attached: true, canAccessOpener: false };
  for (let at = 0; at < 1_000; at += 1) {
    const params = { sessionId: `frame-${at}`, targetInfo, waitingForDebugger: true };
    await tell({ method: 'Target.attachedToTarget', params, sessionId: 'page' });
    if (at === 0) expect(connection.listening).toBe(2);
    await tell({ method: 'Target.detachedFromTarget', params: { sessionId: `frame-${at}` }, sessionId: 'page' });
  }
  expect(connection.listening).toBe(1);
});

it('buffers no message without a listener, however much a page writes to its console', async () => {
  const before = process.memoryUsage().arrayBuffers;
  const says = { method: 'Runtime.consoleAPICalled', params: { type: 'log', args: [{ type: 'string', value: LONG }] } };
  fromBrowser.write(beginning(says, 20 * MB));
  for (let at = 0; at < 20; at += 1) {
    fromBrowser.write(Buffer.alloc(MB, 'x'));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await sweepHeap(); // frees what the test itself wrote, so that only the connection's own buffers are measured
  const during = process.memoryUsage().arrayBuffers - before;
  expect(during).toBeLessThan(12 * MB);
});
