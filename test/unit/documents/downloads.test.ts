/** Downloads that finish while an earlier one is still being decoded. */
import { describe, expect, it } from 'vitest';
import { documentsContract, type DocumentsContract } from '../../../main/contract/documents.ts';
import type { StateOf } from '../../../main/contract/define.ts';
import { fail, ok } from '../../../main/contract/result.ts';
import { createDocuments } from '../../../main/features/documents/documents.ts';
import type { Vault } from '../../../main/features/documents/vault.ts';
import type { InspectRequest } from '../../../main/features/documents/work/operations.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { asDispatched } from '../../harness/as-dispatched.ts';
import { zipOf } from '../../harness/documents/letters.ts';
import { until } from '../../harness/until.ts';

const MB = 1_000_000;
const pdf = (words: string): Uint8Array => Buffer.from(`%PDF-1.4 ${words}`);
const zip = (...words: readonly string[]): Uint8Array =>
  zipOf(Object.fromEntries(words.map((word) => [`${word}.pdf`, `%PDF-1.4 ${word}`.padEnd(5_000, 'x')])));

/** Waits until nothing moves without the decoder. Unpacking a few kilobytes on another thread takes a millisecond. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** The session's documents, with a decoder that answers when the test lets it, and files that are only here. */
const fixture = () => {
  const onDisk = new Map<string, { readonly bytes: Uint8Array; readonly sizeBytes: number }>();
  const read: string[] = [];
  const atDecoder: {
    readonly request: InspectRequest;
    readonly later: boolean;
    answer(): void;
    kill(): void;
    tooSlow(): void;
  }[] = [];
  const refused: string[] = [];
  let warmed = 0;
  const site = {};
  const wipeStep = { name: '', wipe: async () => undefined, leftovers: async () => [] };
  let stored = 0;
  let underWay = 0;
  const vault = {
    usedBytes: 0,
    maxBytes: 100 * MB,
    add: async (bytes: Uint8Array) => ok({ id: `vault-${++stored}`, sizeBytes: bytes.length }),
    read: async () => pdf('kept'),
    wipeStep,
  } as unknown as Vault;
  const thumb = new Uint8Array(1);
  let state: StateOf<DocumentsContract> | undefined;
  const decode = (later: boolean) => (_: string, request: InspectRequest) =>
    new Promise((resolve) => {
      const gone = (result: unknown) => () => {
        atDecoder.splice(
          atDecoder.findIndex((one) => one.request === request),
          1,
        );
        resolve(result);
      };
      const answer = gone(ok({ format: 'pdf', pages: 1, thumb, text: [] }));
      atDecoder.push({ request, later, answer, kill: gone(fail('died')), tooSlow: gone(fail('slow')) });
    });
  const made = createDocuments({
    openVault: () => vault,
    uploads: { wipeStep } as never,
    documentDecoder: {
      ask: decode(false),
      askLater: decode(true),
      warmUp: () => void (warmed += 1),
      clear: async () => {
        for (const one of [...atDecoder]) one.kill();
      },
    } as never,
    office: undefined,
    files: {
      stat: async (path: string) => {
        const file = onDisk.get(path);
        return file ? ok({ kind: 'file', sizeBytes: file.sizeBytes, modifiedAtMs: 0 }) : fail({ kind: 'missing' });
      },
      readBytes: async (path: string) => {
        const file = onDisk.get(path);
        if (file) read.push(path);
        return file ? ok(file.bytes) : fail({ kind: 'missing' });
      },
      remove: async (path: string) => {
        onDisk.delete(path);
        return ok(null);
      },
    } as never,
    clock: systemClock,
    logger: {
      log: (event: string, fields: { reason: string }) =>
        void (event === 'documents.refused' && refused.push(fields.reason)),
    } as never,
    publish: (next) => (state = next),
    counts: { add: () => undefined },
    idleLocks: { acquire: () => () => undefined },
    keys: undefined,
    readInFrench: async () => fail('no-voice'),
    uploadOf: () => null,
    typeface: async () => undefined,
    newRef: () => 'A1B2C3',
  });
  const documents = { ...made, handlers: asDispatched(documentsContract, made) };
  documents.begin();
  return {
    documents,
    onDisk,
    read,
    atDecoder,
    refused,
    warmed: () => warmed,
    state: () => state ?? documents.initial,
    names: () => (state?.list ?? []).map(({ name }) => name),
    notKept: () => state?.refused?.reasons.map(({ reason, names }) => `${reason} ${names.join(' ')}`) ?? [],
    download(name: string, bytes: Uint8Array, sizeBytes = bytes.length, visit: object = site): Promise<void> {
      onDisk.set(name, { bytes, sizeBytes });
      underWay += 1;
      return documents
        .takeDownload({ path: name, name, asked: Promise.resolve(true), visit, onKept: () => undefined })
        .finally(() => (underWay -= 1));
    },
    /** An archive may take longer to unpack than the others to settle. */
    async decodeAll(onEach = (): void => undefined) {
      for (;;) {
        await settle();
        const [next] = atDecoder;
        if (!next && underWay === 0) return;
        if (!next) continue;
        onEach();
        next.answer();
      }
    },
    async endSession() {
      for (const step of documents.wipes) await step.wipe();
    },
  };
};

