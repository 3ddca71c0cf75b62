/**
 * Archives made by other programs than ours, with the real vault and the real decoder: nothing in them is lost unsaid.
 */
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { infoZip, pythonRuns, pythonZip, withMethod, zipRuns, type Files } from '../../harness/documents/archives.ts';
import { documentsFixture, type DocumentsFixture } from '../../harness/scanning/documents-fixture.ts';

if (!zipRuns) console.warn('SKIPPED: zip is not installed');
if (!pythonRuns) console.warn('SKIPPED: python3 is not installed');

let fixture: DocumentsFixture;
let pdf: Uint8Array;
beforeAll(async () => {
  fixture = await documentsFixture();
  const drawn = await PDFDocument.create();
  drawn.addPage();
  pdf = await drawn.save();
});
afterEach(() => fixture.wipe());
afterAll(() => fixture.stop());

const pdfs = (...names: readonly string[]): Files => Object.fromEntries(names.map((name) => [name, pdf]));
/** What is in the tray, and what the person reads that is not. */
const after = async (archive: Uint8Array) => {
  await fixture.download('dossier.zip', archive);
  const { list, refused } = fixture.state();
  return {
    kept: list.map(({ name }) => name).sort(),
    said: refused && Object.fromEntries(refused.reasons.map(({ reason, names }) => [reason, [...names].sort()])),
    count: refused?.reasons.reduce((sum, one) => sum + one.count, 0) ?? 0,
  };
};
const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `bulletin ${String(at + 1).padStart(2, '0')}`);

describe.skipIf(!zipRuns)('an archive of Info-ZIP', () => {
  it('of 24 payslips gives 20, and names the four others until the person has read it', async () => {
    const payslips = pdfs(...numbered(24).map((name) => `${name}.pdf`));
    const { kept, said, count } = await after(infoZip([payslips]));
    expect([kept.length, count]).toEqual([20, 4]);
    expect([...kept, ...said!['archive-limit']!].sort()).toEqual(numbered(24));
    expect(fixture.state().arrived).not.toBeNull();
    await fixture.documents.handlers.dismiss({ shown: fixture.state().shown });
    expect(fixture.state()).toMatchObject({ arrived: null, refused: { announced: true } });
    await fixture.documents.handlers.dismiss({ shown: fixture.state().shown });
    expect(fixture.state().refused).toBeNull();
  });

  it('with folders, and the files that a Mac or Windows adds, is the documents alone', async () => {
    const files = pdfs('2026/mars/bulletin.pdf', '2026/avril/bulletin.pdf', 'été/à garder.pdf');
    const added = { '__MACOSX/2026/._bulletin.pdf': 'x', '2026/.DS_Store': 'x', 'Thumbs.db': 'x', 'desktop.ini': 'x' };
    expect(await after(infoZip([{ ...files, ...added }]))).toEqual({
      kept: ['bulletin', 'bulletin (2)', 'à garder'],
      said: null,
      count: 0,
    });
  });

  it('of which some files have a password (ZipCrypto) says which', async () => {
    const { kept, said } = await after(infoZip([pdfs('ouvert.pdf')], [pdfs('a.pdf', 'b.pdf'), '-P', 'secret']));
    expect([kept, said]).toEqual([['ouvert'], { locked: ['a', 'b'] }]);
  });

  it('that has a password says so, instead of not knowing how to open it', async () => {
    const archive = infoZip([pdfs('a.pdf', 'b.pdf'), '-P', 'secret']);
    expect(await after(archive)).toEqual({ kept: [], said: { locked: ['a', 'b'] }, count: 2 });
  });

  it('packed by bzip2 says that nothing of it could be unpacked', async () => {
    const { kept, said } = await after(infoZip([pdfs('a.pdf'), '-Z', 'bzip2']));
    expect([kept, said]).toEqual([[], { 'unknown-packing': ['a'] }]);
  });

  it('in which one file is damaged keeps the others and names that one', async () => {
    const archive = infoZip([pdfs('a.pdf')], [pdfs('b.pdf')], [pdfs('c.pdf')]);
    const at = Buffer.from(archive).indexOf('b.pdf');
    archive.fill(0xff, at + 40, at + 80);
    expect(await after(archive)).toEqual({ kept: ['a', 'c'], said: { damaged: ['b'] }, count: 1 });
  });

  it('in which there is another archive, a table and a program says each', async () => {
    const inner = infoZip([pdfs('dedans.pdf')]);
    const table = infoZip([{ 'xl/workbook.xml': '<x/>', '[Content_Types].xml': '<x/>' }]);
    const files = { ...pdfs('a.pdf'), 'encore.zip': inner, 'comptes.xlsx': table, 'setup.exe': 'MZ\0', 'vide.pdf': '' };
    expect(await after(infoZip([files]))).toEqual({
      kept: ['a'],
      said: { archive: ['encore'], office: ['comptes'], program: ['setup'], empty: ['vide'] },
      count: 4,
    });
  });

  it('whose directory is damaged in the middle says that files may be missing', async () => {
    const archive = infoZip([pdfs('a.pdf')], [pdfs('b.pdf')], [pdfs('c.pdf')]);
    const bytes = Buffer.from(archive);
    const second = bytes.indexOf('PK\x01\x02', bytes.indexOf('PK\x01\x02', 0, 'latin1') + 4, 'latin1');
    bytes.write('XX', second);
    const { kept, said } = await after(new Uint8Array(bytes));
    expect([kept, said]).toEqual([['a'], { damaged: ['dossier'] }]);
  });
});

