/** A site asks for files again, perhaps while the one that it asked for before is still being decrypted. */
import { expect, it } from 'vitest';
import type { GiveFilesDeps } from '../../../main/features/browsing/give-files.ts';
import { openOneSite } from './one-site.ts';

const lent = {
  ok: true,
  value: { paths: ['/a.pdf'], given: () => undefined, release: async () => undefined },
} as const;

it.each([
  ['is given', lent],
  ['is gone', { ok: false, error: 'gone' } as const],
])('the second request stays on the screen when the first document %s', async (_, files) => {
  const decrypted = Promise.withResolvers<Awaited<ReturnType<GiveFilesDeps['filesForPage']>>>();
  const { browsing, site, cover } = await openOneSite({ filesForPage: () => decrypted.promise });
  const asksForFile = (id: string, accept: string): void =>
    site.tell({ kind: 'file-wanted', request: { id, accept, multiple: false } });
  asksForFile('input-1', '.pdf');
  const given = browsing.handlers.answerFiles({ documents: ['a'] });
  asksForFile('input-2', '.jpg');
  decrypted.resolve(files);
  await given;
  expect(cover()).toMatchObject({ kind: 'files', accept: '.jpg' });
  await browsing.handlers.answerFiles({ documents: [] });
  expect(cover()).toEqual({ kind: 'site' });
  expect(site.files).toEqual([
    ...(files.ok ? [{ id: 'input-1', paths: ['/a.pdf'] }] : []),
    { id: 'input-2', paths: [] },
  ]);
});

it('each request is a question of its own, also when two guests give theirs the same id', async () => {
  const { browsing, site, cover } = await openOneSite();
  const asked = async (): Promise<unknown> => {
    site.tell({ kind: 'file-wanted', request: { id: 'file-1', accept: '.pdf', multiple: false } });
    const shown = cover();
    await browsing.handlers.answerFiles({ documents: [] });
    return shown?.kind === 'files' ? shown.id : undefined;
  };
  const ids = [await asked(), await asked()];
  expect(ids).toEqual([expect.any(String), expect.any(String)]);
  expect(new Set(ids).size).toBe(2);
});
