/** PDFs as other programs write them, on which ink was once lost. */
import { PDFDocument, PDFName, PDFNumber, type PDFPage, type PDFRef } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../main/features/printing/pdf/prepare-pdf.ts';
import { ink } from '../../harness/printing/ink.ts';

/** From white at the left of a square of 100 points to black at its right. */
const gradientOf = (pdf: PDFDocument): PDFRef => {
  const { context } = pdf;
  const blend = { FunctionType: 2, Domain: [0, 1], C0: [1], C1: [0], N: 1 };
  const shading = { ShadingType: 2, ColorSpace: 'DeviceGray', Coords: [0, 0, 100, 0], Function: blend };
  return context.register(context.obj({ Type: 'Pattern', PatternType: 2, Shading: shading }));
};

/** Fills the square with the pattern. */
const filled = (pdf: PDFDocument, page: PDFPage, pattern: PDFRef): void => {
  const { context } = pdf;
  page.node.set(PDFName.of('Resources'), context.obj({ Pattern: { P: pattern } }));
  const drawn = '/Pattern cs /P scn 0 0 100 100 re f';
  page.node.set(PDFName.of('Contents'), context.register(context.stream(drawn)));
};

/** How dark the left and the right half of the square are, where it comes to lie on A4. */
const halves = async (
  pdf: Uint8Array,
  page: number,
  [width, height]: readonly [number, number],
): Promise<readonly [number, number]> => {
  const scale = Math.min(841.89 / width, 595.28 / height, 1.4143);
  const [right, down] = [(100 * scale) / 841.89, (100 * scale) / 595.28];
  const left = 0.5 - (width * scale) / 2 / 841.89;
  const bottom = 0.5 + (height * scale) / 2 / 595.28;
  return [
    await ink(pdf, page, [left, bottom - down, left + right / 2, bottom]),
    await ink(pdf, page, [left + right / 2, bottom - down, left + right, bottom]),
  ];
};

describe('a document of another program', () => {
  it('keeps its gradients in place when its page is brought to A4, on pages of any size that share them', async () => {
    const pdf = await PDFDocument.create();
    const gradient = gradientOf(pdf);
    const sizes = [
      [200, 100],
      [200, 100],
      [900, 600],
    ] as const;
    for (const [width, height] of sizes) filled(pdf, pdf.addPage([width, height]), gradient);
    const prepared = await prepare(await pdf.save());
    for (const [index, size] of sizes.entries()) {
      const [left, right] = await halves(prepared.pdf, index + 1, size);
      expect(left).toBeLessThan(0.1);
      expect(right).toBeGreaterThan(0.9);
    }
  });

  it('keeps its hatching, whatever its size', async () => {
    const pdf = await PDFDocument.create();
    const { context } = pdf;
    // One dot as large as the square: elsewhere there is nothing.
    const tile = { Type: 'Pattern', PatternType: 1, PaintType: 1, TilingType: 1, BBox: [0, 0, 100, 100] };
    const step = { XStep: 5000, YStep: 5000, Resources: {}, Matrix: [1, 0, 0, 1, 0, 0] };
    filled(pdf, pdf.addPage([200, 100]), context.register(context.stream('50 0 50 100 re f', { ...tile, ...step })));
    const [left, right] = await halves((await prepare(await pdf.save())).pdf, 1, [200, 100]);
    expect(left).toBeLessThan(0.05);
    expect(right).toBeGreaterThan(0.95);
  });

  it('is drawn as a picture when pdf-lib cannot read a part of it', async () => {
    const pdf = await PDFDocument.create();
    const { context } = pdf;
    const form = (drawn: string, entries: Record<string, unknown>): PDFRef =>
      context.register(
        context.stream(drawn, { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 595, 842], ...(entries as object) }),
      );
    const inner = form('0 0 595 842 re f', {});
    const outer = form('/Inner Do', { Name: 'Odd', Resources: { XObject: { Inner: inner } } });
    const { node } = pdf.addPage([595.28, 841.89]);
    node.set(PDFName.of('Resources'), context.obj({ XObject: { Outer: outer } }));
    node.set(PDFName.of('Contents'), context.register(context.stream('/Outer Do')));
    const written = Buffer.from(await pdf.save({ useObjectStreams: false })).toString('latin1');
    // A name with a space in it: viewers pass over the rest, pdf-lib gives the object up, and all that it uses.
    const odd = written.replace('/Name /Odd', '/Name /O d');
    expect(odd).not.toBe(written);
    const prepared = await prepare(Buffer.from(odd, 'latin1'));
    expect(await ink(prepared.pdf, 1, [0.1, 0.1, 0.9, 0.9])).toBeGreaterThan(0.95);
  });

  it('is printed when its page has no size', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage([0, 0]).drawRectangle({ x: 0, y: 0, width: 612, height: 792 });
    expect(await ink((await prepare(await pdf.save())).pdf, 1, [0.1, 0.1, 0.9, 0.9])).toBeGreaterThan(0.95);
  });

  it.each([
    ['an answer', { FT: 'Tx' }, true],
    ['a tick', { FT: 'Btn' }, true],
    ['a button such as « Effacer »', { FT: 'Btn', Ff: 1 << 16 }, false],
    ['an answer that is not for paper', { FT: 'Tx', F: 0 }, false],
  ])('shows on paper what its screen shows, although nothing says so: %s', async (_what, entries, isPrinted) => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    const { context } = pdf;
    const look = context.register(
      context.stream('0 0 100 100 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 100, 100] }),
    );
    // What a field does not say, its parent says for it.
    const field = context.register(context.obj({ FT: entries.FT, ...('Ff' in entries && { Ff: entries.Ff }) }));
    const widget = context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      Rect: [0, 0, 595, 842],
      Parent: field,
      AP: { N: look },
    });
    if ('F' in entries) widget.set(PDFName.of('F'), PDFNumber.of(entries.F));
    page.node.set(PDFName.of('Annots'), context.obj([widget]));
    const dark = await ink((await prepare(await pdf.save())).pdf, 1, [0.1, 0.1, 0.9, 0.9]);
    expect(dark).toBe(isPrinted ? 1 : 0);
  });
});
