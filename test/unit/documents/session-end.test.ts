/** What a person asked of a document just before they left. */
import { fail } from '../../../main/contract/result.ts';
import { expect, it } from 'vitest';
import { documentsHandlers } from '../../../main/features/documents/documents-handlers.ts';
import type { DocumentsSession } from '../../../main/features/documents/documents-session.ts';
import type { Typeface } from '../../../main/pdf/typeface.ts';
import { systemClock } from '../../../main/platform/clock.ts';

type Made = ReturnType<typeof documentsHandlers>;

it.for([
  [
    'a protected copy',
    (handlers: Made, session: DocumentsSession) => handlers.watermark({ id: 'bail', recipient: 'Agence' }, session),
  ],
  [
    'what was written into a form',
    (handlers: Made, session: DocumentsSession) =>
      handlers.fillForm({ id: 'bail', changes: [{ field: 0, value: 'Élodie' }] }, session),
  ],
] as const)('%s is not begun once the session has ended: the next decoder would hold its pages', async ([, ask]) => {
  const over = new AbortController();
  const typeface = Promise.withResolvers<Typeface | undefined>();
  const file = Promise.withResolvers<Uint8Array>();
  const asked: string[] = [];
  const handlers = documentsHandlers({
    documentDecoder: { ask: async (operation: string) => void asked.push(operation) } as never,
    clock: systemClock,
    counts: { add: () => undefined },
    idleLocks: { acquire: () => () => undefined },
    readInFrench: async () => fail('no-voice'),
    uploadOf: () => null,
    typeface: () => typeface.promise,
    onChange: () => undefined,
  });
  const document = { id: 'bail', name: 'Bail', fillable: true };
  const session = {
    tray: { find: () => document, source: async () => ({ kind: 'pages', pages: [] }) },
    vault: { read: () => file.promise },
    forms: (work: () => Promise<unknown>) => work(),
    over: over.signal,
  } as unknown as DocumentsSession;
  const replied = ask(handlers, session);
  await new Promise((resolve) => setImmediate(resolve));
  over.abort();
  typeface.resolve({ regular: new Uint8Array(1), bold: new Uint8Array(1) });
  file.resolve(new Uint8Array(1));
  expect(await replied).toMatchObject({ ok: false });
  expect(asked).toEqual([]);
});
