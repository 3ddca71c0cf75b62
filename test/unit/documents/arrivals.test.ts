/** Messages about documents that arrive, and about those that are refused. */
import { expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import { createArrivals } from '../../../main/features/documents/arrivals.ts';
import type { StoredDocument } from '../../../main/features/documents/shelf.ts';
import type { Tray } from '../../../main/features/documents/tray.ts';

const arrivals = () => {
  let n = 0;
  const tray = { addFile: async () => ok({ id: `doc-${++n}` } as StoredDocument) } as unknown as Tray;
  const told: string[] = [];
  const logger = { log: (event: string, fields: { reason: string }) => void told.push(`${event} ${fields.reason}`) };
  const made = createArrivals({
    tray,
    logger: logger as never,
    over: new AbortController().signal,
    onChange: () => undefined,
  });
  const comes = (): Promise<unknown> =>
    made.take({ name: 'paie.pdf', bytes: new TextEncoder().encode('%PDF-1.4'), origin: 'download' });
  return { made, told, comes };
};

it('tells first what came, then that the site sent too many', async () => {
  const { made, told, comes } = arrivals();
  made.refuse('too-many-at-once'); // the sixth is refused before the first is there
  await comes();
  expect(made.state).toMatchObject({ arrived: 'doc-1', refused: 'too-many-at-once' });
  made.dismiss();
  expect(made.state).toMatchObject({ arrived: null, refused: 'too-many-at-once' });
  made.dismiss();
  expect(made.state).toMatchObject({ arrived: null, refused: null });
  expect(told).toEqual(['documents.refused too-many-at-once']);
});

it('says no more of a file that could not be read once another came', async () => {
  const { made, comes } = arrivals();
  made.refuse('damaged');
  await comes();
  expect(made.state.refused).toBeNull();
});
