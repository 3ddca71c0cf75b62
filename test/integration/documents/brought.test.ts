/** Files that people bring on a phone or a USB key, with the real vault and the real decoder. */
import { readFile } from 'node:fs/promises';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fail } from '../../../main/contract/result.ts';
import type { Office } from '../../../main/features/documents/conversions/office.ts';
import { createMemoryKeys } from '../../fakes/memory-keys.ts';
import { docx, odt, paragraph } from '../../harness/documents/letters.ts';
import { bitmap } from '../../harness/documents/pictures.ts';
import { officeRuns, realOffice } from '../../harness/documents/real-office.ts';
import { because, documentsFixture, type DocumentsFixture } from '../../harness/scanning/documents-fixture.ts';
import { until } from '../../harness/until.ts';

const officeIsHere = await officeRuns();
if (!officeIsHere) console.warn('SKIPPED: LibreOffice in its sandbox cannot run here');

const { keys, controller: machine } = createMemoryKeys();

let fixture: DocumentsFixture;
beforeAll(async () => {
  fixture = await documentsFixture({ office: realOffice().office, keys });
});
afterEach(() => {
  // In the next session it would be a key that was in before.
  machine.pullOut('key');
  return fixture.wipe();
});
afterAll(() => fixture.stop());

const download = (name: string, content: Uint8Array | string): Promise<void> => fixture.download(name, content);
const only = () => {
  expect(fixture.state()).toMatchObject({ refused: null, locked: null, converting: null });
  expect(fixture.state().list).toHaveLength(1);
  return fixture.state().list[0]!;
};
const kept = async (): Promise<Uint8Array> => (await fixture.documents.read(only().id))!;
const colourAt = async (picture: Uint8Array, left: number, top: number): Promise<readonly number[]> => [
  ...(await sharp(picture).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
];
const isRed = ([red = 0, green = 0, blue = 0]: readonly number[]): boolean => red > 150 && green < 80 && blue < 80;

it('the leaving screen does not ask for a key that is being written', async () => {
  const reminded = () => fixture.documents.leavingItems().some(({ kind }) => kind === 'usb-key');
  await download('note.txt', 'Bonjour');
  machine.plugIn('key', { room: 0 });
  await until('the key', () => fixture.state().key.kind === 'ready');
  expect(reminded()).toBe(true);
  const written = Promise.withResolvers<void>();
  machine.gate = written.promise;
  const copy = fixture.documents.handlers.copyToKey({ ids: [only().id] });
  await until('the copy', () => fixture.state().key.kind === 'copying');
  expect(reminded()).toBe(false);
  written.resolve();
  await copy;
  expect(reminded()).toBe(true);
});

describe('a picture', () => {
  const jpegOfNoise = (): Promise<Buffer> =>
    sharp({
      create: {
        width: 800,
        height: 600,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg()
      .toBuffer();

  it('with stray bytes between its parts, as some cameras write it, is taken like any other', async () => {
    const jpeg = await jpegOfNoise();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    const stray = Buffer.concat([jpeg.subarray(0, frame), Buffer.alloc(5, 0x20), jpeg.subarray(frame)]);
    await expect(sharp(stray).toBuffer()).rejects.toThrow('extraneous bytes'); // the library's own choice
    await download('CIMG0042.JPG', stray);
    expect(only()).toMatchObject({ format: 'picture', pages: 1 });
  });

  it('that breaks off is refused: half a paper is not a paper', async () => {
    const jpeg = await jpegOfNoise();
    await download('photo.jpg', jpeg.subarray(0, jpeg.length / 2));
    expect(fixture.state()).toMatchObject({ list: [], refused: because('damaged') });
  });

  it('of an iPhone becomes an upright JPEG, with every tile in its place', async () => {
    await download('IMG_2041.HEIC', await readFile(new URL('../../fixtures/documents/photo.heic', import.meta.url)));
    expect(only()).toMatchObject({ name: 'IMG 2041', format: 'picture', pages: 1, madeIntoPdf: false });
    const picture = await kept();
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 128, height: 192 });
    expect(isRed(await colourAt(picture, 96, 32))).toBe(true);
    expect((await colourAt(picture, 32, 160))[2]).toBeGreaterThan(120);
    expect(Math.min(...(await colourAt(picture, 20, 20)))).toBeGreaterThan(200);
  });

  it('of an iPhone that is truncated is reported as damaged', async () => {
    const whole = await readFile(new URL('../../fixtures/documents/photo.heic', import.meta.url));
    await download('IMG_2042.HEIC', whole.subarray(0, 700));
    expect(fixture.state()).toMatchObject({ list: [], refused: because('damaged') });
  });

  it('of Windows (BMP) becomes a JPEG, the right side up', async () => {
    await download(
      'capture.bmp',
      bitmap(31, 20, (x, y) => (x < 10 && y < 10 ? [200, 20, 20] : [250, 250, 250])),
    );
    expect(only()).toMatchObject({ format: 'picture' });
    const picture = await kept();
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 31, height: 20 });
    expect(isRed(await colourAt(picture, 4, 4))).toBe(true);
    expect(isRed(await colourAt(picture, 4, 16))).toBe(false);
  });

  it('of Windows that claims to be enormous is not opened', async () => {
    const bytes = bitmap(4, 4, () => [0, 0, 0]);
    new DataView(bytes.buffer).setInt32(18, 30_000, true);
    new DataView(bytes.buffer).setInt32(22, 30_000, true);
    await download('bombe.bmp', bytes);
    expect(fixture.state()).toMatchObject({ list: [], refused: because('too-complex') });
  });

  it('named .jfif is a JPEG', async () => {
    await download(
      'photo.jfif',
      await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
        .jpeg()
        .toBuffer(),
    );
    expect(only()).toMatchObject({ name: 'photo', format: 'picture' });
  });
});

