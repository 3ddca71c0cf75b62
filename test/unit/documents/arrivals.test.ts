/** Messages about documents that arrive, and about those that are refused. */
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import { createArrivals } from '../../../main/features/documents/arrivals.ts';
import type { StoredDocument } from '../../../main/features/documents/stored-document.ts';
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
    onArrived: () => undefined,
  });
  const comes = (): Promise<unknown> =>
    made.take({ name: 'paie.pdf', bytes: new TextEncoder().encode('%PDF-1.4'), origin: 'download' });
  return { made, told, comes };
};

it('tells first what came, then that the site sent too many', async () => {
  const { made, told, comes } = arrivals();
  made.refuse('too-many-at-once'); // the sixth is refused before the first is there
  await comes();
  const refused = { reasons: [{ reason: 'too-many-at-once', names: [], count: 0 }], announced: true };
  expect(made.state).toMatchObject({ arrived: 'doc-1', refused });
  made.dismiss(made.state.shown);
  expect(made.state).toMatchObject({ arrived: null, refused });
  made.dismiss(made.state.shown);
  expect(made.state).toMatchObject({ arrived: null, refused: null });
  expect(told).toEqual(['documents.refused too-many-at-once']);
});

it('still tells of files that could not be kept once others came, all together', async () => {
  const { made, comes } = arrivals();
  made.refuse('damaged', { names: ['mai.pdf'] });
  await comes();
  made.refuse('office', { names: ['comptes.xlsx'] });
  made.refuse('damaged', { names: ['juin.pdf'] });
  await comes();
  made.dismiss(made.state.shown);
  expect(made.state.refused?.reasons).toEqual([
    { reason: 'office', names: ['comptes'], count: 1 },
    { reason: 'damaged', names: ['mai', 'juin'], count: 2 },
  ]);
});

it('is not closed by a press on the announcement of another document', async () => {
  const { made, comes } = arrivals();
  await comes();
  const { shown } = made.state;
  await comes();
  made.dismiss(shown);
  expect(made.state.arrived).toBe('doc-2');
});

it('names the first ten for a reason, and counts the others', () => {
  const { made } = arrivals();
  for (let at = 0; at < 6; at += 1) made.refuse('cut', { names: [`${at}a.pdf`, `${at}b.pdf`] });
  expect(made.state.refused?.reasons).toMatchObject([{ reason: 'cut', count: 12 }]);
  expect(made.state.refused?.reasons[0]?.names).toHaveLength(10);
});

describe('a refusal that the person did not ask for', () => {
  it('waits for the tray', () => {
    const { made } = arrivals();
    made.refuse('program', { names: ['a.exe'], announced: false });
    expect(made.state.refused).toMatchObject({ announced: false });
    made.dismiss(made.state.shown);
    expect(made.state.refused).toBeNull();
  });

  it.each(['before', 'after'])('is told next when it came %s a document that is announced', async (order) => {
    const { made, comes } = arrivals();
    if (order === 'after') await comes();
    made.refuse('program', { names: ['a.exe'], announced: false });
    if (order === 'before') await comes();
    expect(made.state.refused).toMatchObject({ announced: false });
    made.dismiss(made.state.shown);
    expect(made.state.refused).toMatchObject({ announced: true });
  });
});

