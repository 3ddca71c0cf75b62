/**
 * Builds a PDF of scanned pages: each picture compressed, with invisible text over it; language, title and a structure
 * tree let a screen reader follow the lines.
 */
import { PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString, StandardFonts, type PDFRef } from '@cantoo/pdf-lib';
import type { TextLine } from '../../../pdf/text-line.ts';
import { textOperators } from './pdf-text.ts';

export interface PdfPage {
  /** The encoded picture: JPEG, or fax (CCITT G4, black and white, `columns` × `rows`). */
  readonly picture:
    | {
        readonly kind: 'jpeg';
        readonly bytes: Uint8Array;
        readonly grey: boolean;
        readonly columns: number;
        readonly rows: number;
      }
    | { readonly kind: 'fax'; readonly bytes: Uint8Array; readonly columns: number; readonly rows: number };
  readonly widthPt: number;
  readonly heightPt: number;
  readonly lines: readonly TextLine[];
}

export interface PdfFacts {
  readonly title: string;
  readonly language: string;
  /** Only the day: an exact time would reveal when the person was here. */
  readonly date: Date;
}

const name = PDFName.of;

export const makePdf = async (pages: readonly PdfPage[], facts: PdfFacts): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  const { context, catalog } = pdf;
  pdf.setTitle(facts.title, { showInWindowTitleBar: true });
  pdf.setLanguage(facts.language);
  pdf.setProducer('point-numerique');
  pdf.setCreator('point-numerique');
  pdf.setCreationDate(facts.date);
  pdf.setModificationDate(facts.date);
  const font = pdf.embedStandardFont(StandardFonts.Helvetica);
  const widths = widthsOf(font);

  const tree = context.nextRef();
  const documentNode = context.nextRef();
  const kids: PDFRef[] = [];
  const numbers: unknown[] = [];

  pages.forEach((page, index) => {
    const sheet = pdf.addPage([page.widthPt, page.heightPt]);
    const { picture } = page;
    const image = context.register(
      context.stream(picture.bytes, {
        Type: 'XObject',
        Subtype: 'Image',
        Width: picture.columns,
        Height: picture.rows,
        BitsPerComponent: picture.kind === 'fax' ? 1 : 8,
        ColorSpace: picture.kind === 'fax' || picture.grey ? 'DeviceGray' : 'DeviceRGB',
        Filter: picture.kind === 'fax' ? 'CCITTFaxDecode' : 'DCTDecode',
        ...(picture.kind === 'fax'
          ? { DecodeParms: context.obj({ K: -1, Columns: picture.columns, Rows: picture.rows, BlackIs1: false }) }
          : {}),
      }),
    );
    sheet.node.setXObject(name('Im1'), image);
    sheet.node.setFontDictionary(name('F1'), font.ref);
    const text = textOperators(page.lines, page.heightPt, widths);
    const content = `/Artifact BMC q ${page.widthPt} 0 0 ${page.heightPt} 0 0 cm /Im1 Do Q EMC\n${text.operators}\n`;
    sheet.node.addContentStream(context.register(context.flateStream(content)));
    sheet.node.set(name('StructParents'), PDFNumber.of(index));
    sheet.node.set(name('Tabs'), name('S'));
    const paragraphs = Array.from({ length: text.marks }, (_, mark) =>
      context.register(context.obj({ Type: 'StructElem', S: 'P', P: documentNode, Pg: sheet.ref, K: mark })),
    );
    kids.push(...paragraphs);
    numbers.push(index, context.register(context.obj(paragraphs)));
  });

  context.assign(
    documentNode,
    context.obj({
      Type: 'StructElem',
      S: 'Document',
      P: tree,
      K: kids,
      Lang: PDFString.of(facts.language),
      T: PDFHexString.fromText(facts.title),
    }),
  );
  context.assign(
    tree,
    context.obj({
      Type: 'StructTreeRoot',
      K: [documentNode],
      ParentTree: context.obj({ Nums: numbers as PDFRef[] }),
      ParentTreeNextKey: pages.length,
    }),
  );
  catalog.set(name('StructTreeRoot'), tree);
  catalog.set(name('MarkInfo'), context.obj({ Marked: true }));
  return pdf.save({ useObjectStreams: true, addDefaultPage: false });
};

type Font = ReturnType<PDFDocument['embedStandardFont']>;

/** Character widths of the built-in font, cached. */
const widthsOf = (font: Font): ((bytes: readonly number[]) => number) => {
  const decoder = new TextDecoder('windows-1252');
  const known = new Map<number, number>();
  const one = (byte: number): number => {
    let width = known.get(byte);
    if (width === undefined) {
      try {
        width = font.widthOfTextAtSize(decoder.decode(Uint8Array.of(byte)), 1);
      } catch {
        width = 0.5; // the font has no glyph for this byte
      }
      known.set(byte, width);
    }
    return width;
  };
  return (bytes) => bytes.reduce((sum, byte) => sum + one(byte), 0);
};
