/** The document on the print screen while others are asked for, a page fails, or the session ends. */
import { beforeEach, expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { createPrintPreview, nothingShown, type PrintPreview } from '../../../main/features/printing/print-preview.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let clock: ManualClock;
let over: AbortController;
let preview: PrintPreview;
let printing: boolean;
/** How often the screens were told of a change. */
let changes: number;
/** The documents that the PDF decoder holds. */
let held: Set<string>;
/** What the PDF decoder was asked. */
let asked: string[];
/** Resolves the content of a document of the tray, by its id. */
let arrive: Map<string, () => void>;
/** Answers whether a page is blank. Until then, the decoder draws it. */
let drawn: (answer: unknown) => void;

beforeEach(() => {
  clock = createManualClock();
  over = new AbortController();
  printing = false;
  changes = 0;
  held = new Set();
  asked = [];
  arrive = new Map();
  let made = 0;
  const pdfDecoder = {
    async ask(operation: string, { key = '' }: { key?: string }) {
      asked.push(operation);
      if (operation === 'open') held.add(key);
      if (operation === 'close') held.delete(key);
      if (operation === 'blank') return new Promise((resolve) => (drawn = resolve));
      return ok({ pdf: new Uint8Array(), pages: 1, landscape: [], cleaned: false });
    },
  } as unknown as PdfDecoder;
  preview = createPrintPreview({
    clock,
    logger: silentLogger,
    pdfDecoder,
    sources: {
      guestPage: async () => undefined,
      guestAsked: async () => undefined,
      document: (id) => new Promise((resolve) => arrive.set(id, () => resolve(new Uint8Array([1])))),
      sheet: async () => undefined,
    },
    fonts: async () => undefined,
    newId: () => `shown-${(made += 1)}`,
    over: over.signal,
    printing: () => printing,
    onChange: () => void (changes += 1),
  });
});

const ask = async (id: string): Promise<void> => {
  void preview.prepare({ kind: 'document', id });
  await clock.advance(0);
};
const comes = async (id: string): Promise<void> => {
  arrive.get(id)?.();
  await clock.advance(0);
};

it('shows the document that was asked for last, and the PDF decoder keeps no other', async () => {
  await ask('first');
  await ask('second');
  await comes('second');
  expect(preview.view).toMatchObject({ preparing: true, document: { id: 'shown-1' } });
  await comes('first');
  expect(preview.view).toMatchObject({ preparing: false, document: { id: 'shown-1' } });
  expect([...held]).toEqual(['shown-1']);
});

it('shows nothing that arrives after the person left the print screen', async () => {
  await ask('slow');
  await preview.close();
  await comes('slow');
  expect(preview.view).toEqual(nothingShown);
  expect([...held]).toEqual([]);
});

it('shows nothing that arrives after the end of the session, nor does the PDF decoder of the next one get it', async () => {
  await ask('slow');
  over.abort();
  await comes('slow');
  expect(preview.shown).toBeUndefined();
  expect([...held]).toEqual([]);
  expect(asked).toEqual([]);
});

it('drops a document with a page that cannot be drawn, unless it is being printed', async () => {
  await ask('heavy');
  await comes('heavy');
  const before = changes;
  printing = true;
  drawn(fail('too-large'));
  await clock.advance(0);
  expect(preview.shown).toBeDefined();
  expect(changes).toBe(before);
  printing = false;
  await ask('heavy');
  await comes('heavy');
  drawn(fail('too-large'));
  await clock.advance(0);
  expect(preview.view).toEqual({ preparing: false, refusal: 'too-large', document: null });
  expect([...held]).toEqual([]);
});