describe('PDFs with a password', () => {
  /** `passwords`: by file name. A file that is not in it has none. */
  const withPasswords = (passwords: Readonly<Record<string, string>>) => {
    const tried: string[] = [];
    const kept: string[] = [];
    const refused: string[] = [];
    const over = new AbortController();
    let downloaded = 0;
    let told = 0;
    let then: () => void = () => undefined;
    const tray = {
      addFile: async ({ name, password }: { name: string; password?: string }) => {
        if (password !== undefined) tried.push(`${name} ${password}`);
        then();
        if (passwords[name] !== undefined && password === undefined) return fail('wants-password');
        if (passwords[name] !== password) return fail('wrong-password');
        kept.push(name);
        return ok({ id: `id of ${name}`, name, origin: 'download' } as StoredDocument);
      },
      erase: async ({ name }: StoredDocument) => void kept.splice(kept.indexOf(name), 1),
    } as unknown as Tray;
    const made = createArrivals({
      tray,
      logger: { log: (_: string, { reason }: { reason: string }) => void refused.push(reason) } as never,
      over: over.signal,
      onChange: () => undefined,
      onArrived: (origin) => void (downloaded += origin === 'download' ? 1 : 0),
    });
    return {
      made,
      tried,
      kept,
      refused,
      over,
      downloaded: () => downloaded,
      told: () => told,
      during: (what: () => void) => (then = what),
      comes: (name: string, how: { announced?: boolean; sizeBytes?: number } = {}) =>
        made.take({
          name,
          bytes: how.sizeBytes === undefined ? new TextEncoder().encode('%PDF-1.4') : new Uint8Array(how.sizeBytes),
          origin: 'download',
          onKept: () => void (told += 1),
          ...(how.announced === undefined ? {} : { announced: how.announced }),
        }),
      asked: () => made.state.locked?.name ?? null,
      notKept: () => made.state.refused?.reasons.map(({ reason, names }) => `${reason} ${names.join(' ')}`) ?? [],
    };
  };

  it('are asked for one after the other, each with its own wrong passwords', async () => {
    const { made, comes, asked, kept, downloaded, told } = withPasswords({ 'mai.pdf': 'x', 'juin.pdf': 'y' });
    await comes('mai.pdf');
    await comes('juin.pdf');
    expect(made.state.locked).toEqual({ name: 'mai', tries: 0, announced: true });
    expect(await made.unlock('y')).toEqual(fail('wrong-password'));
    expect(made.state.locked).toEqual({ name: 'mai', tries: 1, announced: true });
    expect(await made.unlock('x')).toMatchObject({ ok: true });
    expect(made.state).toMatchObject({ arrived: 'id of mai.pdf', locked: { name: 'juin', tries: 0 } });
    expect(await made.unlock('y')).toMatchObject({ ok: true });
    expect([asked(), kept, downloaded(), told()]).toEqual([null, ['mai.pdf', 'juin.pdf'], 2, 2]);
    expect(await made.unlock('y')).toEqual(fail('gone'));
  });

  it('that share a password are opened together', async () => {
    const { made, comes, asked, kept, downloaded } = withPasswords({ 'a.pdf': 'x', 'b.pdf': 'other', 'c.pdf': 'x' });
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await comes(name);
    expect(await made.unlock('x')).toMatchObject({ ok: true, value: { id: 'id of a.pdf' } });
    expect([kept, downloaded()]).toEqual([['a.pdf', 'c.pdf'], 2]);
    expect(made.state).toMatchObject({ arrived: 'id of a.pdf', refused: null });
    expect(made.state.locked).toEqual({ name: 'b', tries: 0, announced: true }); // the person gave it no password yet
    made.dismiss(made.state.shown);
    expect([made.state.arrived, asked()]).toEqual([null, 'b']);
  });

  it('wait while the person closes the notice of another document or a refusal', async () => {
    const { made, comes, asked, notKept } = withPasswords({ 'mai.pdf': 'x', 'juin.pdf': 'y' });
    await comes('mai.pdf');
    await comes('juin.pdf');
    await comes('open.pdf');
    made.dismiss(made.state.shown);
    expect([made.state.arrived, asked()]).toEqual([null, 'mai']);
    made.refuse('damaged', { names: ['bad.pdf'] });
    made.dismiss(made.state.shown); // « Annuler » of the question for the first one
    expect([asked(), notKept()]).toEqual(['juin', ['damaged bad', 'no-password mai']]);
    made.dismiss(made.state.shown);
    expect([asked(), notKept()]).toEqual([null, ['damaged bad', 'no-password mai juin']]);
    made.dismiss(made.state.shown);
    expect(made.state).toMatchObject({ arrived: null, locked: null, refused: null });
  });

  it('are given up one at a time, even if two have the same name', async () => {
    const { made, comes, asked, notKept } = withPasswords({ 'mai.pdf': 'x' });
    await comes('mai.pdf');
    await comes('mai.pdf');
    const { shown } = made.state;
    made.dismiss(shown);
    made.dismiss(shown); // the second half of a double press
    expect([asked(), notKept()]).toEqual(['mai', ['no-password mai']]);
  });

  it('that nobody asked for are kept, and asked for last', async () => {
    const { made, comes, asked, kept, notKept } = withPasswords({ 'silent.pdf': 'x', 'mai.pdf': 'y' });
    await comes('silent.pdf', { announced: false });
    expect(made.state.locked).toEqual({ name: 'silent', tries: 0, announced: false });
    await comes('mai.pdf');
    expect(made.state.locked).toEqual({ name: 'mai', tries: 0, announced: true });
    made.dismiss(made.state.shown);
    expect(notKept()).toEqual(['no-password mai']);
    made.dismiss(made.state.shown); // the refusal: the silent one is not on the screen
    expect([asked(), notKept()]).toEqual(['silent', []]);
    await made.unlock('x');
    expect(kept).toEqual(['silent.pdf']);
  });

  it.each([
    ['twenty', { count: 21, sizeBytes: 8 }],
    ['80 MB', { count: 3, sizeBytes: 40_000_000 }],
  ])('are kept up to %s, and one more is refused with a sentence', async (_, { count, sizeBytes }) => {
    const names = Array.from({ length: count }, (_unused, i) => `${i}.pdf`);
    const { made, comes, refused, kept, notKept } = withPasswords(Object.fromEntries(names.map((name) => [name, 'x'])));
    for (const name of names) await comes(name, { sizeBytes });
    const last = `too-many-locked ${count - 1}`;
    expect([notKept(), refused]).toEqual([[last], ['too-many-locked']]);
    await made.unlock('x');
    expect(kept).toEqual(names.slice(0, -1));
    expect(notKept()).toEqual([last]);
  });

  it('are not tried any more once the session has ended', async () => {
    const { made, comes, tried, over, during } = withPasswords({ 'a.pdf': 'x', 'b.pdf': 'x' });
    await comes('a.pdf');
    await comes('b.pdf');
    during(() => over.abort());
    expect(await made.unlock('x')).toEqual(fail('gone'));
    expect(tried).toEqual(['a.pdf x']);
  });

  it('that are given up while they are opened are not in the tray, since the person reads that they are not kept', async () => {
    const { made, comes, kept, notKept } = withPasswords({ 'a.pdf': 'x' });
    await comes('a.pdf');
    const unlocked = made.unlock('x');
    made.dismiss(made.state.shown);
    expect(await unlocked).toEqual(fail('gone'));
    expect([kept, notKept()]).toEqual([[], ['no-password a']]);
  });

  it('that the person gives up while another one is opened are not tried', async () => {
    const { made, comes, tried, asked } = withPasswords({ 'a.pdf': 'x', 'b.pdf': 'x', 'c.pdf': 'x' });
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await comes(name);
    const unlocked = made.unlock('x');
    made.dismiss(made.state.shown);
    expect(asked()).toBe('b');
    expect(await unlocked).toEqual(fail('gone'));
    expect(tried).toEqual(['a.pdf x']);
  });
});

it('a letter is said to be converted until it is, whatever else arrives meanwhile', async () => {
  const letters = new Map<string, () => void>();
  const tray = {
    addFile: ({ name }: { name: string }) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (name.endsWith('.rtf')) letters.set(name, resolve);
      else resolve();
      return promise.then(() => ok({ id: name } as StoredDocument));
    },
  } as unknown as Tray;
  const made = createArrivals({
    tray,
    logger: { log: () => undefined },
    over: new AbortController().signal,
    onChange: () => undefined,
    onArrived: () => undefined,
  });
  const comes = (name: string, origin: 'download' | 'key') =>
    made.take({ name, bytes: new TextEncoder().encode(name.endsWith('.rtf') ? '{\\rtf1' : '%PDF-1.4'), origin });
  const first = comes('lettre.rtf', 'download');
  await comes('paie.pdf', 'key');
  expect(made.state.converting).toBe('lettre');
  const second = comes('bail.rtf', 'key');
  expect(made.state.converting).toBe('bail');
  letters.get('bail.rtf')?.();
  await second;
  expect(made.state.converting).toBe('lettre');
  letters.get('lettre.rtf')?.();
  await first;
  expect(made.state.converting).toBeNull();
});