describe.skipIf(!zipRuns)('an archive packed by a method that no program here writes', () => {
  it.each([
    ['Deflate64', 9, 0, 'unknown-packing'],
    ['AES', 99, 1, 'locked'],
  ])('%s is said', async (_, method, flags, reason) => {
    const { kept, said } = await after(withMethod(infoZip([pdfs('a.pdf')]), method, flags));
    expect([kept, said]).toEqual([[], { [reason]: ['a'] }]);
  });
});

describe.skipIf(!pythonRuns)('an archive of Python', () => {
  it.each([
    ['CP437', { page: 'cp437' }],
    ['CP850', { page: 'cp850' }],
    ['UTF-8', {}],
  ] as const)('shows its names as they were written in %s', async (_, how) => {
    const archive = pythonZip({ ...pdfs('reçu d août.pdf', 'dossier/Éléonore.pdf') }, how);
    expect(await after(archive)).toEqual({ kept: ['reçu d août', 'Éléonore'], said: null, count: 0 });
  });

  it.each([
    ['nothing', {}],
    ['a folder alone', { 'vide/': '' }],
  ] as const)('that holds %s is empty, and the person is told', async (_, files) => {
    expect(await after(pythonZip(files))).toEqual({ kept: [], said: { empty: ['dossier'] }, count: 1 });
  });

  it('packed by LZMA names what could not be unpacked, and one that only stores its files is taken', async () => {
    expect(await after(pythonZip(pdfs('a.pdf', 'b.pdf'), { packing: 'ZIP_LZMA' }))).toMatchObject({
      kept: [],
      said: { 'unknown-packing': ['a', 'b'] },
    });
    await fixture.wipe();
    expect(await after(pythonZip(pdfs('a.pdf', 'b.pdf'), { packing: 'ZIP_STORED' }))).toMatchObject({
      kept: ['a', 'b'],
      said: null,
    });
  });
});

it('a damaged PDF before a good one is still said after the good one has come', async () => {
  await fixture.download('abime.pdf', '%PDF-1.7 but nothing more');
  await fixture.download('bon.pdf', pdf);
  await fixture.documents.handlers.dismiss({ shown: fixture.state().shown });
  expect(fixture.state()).toMatchObject({
    arrived: null,
    refused: { reasons: [{ reason: 'damaged', names: ['abime'], count: 1 }] },
  });
});

it('a file refused right after one that was announced is said next, though nobody pressed again', async () => {
  await fixture.download('bon.pdf', pdf);
  await fixture.download('programme.exe', 'MZ\0', false);
  await fixture.documents.handlers.dismiss({ shown: fixture.state().shown });
  expect(fixture.state().refused).toEqual({
    reasons: [{ reason: 'program', names: ['programme'], count: 1 }],
    announced: true,
  });
});
