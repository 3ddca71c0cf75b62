/** The tray with its real vault and decoder: incoming documents, files given to sites, residue. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../main/platform/run.ts';
import { because, documentsFixture, type DocumentsFixture } from '../../harness/scanning/documents-fixture.ts';
import { scanOf } from '../../harness/scanning/damage.ts';
import { attestationCaf, letter } from '../../harness/scanning/papers.ts';
import { LIGHTER_BYTES } from '../../../main/contract/lighter-bytes.ts';
import { fitPages } from '../../../main/features/documents/work/fit.ts';
import type { PaperPage } from '../../../main/features/documents/work/operations.ts';

let fixture: DocumentsFixture;
let papers: PaperPage[];
beforeAll(async () => {
  fixture = await documentsFixture();
  papers = await Promise.all(
    [attestationCaf, letter].map(async (paper): Promise<PaperPage> => {
      const { image } = await scanOf(paper, { dpi: 300, noise: 12 });
      if (image.format !== 'raw') throw new Error('raw expected');
      const jpeg = await sharp(image.bytes, { raw: { width: image.width, height: image.height, channels: 3 } })
        .jpeg({ quality: 92 })
        .toBuffer();
      const lines = [
        {
          words: [
            { text: 'Attestation', x: 60, y: 100, width: 80, height: 12 },
            { text: 'payée', x: 145, y: 100, width: 40, height: 12 },
          ],
        },
      ];
      return { jpeg: new Uint8Array(jpeg), width: image.width, height: image.height, dpi: 300, colour: true, lines };
    }),
  );
});
afterEach(() => fixture.wipe());
afterAll(() => fixture.stop());

const download = (name: string, content: Uint8Array | string, asked = true): Promise<void> =>
  fixture.download(name, content, asked);

const scan = async (pages = papers) => {
  const added = await fixture.documents.addPaper({
    kind: 'attestation-caf',
    name: 'Attestation Caf – octobre 2026',
    pages,
  });
  if (!added.ok) throw new Error(added.error);
  return added.value.id;
};

describe('reading aloud', () => {
  const heard = (path: string) => fixture.sound(path);

  it('speaks the text of a scan, until the session ends', async () => {
    const begun = await fixture.documents.handlers.listen({ id: await scan(), from: 0 });
    if (!begun.ok) throw new Error(begun.error.code);
    const path = `${begun.value.reading}/0.wav`;
    expect((await heard(path))?.type).toBe('audio/wav');
    expect(fixture.voice.said.at(-1)).toContain('Attestation payée');
    expect(await fixture.wipe()).toEqual([]);
    expect(await heard(path)).toBeUndefined();
  });

  it('does not start when the session ends first', async () => {
    const said = fixture.voice.said.length;
    const begun = fixture.documents.handlers.listen({ id: await scan(), from: 0 });
    const left = await fixture.wipe();
    expect(await begun).toEqual({ ok: false, error: { code: 'documents.gone' } });
    expect(left).toEqual([]);
    expect(fixture.voice.said).toHaveLength(said);
  });

  it('refuses a document that does not exist', async () => {
    expect(await fixture.documents.handlers.listen({ id: 'gone', from: 0 })).toEqual({
      ok: false,
      error: { code: 'documents.gone' },
    });
  });
});

describe('downloads from a site', () => {
  it('a PDF is stored, announced and shown, and its unencrypted file is gone', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText('Votre demande est bien enregistree sous le numero 42.');
    pdf.addPage();
    await download('recu_2026.pdf', await pdf.save());
    const [one] = fixture.state().list;
    expect(one).toMatchObject({ name: 'recu 2026', format: 'pdf', pages: 2, origin: 'download', hasText: true });
    expect(fixture.state().arrived).toBe(one!.id);
    for (const path of ['thumb.jpg', '1.jpg', '2.jpg'])
      expect((await sharp((await fixture.documents.bytes!(`${one!.id}/${path}`))!.body).metadata()).format).toBe(
        'jpeg',
      );
    expect(await fixture.documents.bytes!(`${one!.id}/3.jpg`)).toBeUndefined();
    const text = await fixture.documents.handlers.texts({ id: one!.id });
    expect(text.ok && text.value.texts[0]).toContain('Votre demande est bien enregistree');
    expect(fixture.counted).toContain('documents.downloaded:1');
  });

  it('a download is kept without a notice when there was no user activity since the last one', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    const bytes = await pdf.save();
    await download('un.pdf', bytes, true);
    await fixture.documents.handlers.dismiss({ shown: fixture.state().shown });
    await download('deux.pdf', bytes, false);
    await download('trois.pdf', 'not a document', false);
    expect(fixture.state().list).toHaveLength(2);
    expect(fixture.state()).toMatchObject({ arrived: null, refused: { announced: false } }); // until the tray is opened
  });

  it('a phone picture is turned upright and loses its metadata', async () => {
    const picture = await sharp({ create: { width: 80, height: 40, channels: 3, background: 'red' } })
      .jpeg()
      .withExif({ IFD0: { Copyright: 'canari' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    await download('IMG_0001.JPG', picture);
    const kept = await fixture.documents.read(fixture.state().list[0]!.id);
    const facts = await sharp(kept).metadata();
    expect([facts.width, facts.height, facts.exif]).toEqual([40, 80, undefined]);
  });

  it.each([
    ['papiers.zip', 'PK\x03\x04', 'archive'],
    ['lettre.docx', 'PK\x03\x04 word/document.xml', 'damaged'],
    ['facture.pdf', '%PDF-1.7 but nothing more', 'damaged'],
    ['photo.jpg', '\xff\xd8\x01', 'unknown'],
    ['vide.pdf', '', 'empty'],
  ])('%s is refused, and the person is told', async (name, content, reason) => {
    await download(name, content);
    expect(fixture.state()).toMatchObject({ list: [], refused: because(reason) });
    await fixture.documents.handlers.dismiss({ shown: fixture.state().shown });
    expect(fixture.state().refused).toBeNull();
  });
});

describe('files given to a site', () => {
  const one = { accept: '', multiple: false };
  const many = { accept: '', multiple: true };

  it('a document is made to fit the limit, stays readable, and gets a neutral name', async () => {
    const id = await scan();
    await fixture.documents.handlers.rename({ id, name: 'Papier de Canari' });
    const limits = { formats: ['pdf'] as const, maxBytes: 120_000, multiple: false };
    const given = await fixture.documents.filesForPage([id], limits, one);
    if (!given.ok) throw new Error(given.error);
    const [path] = given.value.paths;
    expect(basename(path!)).toBe('attestation-caf-1.pdf');
    const bytes = await readFile(path!);
    expect(bytes.length).toBeLessThanOrEqual(120_000);
    expect((await PDFDocument.load(bytes)).getPageCount()).toBe(2);
    expect(fixture.state().list[0]!.done.sent).toBe(false);
    given.value.given();
    expect(fixture.state().list[0]!.done.sent).toBe(true);
    await given.value.release();
    expect(await readdir(join(fixture.folder, 'uploads'))).toEqual([]);
  });

  it('another paper never goes under the name of one that was erased', async () => {
    const nameOf = async (id: string): Promise<string> => {
      const given = await fixture.documents.filesForPage([id], null, one);
      if (!given.ok) throw new Error(given.error);
      await given.value.release();
      return basename(given.value.paths[0]!);
    };
    const first = await scan(papers.slice(0, 1));
    const second = await scan(papers.slice(0, 1));
    expect([await nameOf(first), await nameOf(second)]).toEqual(['attestation-caf-1.pdf', 'attestation-caf-2.pdf']);
    await fixture.documents.handlers.erase({ id: first });
    expect(await nameOf(second)).toBe('attestation-caf-2.pdf');
    expect(await nameOf(await scan(papers.slice(0, 1)))).toBe('attestation-caf-3.pdf');
  });

  it('a document is split when one file would be too large and the site accepts several', async () => {
    const id = await scan([...papers, ...papers]);
    const limits = { formats: ['pdf'] as const, maxBytes: 45_000, multiple: true };
    const given = await fixture.documents.filesForPage([id], limits, many);
    if (!given.ok) throw new Error(given.error);
    expect(given.value.paths.length).toBeGreaterThan(1);
    for (const path of given.value.paths) expect((await readFile(path)).length).toBeLessThanOrEqual(45_000);
    await given.value.release();
  });

  it('a document that cannot be legible under the limit is refused', async () => {
    const limits = { formats: ['pdf'] as const, maxBytes: 3_000, multiple: false };
    const given = await fixture.documents.filesForPage([await scan()], limits, one);
    expect(given).toEqual({ ok: false, error: 'too-large' });
    expect(fixture.state().list[0]!.done.sent).toBe(false);
  });

  it('a heavy photo is given lighter when its site finds it too heavy', async () => {
    const noise = { type: 'gaussian', mean: 160, sigma: 30 } as const;
    const photo = await sharp({ create: { width: 1800, height: 2400, channels: 3, noise, background: '#fff' } })
      .jpeg({ quality: 92 })
      .toBuffer();
    await download('photo.jpg', photo);
    const id = fixture.state().list[0]!.id;
    const sizeOf = async (lighter: boolean): Promise<number> => {
      const given = await fixture.documents.filesForPage([id], null, { ...one, lighter });
      if (!given.ok) throw new Error(given.error);
      const [bytes] = await Promise.all(given.value.paths.map((path) => readFile(path)));
      await given.value.release();
      return bytes!.length;
    };
    expect(await sizeOf(false)).toBeGreaterThan(LIGHTER_BYTES);
    expect(await sizeOf(true)).toBeLessThanOrEqual(LIGHTER_BYTES);
  });

  it('is as light as its text stays legible where no limit is known', async () => {
    const facts = { format: 'pdf', maySplit: false, title: 'Bail', dateMs: 0 } as const;
    const light = await fitPages(papers, { ...facts, maxBytes: 3_000, orLightest: true });
    const best = await fitPages(papers, { ...facts, maxBytes: null, orLightest: false });
    expect(light).toHaveLength(1);
    expect(light[0]!.length).toBeLessThan(best[0]!.length / 3);
  });

  it('a document becomes a picture when the site accepts only pictures', async () => {
    const given = await fixture.documents.filesForPage(
      [await scan(papers.slice(0, 1))],
      { formats: ['jpeg', 'png'], maxBytes: 400_000, multiple: false },
      { accept: 'image/jpeg', multiple: false },
    );
    if (!given.ok) throw new Error(given.error);
    expect(basename(given.value.paths[0]!)).toBe('attestation-caf-1.jpg');
    expect((await sharp(given.value.paths[0]!).metadata()).format).toBe('jpeg');
    await given.value.release();
  });
});

describe('a site that takes pictures only', () => {
  const pictures = (multiple: boolean) => ({ accept: 'image/*', multiple });
  const fits = async (multiple: boolean) => {
    const reply = await fixture.documents.handlers.choices({ demarche: 'demo', ...pictures(multiple) });
    return reply.ok && reply.value.map((one) => one.fits);
  };

  it('takes a paper of two pages as two pictures', async () => {
    const id = await scan();
    expect(await fits(true)).toEqual([true]);
    const given = await fixture.documents.filesForPage([id], null, pictures(true));
    if (!given.ok) throw new Error(given.error);
    expect(given.value.paths.map((path) => basename(path))).toEqual([
      'attestation-caf-1.jpg',
      'attestation-caf-1-2.jpg',
    ]);
    await given.value.release();
  });

  it('does not take it when its input takes one file', async () => {
    const id = await scan();
    expect(await fits(false)).toEqual([false]);
    expect(await fixture.documents.filesForPage([id], null, pictures(false))).toEqual({ ok: false, error: 'format' });
  });

  it('takes it when its démarche knows better', async () => {
    fixture.uploads.set('demo', { formats: ['pdf'], maxBytes: 2_000_000, multiple: false });
    await scan();
    expect(await fits(false)).toEqual([true]);
    fixture.uploads.clear();
  });
});

describe('a scanned paper', () => {
  it('is a PDF with text, language, title and structure', async () => {
    const bytes = (await fixture.documents.read(await scan()))!;
    const path = join(fixture.folder, 'out.pdf');
    await writeFile(path, bytes);
    const [info, text] = await Promise.all([
      run('pdfinfo', [path], { timeoutMs: 10_000 }),
      run('pdftotext', [path, '-'], { timeoutMs: 10_000 }),
    ]);
    if (!info.ok || !text.ok) return console.warn('SKIPPED: poppler-utils is not installed');
    expect(info.value.stdout.toString()).toMatch(
      /Title:\s+Attestation Caf – octobre 2026[^]*Tagged:\s+yes[^]*Pages:\s+2[^]*A4/,
    );
    expect(text.value.stdout.toString()).toContain('Attestation payée');
  });

  it('gets a watermark in a copy, which keeps its text', async () => {
    const id = await scan();
    const made = await fixture.documents.handlers.watermark({ id, recipient: 'la Caf' });
    if (!made.ok) throw new Error(made.error.code);
    const [before, after] = await Promise.all([
      fixture.documents.bytes!(`${id}/1.jpg`),
      fixture.documents.bytes!(`${made.value.id}/1.jpg`),
    ]);
    const mean = async (body: Uint8Array) => (await sharp(body).stats()).channels[0]!.mean;
    expect(await mean(before!.body)).toBeGreaterThan((await mean(after!.body)) + 3);
    expect((await fixture.documents.handlers.texts({ id: made.value.id })).ok).toBe(true);
  });

  it('is too long for a protected copy when its pages cannot all be drawn', async () => {
    const pdf = await PDFDocument.create();
    for (let page = 0; page < 101; page += 1) pdf.addPage([200, 200]);
    await download('contrat.pdf', await pdf.save());
    const made = fixture.documents.handlers.watermark({ id: fixture.state().list[0]!.id, recipient: 'la Caf' });
    expect(await made).toEqual({ ok: false, error: { code: 'documents.too-long' } });
  });

  it('is refused when the vault is full, and leaves nothing behind', async () => {
    const small = await documentsFixture({ maxBytes: 300_000 });
    expect(await small.documents.addPaper({ kind: 'other', name: 'X', pages: papers })).toEqual({
      ok: false,
      error: 'full',
    });
    expect(await readdir(join(small.folder, 'vault'))).toEqual([]);
    expect(small.counted).toEqual(['documents.no-room:1']);
    await small.stop();
  });
});

it('the end of a session leaves nothing', async () => {
  const id = await scan();
  const lent = await fixture.documents.filesForPage([id], null, { accept: '', multiple: false });
  if (!lent.ok) throw new Error(lent.error);
  expect(fixture.documents.leavingItems()).toEqual([{ kind: 'documents', count: 1 }]); // the page has not taken it yet
  lent.value.given();
  expect(fixture.documents.leavingItems()).toEqual([]);
  expect(await fixture.wipe()).toEqual([]);
  expect(fixture.state()).toMatchObject({ list: [], usedBytes: 0 });
  expect(await fixture.documents.read(id)).toBeUndefined();
});
