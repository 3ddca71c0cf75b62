/**
 * Annotations that a person drew on a phone, stored without an appearance stream, so that the viewer must draw them.
 */
import { PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../main/features/printing/pdf/prepare-pdf.ts';
import { ink } from '../../harness/printing/ink.ts';
import { wordsOn } from '../../harness/printing/words-on.ts';

const PRINTED = 4;

/** A square of 200 points in the middle of an A4 page, and where it lies on it. */
const RECT = [200, 400, 400, 600];
const QUAD = [200, 600, 400, 600, 200, 400, 400, 400];
const MIDDLE = [0.32, 0.27, 0.69, 0.54] as const;

const withAnnotation = async (entries: Record<string, unknown>, flags = PRINTED): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595.28, 841.89]);
  const annotation = pdf.context.obj({ Type: 'Annot', Rect: RECT, F: flags, C: [0, 0, 0], ...(entries as object) });
  page.node.set(PDFName.of('Annots'), pdf.context.obj([annotation]));
  return (await prepare(await pdf.save())).pdf;
};

describe('an annotation without a drawing of its own', () => {
  it.each([
    ['a marker over a word', { Subtype: 'Highlight', QuadPoints: QUAD }, 0.8],
    ['a line under a word', { Subtype: 'Underline', QuadPoints: QUAD }, 0.02],
    ['a line through a word', { Subtype: 'StrikeOut', QuadPoints: QUAD }, 0.02],
    ['a frame', { Subtype: 'Square', BS: { W: 8 } }, 0.05],
    ['a filled frame', { Subtype: 'Square', IC: [0, 0, 0] }, 0.8],
    ['a circle', { Subtype: 'Circle', BS: { W: 8 } }, 0.04],
    ['a line', { Subtype: 'Line', L: [200, 400, 400, 600], BS: { W: 8 } }, 0.02],
    ['several lines', { Subtype: 'PolyLine', Vertices: [200, 400, 300, 600, 400, 400], BS: { W: 8 } }, 0.02],
    ['a filled shape', { Subtype: 'Polygon', Vertices: [200, 400, 300, 600, 400, 400], IC: [0, 0, 0] }, 0.3],
    ['a signature in ink', { Subtype: 'Ink', InkList: [[200, 400, 300, 600, 400, 400]], BS: { W: 8 } }, 0.02],
    [
      'a line of writing',
      { Subtype: 'FreeText', Contents: PDFString.of('MMMMMMMM'), DA: PDFString.of('/Helv 30 Tf 0 0 0 rg') },
      0.03,
    ],
  ])('is printed all the same: %s', async (_what, entries, atLeast) => {
    const pdf = await withAnnotation(entries);
    expect(await ink(pdf, 1, MIDDLE)).toBeGreaterThan(atLeast);
    for (const around of [
      [0, 0, 1, 0.25],
      [0, 0.56, 1, 1],
    ] as const)
      expect(await ink(pdf, 1, around)).toBe(0);
  });

  it('of writing keeps the letters of other countries', async () => {
    const entries = {
      Subtype: 'FreeText',
      Contents: PDFHexString.fromText('Kovač\nІван'),
      DA: PDFString.of('/Helv 20 Tf'),
    };
    expect(await wordsOn(await withAnnotation(entries))).toBe('KovačІван');
  });

  it('lets the words show through a marker', async () => {
    const pdf = await PDFDocument.create();
    const page = pdf.addPage([595.28, 841.89]);
    page.drawRectangle({ x: 200, y: 400, width: 100, height: 200 });
    const marker = { Type: 'Annot', Subtype: 'Highlight', Rect: RECT, QuadPoints: QUAD, F: PRINTED };
    page.node.set(PDFName.of('Annots'), pdf.context.obj([pdf.context.obj(marker)]));
    const { pdf: printed } = await prepare(await pdf.save());
    expect(await ink(printed, 1, [0.34, 0.29, 0.5, 0.52])).toBeGreaterThan(0.95); // what was black stays so
    expect(await ink(printed, 1, [0.52, 0.29, 0.67, 0.52])).toBe(0); // yellow is not dark
  });

  it.each([
    ['hidden', PRINTED | 2],
    ['meant for the screen', 0],
  ])('stays off the paper when it is %s', async (_what, flags) => {
    expect(await ink(await withAnnotation({ Subtype: 'Square', IC: [0, 0, 0] }, flags), 1, [0, 0, 1, 1])).toBe(0);
  });

  it('of another kind draws nothing: the sign of a note is not part of the page', async () => {
    expect(await ink(await withAnnotation({ Subtype: 'Text' }), 1, [0, 0, 1, 1])).toBe(0);
  });
});