describe('a TIFF', () => {
  const sheet = (background: string) =>
    sharp({ create: { width: 100, height: 140, channels: 3, background } })
      .png()
      .toBuffer();

  it('of three pages keeps all three, in order', async () => {
    const pages = await Promise.all(['#c01010', '#10c010', '#1010c0'].map(sheet));
    await download(
      'fax.tif',
      await sharp(pages, { join: { animated: true } })
        .tiff()
        .toBuffer(),
    );
    const { id, ...facts } = only();
    expect(facts).toMatchObject({ format: 'pdf', pages: 3, madeIntoPdf: false });
    const channels = [];
    for (const page of [1, 2, 3]) {
      const drawn = (await fixture.documents.bytes!(`${id}/${page}.jpg`))!.body;
      const [red = 0, green = 0, blue = 0] = await colourAt(drawn, 50, 50);
      channels.push([red, green, blue].indexOf(Math.max(red, green, blue)));
    }
    expect(channels).toEqual([0, 1, 2]);
  });

  it('of more pages than the kiosk opens is not said to weigh too much', async () => {
    const pages = await Promise.all(Array.from({ length: 101 }, () => sheet('#ffffff')));
    await download(
      'fax.tif',
      await sharp(pages, { join: { animated: true } })
        .tiff()
        .toBuffer(),
    );
    expect(fixture.state()).toMatchObject({ list: [], refused: because('too-complex') });
  });

  it('of one page stays a picture', async () => {
    await download(
      'page.tif',
      await sharp(await sheet('#ffffff'))
        .tiff()
        .toBuffer(),
    );
    expect(only()).toMatchObject({ format: 'picture', pages: 1 });
  });

  it('of a fax, with half the vertical resolution, keeps its proportions', async () => {
    await download(
      'fax.tif',
      await sharp(await sheet('#ffffff'))
        .tiff({ xres: 8, yres: 4 })
        .toBuffer(),
    );
    const pdf = await PDFDocument.load(await kept());
    const { width, height } = pdf.getPage(0).getSize();
    expect(height / width).toBeCloseTo(2.8, 1);
  });
});