describe('downloads', () => {
  it('have their decoder loaded when the first begins to arrive, and never between two sessions', async () => {
    const { documents, warmed, endSession } = fixture();
    documents.expectDocument();
    expect(warmed()).toBe(1);
    await endSession();
    documents.expectDocument();
    expect(warmed()).toBe(1);
  });

  it('reach the decoder one at a time, in their order', async () => {
    const { download, decodeAll, atDecoder, names, onDisk } = fixture();
    const taken = [
      download('a.zip', zip('a1', 'a2', 'a3')),
      download('b.pdf', pdf('b')),
      download('c.zip', zip('c1', 'c2')),
      download('d.pdf', pdf('d')),
    ];
    const waiting: number[] = [];
    await decodeAll(() => void waiting.push(atDecoder.length));
    await Promise.all(taken);
    expect(waiting).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(names()).toEqual(['a1', 'a2', 'a3', 'b', 'c1', 'c2', 'd']);
    expect(onDisk.size).toBe(0);
  });

  it('stay on the disk, where their site’s limit counts them, when they are more than a person downloads', async () => {
    const { download, decodeAll, read, names } = fixture();
    const taken = ['a', 'b', 'c', 'd', 'e'].map((name) => download(`${name}.pdf`, pdf(name), 30 * MB));
    const readBefore: number[] = [];
    await decodeAll(() => void readBefore.push(read.length));
    await Promise.all(taken);
    expect(readBefore).toEqual([1, 2, 3, 4, 5]);
    expect(names()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('are kept when the person closes the site, which removes its files, before their turn came', async () => {
    const { download, decodeAll, onDisk, names, state } = fixture();
    const taken = ['a', 'b', 'c'].map((name) => download(`${name}.pdf`, pdf(name), 5 * MB));
    await settle();
    onDisk.clear();
    await decodeAll();
    await Promise.all(taken);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(state().refused).toBeNull();
  });

  it('that wait when the session ends are dropped at once, unread, and the next session has none of them', async () => {
    const { download, endSession, decodeAll, documents, read, atDecoder, onDisk, names, state } = fixture();
    const taken = ['a', 'b', 'c'].map((name) => download(`${name}.pdf`, pdf(name), 30 * MB));
    const zips = [download('d.zip', zip('d1', 'd2'))];
    await until('the decoder', () => atDecoder.length === 1);
    await endSession();
    await Promise.all([...taken, ...zips]);
    expect(atDecoder).toEqual([]);
    expect(read).toEqual(['a.pdf', 'd.zip']);
    expect(onDisk.size).toBe(0);
    documents.begin();
    const own = download('mine.pdf', pdf('mine'));
    await decodeAll();
    await own;
    expect(names()).toEqual(['mine']);
    expect(state().refused).toBeNull();
  });

  it('that are too large are refused at once and hold up no other', async () => {
    const { download, decodeAll, atDecoder, names, notKept } = fixture();
    const first = download('a.pdf', pdf('a'));
    await download('b.pdf', pdf('b'), 81 * MB);
    expect(notKept()).toEqual(['too-large b']);
    const last = download('c.pdf', pdf('c'));
    const waiting: number[] = [];
    await decodeAll(() => void waiting.push(atDecoder.length));
    await Promise.all([first, last]);
    expect(waiting).toEqual([1, 1]);
    expect(names()).toEqual(['a', 'c']);
  });

  it('of one visit are dropped after two that were too slow or heavy, with one sentence that names them', async () => {
    const { download, decodeAll, atDecoder, names, onDisk, refused, notKept } = fixture();
    const otherSite = {};
    const taken = [
      ...['a', 'b', 'c'].map((name) => download(`${name}.pdf`, pdf(name))),
      download('d.pdf', pdf('d'), 60 * MB),
      download('e.pdf', pdf('e'), 10, otherSite),
    ];
    await until('the decoder', () => atDecoder.length === 1);
    atDecoder[0]!.tooSlow();
    await until('the decoder', () => atDecoder.length === 1);
    atDecoder[0]!.kill(); // V8 ran out of memory
    await decodeAll();
    await Promise.all(taken);
    expect(names()).toEqual(['e']);
    expect(notKept()).toEqual(['too-complex a b', 'too-many-heavy c d']);
    expect(onDisk.size).toBe(0);
    await download('again.pdf', pdf('again'));
    expect(atDecoder).toEqual([]);
    expect(refused.slice(4)).toEqual(['too-many-heavy']);
    expect(notKept()).toEqual(['too-complex a b', 'too-many-heavy c d again']);
  });

  it('in an archive are dropped after two that were too heavy', async () => {
    const { download, atDecoder, names, notKept } = fixture();
    const taken = download('a.zip', zip('a1', 'a2', 'a3', 'a4'));
    for (const end of ['answer', 'tooSlow', 'tooSlow'] as const) {
      await until('the decoder', () => atDecoder.length === 1);
      atDecoder[0]![end]();
    }
    await taken;
    expect(atDecoder).toEqual([]);
    expect(names()).toEqual(['a1']);
    expect(notKept()).toEqual(['too-complex a2 a3', 'too-many-heavy a4']);
  });

  it('are opened after what the person does themselves', async () => {
    const { download, decodeAll, atDecoder, documents, state } = fixture();
    const first = download('a.pdf', pdf('a'));
    await decodeAll();
    await first;
    const next = download('b.pdf', pdf('b'));
    const picture = documents.bytes?.(`${state().list[0]?.id ?? ''}/1.jpg`);
    await until('both', () => atDecoder.length === 2);
    // Only a download has a format to look at.
    expect(atDecoder.every(({ request, later }) => 'take' in request === later)).toBe(true);
    await decodeAll();
    await Promise.all([next, picture]);
  });

  it('of a session that has ended are not told to the next person, not even their names', async () => {
    const { documents, onDisk, endSession, refused, notKept } = fixture();
    const asked = Promise.withResolvers<boolean>();
    onDisk.set('a.pdf', { bytes: pdf('a'), sizeBytes: 1_000 });
    let kept = 0;
    const onKept = (): void => void (kept += 1);
    const taken = documents.takeDownload({ path: 'a.pdf', name: 'a.pdf', asked: asked.promise, visit: {}, onKept });
    await endSession();
    onDisk.clear(); // with the site
    documents.begin();
    asked.resolve(true);
    await taken;
    expect([refused, notKept(), kept]).toEqual([[], [], 0]);
  });
});

it('a person who turns the pages faster than they are drawn has one page drawn at a time', async () => {
  const { download, decodeAll, atDecoder, documents, state } = fixture();
  const taken = download('a.pdf', pdf('a'));
  await decodeAll();
  await taken;
  const id = state().list[0]?.id ?? '';
  const pictures = Array.from({ length: 4 }, async () => documents.bytes?.(`${id}/1.jpg`));
  const waiting: number[] = [];
  await decodeAll(() => void waiting.push(atDecoder.length));
  expect(waiting).toEqual([1, 1, 1, 1]);
  expect((await Promise.all(pictures)).every((picture) => picture?.type === 'image/jpeg')).toBe(true);
});
