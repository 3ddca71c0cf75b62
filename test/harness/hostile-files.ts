/**
 * Small files that need far more memory or time than their size suggests. All are generated here; each uses a technique
 * known from public test files.
 */
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, type PDFPage, type PDFRef } from '@cantoo/pdf-lib';

const A4 = [595.28, 841.89] as const;

const draws = (page: PDFPage, objects: Readonly<Record<string, PDFRef>>, content: string): void => {
  const { context } = page.doc;
  page.node.set(PDFName.of('Resources'), context.obj({ XObject: objects }));
  page.node.set(PDFName.of('Contents'), context.register(context.flateStream(content)));
};

const newPage = async (): Promise<{ pdf: PDFDocument; page: PDFPage }> => {
  const pdf = await PDFDocument.create();
  return { pdf, page: pdf.addPage([...A4]) };
};

const zeros = new Map<number, Uint8Array>();
/** Deflated twice: a PDF stream may name two filters, and each compresses zeros about a thousandfold. */
const packedZeros = (bytes: number): Uint8Array => {
  const known = zeros.get(bytes) ?? deflateSync(deflateSync(Buffer.alloc(bytes)));
  zeros.set(bytes, known);
  return known;
};

const hugeImage = (pdf: PDFDocument, side: number, extra: Record<string, unknown> = {}): PDFRef =>
  pdf.context.register(
    pdf.context.stream(packedZeros(side * side), {
      Type: 'XObject',
      Subtype: 'Image',
      Width: side,
      Height: side,
      BitsPerComponent: 8,
      ColorSpace: 'DeviceGray',
      Filter: ['FlateDecode', 'FlateDecode'],
      ...(extra as Record<string, string>),
    }),
  );

/** One picture of `side` × `side` dots on an A4 page. */
export const hugePicturePdf = async (side = 20_000): Promise<Uint8Array> => {
  const { pdf, page } = await newPage();
  draws(page, { Im: hugeImage(pdf, side) }, 'q 595 0 0 842 0 0 cm /Im Do Q');
  return pdf.save();
};

/** Many images, each as large as a scanned page, all on one page. */
export const manyPicturesPdf = async (count = 40, side = 5_000): Promise<Uint8Array> => {
  const { pdf, page } = await newPage();
  const objects: Record<string, PDFRef> = {};
  let content = '';
  for (let at = 0; at < count; at += 1) {
    objects[`Im${at}`] = hugeImage(pdf, side, { Decode: [0, 1 - at / 1000] });
    content += `q 595 0 0 842 0 0 cm /Im${at} Do Q\n`;
  }
  draws(page, objects, content);
  return pdf.save();
};

/** Nested transparency groups: each needs a full-page buffer while it is drawn. */
export const nestedGroupsPdf = async (depth = 200): Promise<Uint8Array> => {
  const { pdf, page } = await newPage();
  const group = { Type: 'Group', S: 'Transparency', I: true };
  let inner: PDFRef | undefined;
  for (let at = 0; at < depth; at += 1) {
    inner = pdf.context.register(
      pdf.context.stream(inner ? '/Gs gs /In Do' : '0 0 100 100 re f', {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, ...A4],
        Group: group,
        Resources: {
          ExtGState: { Gs: { ca: 0.5, CA: 0.5, BM: 'Multiply' } },
          ...(inner ? { XObject: { In: inner } } : {}),
        },
      }),
    );
  }
  draws(page, { In: inner as PDFRef }, '/In Do');
  return pdf.save();
};

/** A form that draws another form twice, which draws another twice, and so on: `depth` 30 means a billion drawings. */
export const doublingPdf = async (depth = 30): Promise<Uint8Array> => {
  const { pdf, page } = await newPage();
  let inner: PDFRef | undefined;
  for (let at = 0; at < depth; at += 1) {
    inner = pdf.context.register(
      pdf.context.stream(inner ? '/In Do /In Do' : '0 0 10 10 re f', {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, ...A4],
        ...(inner ? { Resources: { XObject: { In: inner } } } : {}),
      }),
    );
  }
  draws(page, { In: inner as PDFRef }, '/In Do');
  return pdf.save();
};

/** A page whose content stream is small in the file but inflates to 200 MB of drawing operators. */
export const longContentPdf = async (megabytes = 200): Promise<Uint8Array> => {
  const { pdf, page } = await newPage();
  const line = '0 0 m 595 842 l S\n';
  const content = deflateSync(deflateSync(Buffer.alloc(megabytes * 1024 * 1024, line)));
  page.node.set(
    PDFName.of('Contents'),
    pdf.context.register(pdf.context.stream(content, { Filter: ['FlateDecode', 'FlateDecode'] })),
  );
  return pdf.save();
};
