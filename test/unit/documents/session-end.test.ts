/** What a person asked of a document just before they left. */
import { expect, it } from 'vitest';
import { documentsHandlers } from '../../../main/features/documents/documents-handlers.ts';
import type { DocumentsSession } from '../../../main/features/documents/documents-session.ts';
import type { Typeface } from '../../../main/pdf/typeface.ts';
import { systemClock } from '../../../main/platform/clock.ts';

it('a protected copy is not begun once the session has ended: the next decoder would hold its pages', async () => {
  const over = new AbortController();
  const typeface = Promise.withResolvers<Typeface | undefined>();
  const asked: string[] = [];
  const handlers = documentsHandlers({
    documentThread: { ask: async (operation: string) => void asked.push(operation) } as never,
    clock: systemClock,
    counts: { add: () => undefined },
    idleLocks: { acquire: () => () => undefined },
    typeface: () => typeface.promise,
    onChange: () => undefined,
  });
  const document = { id: 'bail', name: 'Bail' };
  const tray = { find: () => document, source: async () => ({ kind: 'pages', pages: [] }) };
  const session = { tray, over: over.signal } as unknown as DocumentsSession;
  const copied = handlers.watermark({ id: 'bail', recipient: 'Agence' }, session);
  await new Promise((resolve) => setImmediate(resolve));
  over.abort();
  typeface.resolve({ bold: new Uint8Array(1) } as unknown as Typeface);
  expect(await copied).toMatchObject({ ok: false });
  expect(asked).toEqual([]);
});
