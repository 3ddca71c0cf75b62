/** The parts of a conversion without file access, and LibreOffice's limits on a simulated machine. */
import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../main/contract/result.ts';
import { createOffice } from '../../../main/features/documents/conversions/office.ts';
import { textOf } from '../../../main/features/documents/conversions/plain-text.ts';
import { tiffPages } from '../../../main/features/documents/conversions/tiff-directory.ts';
import { zipEntries, zipText } from '../../../main/features/documents/conversions/zip-directory.ts';
import type { Run, RunFailure, RunOptions, RunOutput } from '../../../main/platform/run.ts';
import { zipOf } from '../../harness/documents/letters.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

describe('a text', () => {
  it.each([
    ['UTF-8', Buffer.from('é€œ')],
    ['UTF-8 with its mark', Buffer.from('\ufeffé€œ')],
    ['UTF-16 with its mark', Buffer.from('\ufeffé€œ', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffé€œ', 'utf16le').swap16()],
  ])('in %s is read with its accents', (_, bytes) => expect(textOf(bytes)).toBe('é€œ'));

  it('in Windows-1252 too', () => expect(textOf(Uint8Array.of(0x80, 0x20, 0xe9, 0x9c))).toBe('€ éœ'));

  it('in UTF-16 without its mark is known by its zeros', () => {
    expect(textOf(Buffer.from('Bonjour à tous', 'utf16le'))).toBe('Bonjour à tous');
    expect(textOf(Buffer.from('Bonjour à tous', 'utf16le').swap16())).toBe('Bonjour à tous');
  });

  it.each([
    ['a zero', [65, 0, 66]],
    ['a control character', [65, 7, 66]],
    ['a letter that Windows has not', [0xe9, 0x81]],
  ])('is none with %s in it', (_, bytes) => expect(textOf(Uint8Array.from(bytes))).toBeUndefined());
});

describe('a ZIP', () => {
  it('is read by its directory', () => {
    const zip = zipOf({ 'a.txt': 'a'.repeat(500), b: 'b' });
    const entries = zipEntries(zip)!;
    expect(entries.map(({ name, packing, plainBytes }) => [name, packing, plainBytes])).toEqual([
      ['a.txt', 'deflated', 500],
      ['b', 'stored', 1],
    ]);
    expect(entries.map((entry) => zipText(zip, entry, 500))).toEqual(['a'.repeat(500), 'b']);
  });

  it('is not unpacked beyond the bound, nor where it is cut', () => {
    const zip = zipOf({ a: 'a'.repeat(100_000) });
    const [entry] = zipEntries(zip)!;
    expect(zipText(zip, entry!, 99_999)).toBeUndefined();
    expect(zipText(zip, { ...entry!, at: 90 }, 100_000)).toBeUndefined();
    expect(zipEntries(zip.subarray(0, 40))).toBeUndefined();
    expect(zipEntries(new Uint8Array(3))).toBeUndefined();
  });
});

describe('a TIFF', () => {
  /** Directories one after the other; `next` of the last may point back. */
  const tiff = (pages: readonly (readonly (readonly [tag: number, value: number])[])[], loop = false): Uint8Array => {
    const bytes = Buffer.alloc(4_096);
    bytes.write('II*\0', 'latin1');
    bytes.writeUInt32LE(8, 4);
    let at = 8;
    pages.forEach((fields, n) => {
      bytes.writeUInt16LE(fields.length, at);
      fields.forEach(([tag, value], i) => {
        const field = at + 2 + i * 12;
        bytes.writeUInt16LE(tag, field);
        bytes.writeUInt16LE(4, field + 2);
        bytes.writeUInt32LE(1, field + 4);
        bytes.writeUInt32LE(value, field + 8);
      });
      const next = at + 2 + fields.length * 12;
      const last = n === pages.length - 1;
      bytes.writeUInt32LE(last ? (loop ? 8 : 0) : next + 4, next);
      at = next + 4;
    });
    return bytes;
  };

  it('has a page for each picture that is not a preview', () => {
    expect(tiffPages(tiff([[[254, 2]], [[254, 1]], [[254, 0]], []]))?.map(({ index }) => index)).toEqual([0, 2, 3]);
  });

  it('whose directory is a loop, or leads out of the file, is left to others', () => {
    expect(tiffPages(tiff([[]], true))).toBeUndefined();
    expect(tiffPages(tiff([[[282, 900_000_000]]]))).toBeUndefined();
    expect(tiffPages(Uint8Array.of(0x49, 0x49, 0x2a, 0))).toBeUndefined();
  });
});

describe('LibreOffice', () => {
  const createFixture = () => {
    const clock = createManualClock();
    const asked: { options: RunOptions; answer: (result: Result<RunOutput, RunFailure>) => void }[] = [];
    const machine = { memoryBytes: 150_000_000, threads: 8 };
    const logged: unknown[] = [];
    const run: Run = (_program, _args, options) =>
      new Promise((answer) => {
        asked.push({ options, answer });
        options.signal?.addEventListener('abort', () => answer(fail({ kind: 'aborted' })));
        options.onStarted?.(4_242);
      });
    const office = createOffice({
      run,
      clock,
      logger: { log: (event, fields) => void logged.push([event, fields]) },
      account: undefined,
      treeUse: () => ({ pids: [], ...machine }),
    });
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    return { clock, asked, machine, logged, office, settled };
  };
  const bytes = Uint8Array.of(1);
  const output = (stderr = ''): RunOutput => ({ stdout: Buffer.from('%PDF'), stderr });

  it('gets the document by its input, 20 seconds, and gives the PDF by its output', async () => {
    const { asked, office, settled } = createFixture();
    const made = office.toPdf('docx', bytes);
    await settled();
    expect(asked[0]!.options).toMatchObject({ input: bytes, timeoutMs: 20_000 });
    asked[0]!.answer(ok(output()));
    expect(await made).toEqual({ ok: true, value: new Uint8Array(Buffer.from('%PDF')) });
  });

  it.each([
    ['memory', { memoryBytes: 401 * 1024 * 1024 }],
    ['threads', { threads: 101 }],
  ])('is ended when it takes too much (%s)', async (_, use) => {
    const { clock, machine, office, settled } = createFixture();
    const made = office.toPdf('odt', bytes);
    await settled();
    await clock.advance(10_000);
    await settled();
    expect(office.leftovers()).toHaveLength(1);
    Object.assign(machine, use);
    await clock.advance(150);
    expect(await made).toEqual({ ok: false, error: 'too-heavy' });
    expect(office.leftovers()).toEqual([]);
  });

  it.each<[string, RunFailure, string, string | undefined]>([
    ['it takes too long', { kind: 'timeout', output: output() }, 'too-heavy', undefined],
    ['its PDF is enormous', { kind: 'too-much-output' }, 'too-heavy', undefined],
    ['it made nothing', { kind: 'exit', code: 65, output: output() }, 'damaged', undefined],
    ['it is not installed', { kind: 'exit', code: 64, output: output() }, 'no-converter', 'libreoffice'],
    ['nobody may make a sandbox', { kind: 'exit', code: 1, output: output() }, 'no-converter', 'sandbox'],
    ['bubblewrap is not installed', { kind: 'missing', program: 'bwrap' }, 'no-converter', 'sandbox'],
  ])('where %s', async (_, failure, fault, reason) => {
    const { asked, logged, office, settled } = createFixture();
    const made = office.toPdf('txt', bytes);
    await settled();
    asked[0]!.answer(fail(failure));
    expect(await made).toEqual({ ok: false, error: fault });
    const again = office.toPdf('txt', bytes);
    await settled();
    asked[1]!.answer(fail(failure));
    await again;
    // Once: a line for each letter would tell when people bring one.
    expect(logged).toEqual(reason ? [['documents.no-converter', { reason }]] : []);
  });

  it('converts one document after the other, and none after the session has ended', async () => {
    const { asked, office, settled } = createFixture();
    const all = [1, 2, 3].map(() => office.toPdf('docx', bytes));
    await settled();
    expect(asked).toHaveLength(1);
    asked[0]!.answer(ok(output()));
    await all[0];
    await settled();
    expect(asked).toHaveLength(2);
    await office.clear();
    expect(await Promise.all(all.slice(1))).toEqual(Array(2).fill({ ok: false, error: 'cut' }));
    expect(asked).toHaveLength(2);
  });

  it('is not asked for more than a person would', async () => {
    const { asked, office, settled } = createFixture();
    const all = Array.from({ length: 9 }, () => office.toPdf('docx', bytes));
    expect(await all[8]).toEqual({ ok: false, error: 'too-heavy' });
    await settled();
    asked[0]!.answer(ok(output()));
    await all[0];
    await settled();
    void office.toPdf('docx', bytes);
    await office.clear();
    expect(await all[7]).toEqual({ ok: false, error: 'cut' });
  });

  it('is not started for a document that is too large', async () => {
    const { asked, office } = createFixture();
    expect(await office.toPdf('docx', new Uint8Array(40_000_001))).toEqual({ ok: false, error: 'too-heavy' });
    expect(asked).toEqual([]);
  });
});
