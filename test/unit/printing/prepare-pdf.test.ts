import { PDFArray, PDFDocument, PDFHexString, PDFName, PDFStream, PDFString } from '@cantoo/pdf-lib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare, select } from '../../../main/features/printing/pdf/prepare-pdf.ts';
import { PdfProblemError } from '../../../main/features/printing/pdf/problem.ts';
import { fileKind } from '../../../main/pdf/file-kind.ts';
import { drawPage, drawSheet, isBlank, openPdf } from '../../../main/features/printing/pdf/view-pdf.ts';
import { ink } from '../../harness/printing/ink.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { wordsOn } from '../../harness/printing/words-on.ts';

describe('preparing a document', () => {
  it('keeps what was typed into a form, flat on the page, and drops the form', async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    const field = pdf.getForm().createTextField('nom');
    field.setText('MMMMMMMMMMMMMMMMMMMM');
    field.addToPage(page, { x: 60, y: 400, width: 400, height: 60, borderWidth: 0 });
    const prepared = await prepare(await pdf.save());
    const middle = [0.1, 0.45, 0.8, 0.53] as const;
    expect(await ink(prepared.pdf, 1, middle)).toBeGreaterThan(0.02);
    const reread = await PDFDocument.load(prepared.pdf);
    expect(reread.catalog.has(PDFName.of('AcroForm'))).toBe(false);
    expect(reread.getPage(0).node.has(PDFName.of('Annots'))).toBe(false);
  });

  it.each([
    ['Turkey, Croatia, Romania and Poland', 'Yıldız Kovač Ștefan Łódź', 'Yıldız Kovač Ștefan Łódź'],
    ['Ukraine and Greece', 'Їжак Іван Παπαδόπουλος', 'Їжак Іван Παπαδόπουλος'],
    ['Vietnam, without accents that the font lacks,', 'Nguyễn', 'Nguyen'],
    ['Europe, with no sign in the place of others,', 'Ali محمد', 'Ali'],
  ])('writes the letters of %s where a form leaves this to its reader', async (_whose, filled, written) => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    const form = pdf.getForm();
    const field = form.createTextField('nom');
    field.addToPage(page, { x: 60, y: 400, width: 400, height: 30 });
    field.acroField.dict.set(PDFName.of('V'), PDFHexString.fromText(filled));
    for (const { dict } of field.acroField.getWidgets()) dict.delete(PDFName.of('AP'));
    form.acroForm.dict.set(PDFName.of('NeedAppearances'), pdf.context.obj(true));
    const prepared = await prepare(await pdf.save({ updateFieldAppearances: false }));
    expect((await wordsOn(prepared.pdf)).trim()).toBe(written);
  });

  it('writes the answers of a form that has only the empty boxes of its fields', async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    const form = pdf.getForm();
    const text = form.createTextField('nom');
    const list = form.createDropdown('pays');
    list.setOptions(['France', 'Italie']);
    const box = pdf.context.register(
      pdf.context.flateStream('1 1 1 rg 0 0 400 30 re f /Tx BMC EMC', {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, 400, 30],
      }),
    );
    for (const [at, field] of [text, list].entries()) {
      field.addToPage(page, { x: 60, y: 400 - 50 * at, width: 400, height: 30 });
      field.acroField.dict.set(PDFName.of('V'), PDFHexString.fromText(['Dupont', 'Italie'][at] ?? ''));
      for (const { dict } of field.acroField.getWidgets()) dict.set(PDFName.of('AP'), pdf.context.obj({ N: box }));
    }
    form.acroForm.dict.set(PDFName.of('NeedAppearances'), pdf.context.obj(true));
    const prepared = await prepare(await pdf.save({ updateFieldAppearances: false }));
    expect((await wordsOn(prepared.pdf)).trim()).toBe('DupontItalie');
  });

  it('writes the fields of a form that can be read, and the page, beside one that can not', async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    page.drawText('Demande');
    const form = pdf.getForm();
    for (const [at, name] of ['nom', 'lui.prenom', 'lui.rien', 'rien'].entries()) {
      const field = form.createTextField(name);
      field.addToPage(page, { x: 60, y: 400 - 50 * at, width: 400, height: 30 });
      field.acroField.dict.set(PDFName.of('V'), PDFHexString.fromText(name));
      if (name.endsWith('rien')) field.acroField.dict.delete(PDFName.of('FT'));
      for (const { dict } of field.acroField.getWidgets()) dict.delete(PDFName.of('AP'));
    }
    const { dict } = form.acroForm;
    dict.set(PDFName.of('NeedAppearances'), pdf.context.obj(true));
    const fields = dict.lookup(PDFName.of('Fields'), PDFArray);
    fields.push(pdf.context.register(pdf.context.obj({ Kids: fields })));
    const prepared = await prepare(await pdf.save({ updateFieldAppearances: false }));
    expect((await wordsOn(prepared.pdf)).trim()).toBe('Demandenomlui.prenom');
  });

  it('does not print what is marked as not for paper', async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    const look = pdf.context.register(
      pdf.context.stream('0 0 0 rg 0 0 100 100 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 100, 100] }),
    );
    const note = (flags: number, y: number) =>
      pdf.context.obj({ Type: 'Annot', Subtype: 'Stamp', Rect: [100, y, 200, y + 100], F: flags, AP: { N: look } });
    page.node.set(PDFName.of('Annots'), pdf.context.obj([note(4, 600), note(0, 300), note(6, 100)]));
    const prepared = await prepare(await pdf.save());
    expect(await ink(prepared.pdf, 1, [0.17, 0.17, 0.33, 0.28])).toBeGreaterThan(0.9);
    expect(await ink(prepared.pdf, 1, [0, 0.4, 1, 1])).toBe(0);
  });

  /** A black band in the layer at the top, one below it in no layer, and a stamp in the layer at the bottom. */
  const withLayer = async (off: 'listed' | 'every' | 'none'): Promise<PDFDocument> => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    const { context } = pdf;
    const layer = context.register(context.obj({ Type: 'OCG', Name: PDFString.of('SPECIMEN') }));
    const shown = off === 'every' ? { BaseState: 'OFF' } : { OFF: off === 'listed' ? [layer] : [] };
    pdf.catalog.set(PDFName.of('OCProperties'), context.obj({ OCGs: [layer], D: { Order: [layer], ...shown } }));
    page.node.set(PDFName.of('Resources'), context.obj({ Properties: { L: layer } }));
    const drawn = '/OC /L BDC 0 700 600 142 re f EMC 0 400 600 100 re f';
    page.node.set(PDFName.of('Contents'), context.register(context.stream(drawn)));
    const look = context.register(
      context.stream('0 0 600 100 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 600, 100] }),
    );
    const stamp = { Type: 'Annot', Subtype: 'Stamp', Rect: [0, 0, 600, 100], F: 4, OC: layer, AP: { N: look } };
    page.node.set(PDFName.of('Annots'), context.obj([stamp]));
    return pdf;
  };
  const bands = async (pdf: Uint8Array): Promise<readonly number[]> =>
    Promise.all([0.05, 0.44, 0.95].map(async (y) => Math.round(await ink(pdf, 1, [0.1, y - 0.03, 0.9, y + 0.03]))));

  it.each([
    ['switched off', 'listed'],
    ['off like every layer', 'every'],
  ] as const)(
    'does not print a layer that is %s, nor a stamp on it, and still tells what it removed',
    async (_how, off) => {
      const pdf = await withLayer(off);
      pdf.catalog.set(
        PDFName.of('OpenAction'),
        pdf.context.obj({ S: PDFName.of('Launch'), F: PDFString.of('cmd.exe') }),
      );
      const prepared = await prepare(await pdf.save());
      expect(await bands(prepared.pdf)).toEqual([0, 1, 0]);
      expect(prepared).toMatchObject({ pages: 1, cleaned: true });
    },
  );

  it('prints a long document with every layer, since drawing it would take longer than anybody waits', async () => {
    const pdf = await withLayer('listed');
    for (let page = 0; page < 30; page += 1) pdf.addPage([600, 800]);
    const prepared = await prepare(await pdf.save());
    expect(prepared.pages).toBe(31);
    expect(await bands(prepared.pdf)).toEqual([1, 1, 1]);
  });

  it('keeps a page sharp whose layers are all shown', async () => {
    const prepared = await prepare(await (await withLayer('none')).save());
    expect(await bands(prepared.pdf)).toEqual([1, 1, 1]);
    const { context } = await PDFDocument.load(prepared.pdf);
    const pictures = context
      .enumerateIndirectObjects()
      .filter(([, one]) => one instanceof PDFStream && one.dict.lookup(PDFName.of('Subtype')) === PDFName.of('Image'));
    expect(pictures).toEqual([]);
  });

  it('shows only what the page itself shows: what lies outside its crop stays out', async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([800, 1000]);
    page.drawRectangle({ x: 0, y: 0, width: 100, height: 1000 });
    page.drawRectangle({ x: 300, y: 450, width: 100, height: 100 });
    page.setCropBox(100, 100, 595.28, 841.89);
    const prepared = await prepare(await pdf.save());
    expect(await ink(prepared.pdf, 1, [0, 0, 0.2, 1])).toBe(0);
    expect(await ink(prepared.pdf, 1, [0.3, 0.4, 0.6, 0.7])).toBeGreaterThan(0.1);
  });

  it.each([
    ['larger than the page', [-100, -100, 900, 1100]],
    ['outside the page', [2000, 2000, 100, 100]],
    ['without a size', [50, 50, 0, 0]],
  ] as const)('shows the whole page when its crop is %s', async (_what, crop) => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    page.drawRectangle({ x: 0, y: 0, width: 595.28, height: 84 });
    const [x, y, width, height] = crop;
    page.setCropBox(x, y, width, height);
    const prepared = await prepare(await pdf.save());
    // As large as without a crop, at the same place.
    expect(await ink(prepared.pdf, 1, [0, 0.91, 1, 1])).toBeGreaterThan(0.98);
    expect(await ink(prepared.pdf, 1, [0, 0, 1, 0.89])).toBe(0);
  });

  it('takes a page whose corners are given the other way round', async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    page.drawRectangle({ x: 0, y: 0, width: 595.28, height: 84 });
    page.node.set(PDFName.of('MediaBox'), pdf.context.obj([595.28, 841.89, 0, 0]));
    const prepared = await prepare(await pdf.save());
    expect(await ink(prepared.pdf, 1, [0, 0.91, 1, 1])).toBeGreaterThan(0.98);
  });

  it.each([0, 90, 180, 270])('keeps a page turned by %i degrees the way its reader sees it', async (turned) => {
    const source = await samplePdf(['letter'], { turned });
    const prepared = await prepare(source);
    expect(prepared.landscape).toEqual(turned % 180 === 90 ? [1] : []);
    // The same places are dark before and after, to a hundredth of the page.
    for (const box of [
      [0, 0, 0.5, 0.5],
      [0.5, 0, 1, 0.5],
      [0, 0.5, 0.5, 1],
      [0.5, 0.5, 1, 1],
    ] as const) {
      expect(Math.abs((await ink(prepared.pdf, 1, box)) - (await ink(source, 1, box)))).toBeLessThan(0.012);
    }
  });

  it('finds out a script wherever it hides', async () => {
    const plain = await samplePdf(1);
    expect((await prepare(plain)).cleaned).toBe(false);
    const onPage = await PDFDocument.load(plain);
    onPage
      .getPage(0)
      .node.set(
        PDFName.of('AA'),
        onPage.context.obj({ O: { S: PDFName.of('JavaScript'), JS: PDFString.of('app.alert(1)') } }),
      );
    expect((await prepare(await onPage.save())).cleaned).toBe(true);
    const launch = await PDFDocument.load(plain);
    launch.catalog.set(
      PDFName.of('OpenAction'),
      launch.context.obj({ S: PDFName.of('Launch'), F: PDFString.of('cmd.exe') }),
    );
    const prepared = await prepare(await launch.save());
    expect(prepared.cleaned).toBe(true);
    expect(Buffer.from(prepared.pdf).toString('latin1')).not.toContain('cmd.exe');
  });

  it('cuts a document to the pages chosen, one of them twice if need be', async () => {
    const { pdf } = await prepare(await samplePdf(3));
    const cut = await PDFDocument.load(await select(pdf, [3, 1, 1]));
    expect(cut.getPageCount()).toBe(3);
  });

  it('puts a blank page of A4 where the page 0 is asked for', async () => {
    const cut = await select(await samplePdf(2), [2, 0, 1]);
    expect((await PDFDocument.load(cut)).getPages().map((page) => Math.round(page.getHeight()))).toEqual([
      842, 842, 842,
    ]);
    const open = await openPdf(cut);
    const blank = [];
    for (const page of [1, 2, 3]) blank.push(isBlank(await drawPage(open, page, 300)));
    await open.close();
    expect(blank).toEqual([false, true, false]);
  });

  it('knows an empty page from one with a thin line', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    pdf.addPage().drawLine({ start: { x: 50, y: 400 }, end: { x: 300, y: 400 }, thickness: 0.4 });
    const open = await openPdf(await pdf.save());
    expect(isBlank(await drawPage(open, 1, 300))).toBe(true);
    expect(isBlank(await drawPage(open, 2, 300))).toBe(false);
    // A page on its side is turned to stand on the sheet that goes through the printer.
    expect(await drawSheet(open, 1, { width: 210, height: 297 })).toMatchObject({ width: 210, height: 297 });
    await open.close();
  });

  it('answers a problem, never anything else, for any bytes that begin like a document', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('%PDF-1.7\n', '\xff\xd8\xff', 'GIF89a', 'RIFF....WEBP', 'PK'),
        fc.uint8Array({ maxLength: 200 }),
        async (start, rest) => {
          const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
          await expect(prepare(bytes)).rejects.toBeInstanceOf(PdfProblemError);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    ['%PDF-1.7', 'pdf'],
    ['rubbish before\n%PDF-1.4', 'pdf'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['PK\x03\x04 a bundle with a stored %PDF-1.7', 'zip'],
    ['<html>', 'unknown'],
    ['', 'unknown'],
  ])('takes %j for what it is', (bytes, kind) => expect(fileKind(Buffer.from(bytes, 'latin1'))).toBe(kind));
});