describe('a PDF with a password', () => {
  const locked = async (): Promise<Uint8Array> => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText('Bulletin de paie de la personne, net a payer.');
    pdf.encrypt({ userPassword: 'Été 2026', ownerPassword: 'y' });
    return pdf.save();
  };
  const unlock = (password: string) => fixture.documents.handlers.unlock({ password });

  it('waits for it; a wrong one is reported, the right one decrypts it permanently', async () => {
    await download('bulletin.pdf', await locked());
    expect(fixture.state()).toMatchObject({ list: [], refused: null, locked: { name: 'bulletin', tries: 0 } });
    expect(await unlock('ete 2026')).toEqual({ ok: false, error: { code: 'documents.wrong-password' } });
    expect(fixture.state().locked).toEqual({ name: 'bulletin', tries: 1, announced: true });
    const opened = await unlock('Été 2026');
    expect(opened).toEqual({ ok: true, value: { id: only().id } });
    expect(fixture.state().arrived).toBe(only().id);
    // Printing and sites can then open it without a password.
    expect((await PDFDocument.load(await kept())).isEncrypted).toBe(false);
    const text = await fixture.documents.handlers.texts({ id: only().id });
    expect(text.ok && text.value.texts[0]).toContain('Bulletin de paie');
    expect(await unlock('Été 2026')).toEqual({ ok: false, error: { code: 'documents.gone' } });
  });

  it('is removed when the person gives up, and at the end of the session', async () => {
    await download('bulletin.pdf', await locked());
    await fixture.documents.handlers.dismiss({ shown: fixture.state().shown });
    expect(fixture.state().locked).toBeNull();
    expect((await unlock('Été 2026')).ok).toBe(false);
    await download('bulletin.pdf', await locked());
    expect(await fixture.wipe()).toEqual([]);
    expect(fixture.state().locked).toBeNull();
    expect((await unlock('Été 2026')).ok).toBe(false);
  });
});

describe('an XFA form, which only Adobe’s program can display', () => {
  const form = async (beside: boolean): Promise<Uint8Array> => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText('Please wait...');
    if (beside) pdf.getForm().createTextField('nom').addToPage(pdf.getPage(0));
    const acro = pdf.catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict) ?? pdf.context.obj({ Fields: [] });
    acro.set(PDFName.of('XFA'), PDFArray.withContext(pdf.context));
    acro.set(
      PDFName.of('XFA'),
      pdf.context.obj([PDFString.of('form'), pdf.context.register(pdf.context.stream('<xdp/>'))]),
    );
    pdf.catalog.set(PDFName.of('AcroForm'), acro);
    return pdf.save();
  };

  it('is refused with its reason', async () => {
    await download('formulaire.pdf', await form(false));
    expect(fixture.state()).toMatchObject({ list: [], refused: because('xfa') });
  });

  it('is accepted when it also has ordinary fields', async () => {
    await download('formulaire.pdf', await form(true));
    expect(only()).toMatchObject({ format: 'pdf', pages: 1 });
  });
});

describe('a PDF that holds other files', () => {
  const holding = async (words: string, { portfolio = true } = {}): Promise<Uint8Array> => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText(words, { size: 8 });
    await pdf.attach(Buffer.from('<facture/>'), 'facture.xml');
    if (portfolio) pdf.catalog.set(PDFName.of('Collection'), pdf.context.obj({ View: 'T' }));
    return pdf.save();
  };
  const cover = 'For the best experience, open this PDF portfolio in Acrobat X or Adobe Reader X, or later.';

  it('is refused with its reason when its only page says to open it with Adobe’s program', async () => {
    await download('dossier.pdf', await holding(cover));
    expect(fixture.state()).toMatchObject({ list: [], refused: because('portfolio') });
  });

  it.each([
    ['its page is a document', () => holding('Facture de la cantine, novembre. A payer : 48,20 euros.')],
    ['it is an invoice with its data, whatever it says', () => holding(cover, { portfolio: false })],
  ])('is taken when %s', async (_, make) => {
    await download('facture.pdf', await make());
    expect(only()).toMatchObject({ format: 'pdf', pages: 1 });
  });
});

