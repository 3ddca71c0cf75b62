/** What every adapter of the UsbKeys port must do. */
import { describe, expect, it } from 'vitest';
import type { OpenKey, UsbKeys } from '../../../main/devices/usb-keys.ts';

export interface KeysFixture {
  readonly keys: UsbKeys;
  /** Plugs a key in, and returns its id once the adapter could notice. `room`: how many more files fit on it. */
  plugIn(
    files?: Readonly<Record<string, string>>,
    facts?: { readonly readOnly?: boolean; readonly room?: number; readonly leftMounted?: boolean },
  ): Promise<string>;
  /** Resolves once the adapter could notice. The key is out at once. */
  pullOut(id: string): Promise<void>;
  /** The names of the files at the top of the key, sorted; also after it was pulled out. */
  filesOn(id: string): readonly string[];
  stop(): Promise<void>;
}

const on = (): AbortSignal => new AbortController().signal;
const paper = (name: string, text = 'canari') => ({ name, bytes: new TextEncoder().encode(text) });
const gone = { ok: false, error: 'pulled-out' };
const done = { ok: true, value: null };

export const usbKeysSuite = (name: string, make: () => Promise<KeysFixture>): void => {
  const playing =
    (act: (fixture: KeysFixture) => Promise<void>): (() => Promise<void>) =>
    async () => {
      const fixture = await make();
      try {
        await act(fixture);
        await fixture.keys.release();
        expect(await fixture.keys.leftovers()).toEqual([]);
      } finally {
        await fixture.stop();
      }
    };
  const opened = async (keys: UsbKeys, key: string): Promise<OpenKey> => {
    const answer = await keys.open(key, on());
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  };

  describe(`USB keys: ${name}`, () => {
    it(
      'are reported: those that are in already first, then each change, and nothing after a stop',
      playing(async ({ keys, plugIn, pullOut }) => {
        const first = await plugIn();
        const seen: (readonly string[])[] = [];
        const stop = keys.watch((plugged) => seen.push(plugged));
        expect(seen).toEqual([]); // the caller has the answer of `watch` before the first call
        const second = await plugIn();
        await pullOut(first);
        stop();
        await pullOut(second);
        expect(seen.at(-1)).toEqual([second]);
        expect(seen[0]).toContain(first);
        expect(new Set(seen.map((ids) => [...ids].sort().join())).size).toBe(seen.length);
      }),
    );

    it(
      'are listed with every folder, and read up to the wanted size',
      playing(async ({ keys, plugIn }) => {
        const key = await plugIn({ 'CV.pdf': 'canari', 'photos/a.jpg': 'x', 'setup.exe': 'x' });
        const { files, more, canWrite } = await opened(keys, key);
        expect({ more, canWrite }).toEqual({ more: false, canWrite: true });
        const facts = files.map(({ folder, name, kind, sizeBytes, refused }) => [
          folder,
          name,
          kind,
          sizeBytes,
          refused,
        ]);
        expect(facts.sort()).toEqual([
          ['', 'CV.pdf', 'pdf', 6, null],
          ['', 'setup.exe', 'other', 1, 'program'],
          ['photos', 'a.jpg', 'picture', 1, null],
        ]);
        const cv = files.find(({ name }) => name === 'CV.pdf')!;
        const read = await keys.read(key, cv, 6, on());
        expect(read.ok && Buffer.from(read.value).toString()).toBe('canari');
        expect(await keys.read(key, cv, 5, on())).toEqual({ ok: false, error: 'too-large' });
      }),
    );

    it(
      'that are not in can be neither opened, read nor written',
      playing(async ({ keys, plugIn, pullOut }) => {
        const key = await plugIn({ 'CV.pdf': 'x' });
        const { files } = await opened(keys, key);
        await pullOut(key);
        expect(await keys.read(key, files[0]!, 100, on())).toEqual(gone);
        expect(await keys.open(key, on())).toEqual(gone);
        expect(await keys.write(key, [paper('a.pdf')], () => undefined, on())).toEqual(gone);
      }),
    );

    it(
      'are open one at a time',
      playing(async ({ keys, plugIn }) => {
        const [first, second] = [await plugIn({ 'a.pdf': 'a' }), await plugIn({ 'b.pdf': 'b' })];
        const [a] = (await opened(keys, first)).files;
        const [b] = (await opened(keys, second)).files;
        expect(await keys.read(first, a!, 100, on())).toEqual(gone);
        expect((await keys.read(second, b!, 100, on())).ok).toBe(true);
      }),
    );

    it(
      'get copies next to their own files',
      playing(async ({ keys, plugIn, filesOn }) => {
        const key = await plugIn({ 'CV.pdf': 'theirs' });
        const counts: number[] = [];
        const papers = [paper('CV.pdf', 'ours'), paper('note.pdf')];
        expect(await keys.write(key, papers, (count) => counts.push(count), on())).toEqual(done);
        expect(counts).toEqual([1, 2]);
        expect(filesOn(key)).toEqual(['CV (2).pdf', 'CV.pdf', 'note.pdf']);
        const { files } = await opened(keys, key);
        const read = await keys.read(
          key,
          files.find(({ name }) => name === 'CV.pdf')!,
          100,
          on(),
        );
        expect(read.ok && Buffer.from(read.value).toString()).toBe('theirs');
        expect(await keys.write(key, [], () => undefined, on())).toEqual(done);
      }),
    );

    it(
      'that are full get none of the files',
      playing(async ({ keys, plugIn, filesOn }) => {
        const key = await plugIn({ 'CV.pdf': 'x' }, { room: 1 });
        expect(await keys.write(key, [paper('a.pdf'), paper('b.pdf')], () => undefined, on())).toEqual({
          ok: false,
          error: 'full',
        });
        expect(filesOn(key)).toEqual(['CV.pdf']);
      }),
    );

    it(
      'that are write-protected are read only',
      playing(async ({ keys, plugIn, filesOn }) => {
        const key = await plugIn({ 'CV.pdf': 'x' }, { readOnly: true });
        expect((await opened(keys, key)).canWrite).toBe(false);
        expect(await keys.write(key, [paper('a.pdf')], () => undefined, on())).toEqual({
          ok: false,
          error: 'write-protected',
        });
        expect(filesOn(key)).toEqual(['CV.pdf']);
      }),
    );

    it(
      'that are pulled out during a copy are reported, and the copy is no success',
      playing(async ({ keys, plugIn, pullOut }) => {
        const key = await plugIn();
        let out: Promise<void> | undefined;
        const papers = [paper('a.pdf'), paper('b.pdf'), paper('c.pdf')];
        expect(await keys.write(key, papers, () => void (out ??= pullOut(key)), on())).toEqual(gone);
        await out;
      }),
    );

    it(
      'are not touched once the session is over',
      playing(async ({ keys, plugIn, filesOn }) => {
        const key = await plugIn({ 'CV.pdf': 'x' });
        const { files } = await opened(keys, key);
        await keys.release();
        expect(await keys.open(key, AbortSignal.abort())).toEqual(gone);
        expect(await keys.read(key, files[0]!, 100, AbortSignal.abort())).toEqual(gone);
        expect(await keys.write(key, [paper('a.pdf')], () => undefined, AbortSignal.abort())).toEqual(gone);
        expect(filesOn(key)).toEqual(['CV.pdf']);
        expect(await keys.leftovers()).toEqual([]);
      }),
    );

    it.each([1, 2])(
      'keep nothing of a copy that the end of the session stopped after file %i of 2, and are released only then',
      (last) =>
        playing(async ({ keys, plugIn, filesOn }) => {
          const key = await plugIn({ 'CV.pdf': 'x' });
          const over = new AbortController();
          let released: Promise<readonly string[]> | undefined;
          const onDone = (count: number): void => {
            if (count < last) return;
            over.abort();
            released ??= keys.release().then(() => filesOn(key));
          };
          const copy = keys.write(key, [paper('a.pdf'), paper('b.pdf')], onDone, over.signal);
          expect(await keys.leftovers()).toHaveLength(1);
          expect(await copy).toEqual(gone);
          expect(await released).toEqual(['CV.pdf']);
        })(),
    );

    it(
      'are leftovers while they are open, and can be released twice',
      playing(async ({ keys, plugIn }) => {
        const key = await plugIn({ 'CV.pdf': 'x' });
        const { files } = await opened(keys, key);
        expect(await keys.leftovers()).toHaveLength(1);
        await keys.release();
        await keys.release();
        expect(await keys.leftovers()).toEqual([]);
        expect(await keys.read(key, files[0]!, 100, on())).toEqual(gone);
        expect((await opened(keys, key)).files).toHaveLength(1);
      }),
    );

    it(
      'that an earlier run left mounted are leftovers, until they are released',
      playing(async ({ keys, plugIn }) => {
        await plugIn({}, { leftMounted: true });
        expect(await keys.leftovers()).toHaveLength(1);
        await keys.release();
        expect(await keys.leftovers()).toEqual([]);
      }),
    );

    it(
      'that are being opened when they are released end up closed',
      playing(async ({ keys, plugIn }) => {
        const key = await plugIn();
        const opening = keys.open(key, on());
        expect(await keys.leftovers()).toHaveLength(1);
        await keys.release();
        expect((await opening).ok).toBe(true);
        expect(await keys.leftovers()).toEqual([]);
      }),
    );
  });
};