describe.skipIf(!officeIsHere)('a letter', () => {
  it('in Word becomes a PDF, says so, and can be given to a site', async () => {
    await download('ma_lettre.docx', docx(paragraph('Madame, Monsieur, je vous écris pour ma demande.')));
    const { id, ...facts } = only();
    expect(facts).toMatchObject({ name: 'ma lettre', format: 'pdf', pages: 1, madeIntoPdf: true, hasText: true });
    expect(fixture.state().arrived).toBe(id);
    const limits = { formats: ['pdf'] as const, maxBytes: 9_000_000, multiple: false };
    const given = await fixture.documents.filesForPage([id], limits, { accept: '', multiple: false });
    if (!given.ok) throw new Error(given.error);
    expect((await PDFDocument.load(await readFile(given.value.paths[0]!))).getPageCount()).toBe(1);
    await given.value.release();
  });

  it('is shown as in progress during the conversion', async () => {
    const taken = download('lettre.odt', odt('<text:p>Bonjour</text:p>'));
    await until('the announcement', () => fixture.state().converting === 'lettre');
    await taken;
    expect(only().madeIntoPdf).toBe(true);
  });

  it.each([
    ['UTF-8', Buffer.from('Élève à Moulins, où ?\n')],
    ['Windows', Buffer.from('Élève à Moulins, où ?\r\n', 'latin1')],
    ['Notepad', Buffer.from('\ufeffÉlève à Moulins, où ?\r\n', 'utf16le')],
  ])('as plain text in %s letters keeps its accents', async (_, bytes) => {
    await download('note.txt', bytes);
    const text = await fixture.documents.handlers.texts({ id: only().id });
    expect(text.ok && text.value.texts[0]).toContain('Élève à Moulins, où ?');
  });

  it('is dropped when the person leaves during the conversion', async () => {
    const taken = download('lettre.docx', docx(paragraph('Bonjour')));
    await until('the announcement', () => fixture.state().converting !== null);
    expect(await fixture.wipe()).toEqual([]);
    await taken;
    expect(fixture.state()).toMatchObject({ list: [], arrived: null, refused: null, converting: null });
  });
});

it.each(['no-converter', 'too-heavy', 'damaged'] as const)(
  'a letter that fails with “%s” is refused with a message',
  async (fault) => {
    const office: Office = { toPdf: async () => fail(fault), clear: async () => undefined, leftovers: () => [] };
    const other = await documentsFixture({ office });
    await other.download('x.docx', docx(paragraph('x')));
    expect(other.state()).toMatchObject({ list: [], refused: because(fault), converting: null });
    await other.stop();
  },
);

describe('on a key', () => {
  const plugIn = async (files: Record<string, Uint8Array>): Promise<Record<string, string>> => {
    machine.plugIn('key', { files: new Map(Object.entries(files)) });
    await until('the key', () => fixture.state().key.kind === 'ready');
    const state = fixture.state().key;
    return Object.fromEntries(state.kind === 'ready' ? state.files.map(({ name, id }) => [name, id]) : []);
  };
  const reasons = () => {
    const state = fixture.state().key;
    return state.kind === 'ready' ? Object.fromEntries(state.files.map(({ name, refused }) => [name, refused])) : {};
  };

  it('a file whose content does not match its name stays listed, with the reason', async () => {
    const ids = await plugIn({ 'photo.jpg': Buffer.from('MZ\x90'), 'ok.bmp': bitmap(4, 4, () => [9, 9, 9]) });
    expect(await fixture.documents.handlers.copyFromKey({ file: ids['photo.jpg']! })).toMatchObject({
      ok: false,
      error: { code: 'documents.refused' },
    });
    expect(fixture.state()).toMatchObject({ refused: because('program') });
    expect(reasons()).toEqual({ 'photo.jpg': 'program', 'ok.bmp': null });
    expect((await fixture.documents.handlers.copyFromKey({ file: ids['ok.bmp']! })).ok).toBe(true);
  });

  it('a PDF with a password asks for it', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    pdf.encrypt({ userPassword: 'x', ownerPassword: 'y' });
    const ids = await plugIn({ 'paie.pdf': await pdf.save() });
    expect(await fixture.documents.handlers.copyFromKey({ file: ids['paie.pdf']! })).toMatchObject({
      ok: false,
      error: { code: 'documents.locked' },
    });
    expect((await fixture.documents.handlers.unlock({ password: 'x' })).ok).toBe(true);
    expect(only()).toMatchObject({ name: 'paie', origin: 'key' });
    expect(reasons()).toEqual({ 'paie.pdf': null });
  });
});
