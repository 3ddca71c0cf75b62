/** The order as the bytes the printer reads: the PDF itself, one stream of raster pages, or a JPEG a page. */
import { a4Dots, JPEG_DPI } from '../a4-dots.ts';
import { printerFault, type PageRaster, type PrinterFault, type PrintOrder } from '../printer.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { rasterColour, type Capabilities } from './capabilities.ts';
import { encodePage, PWG_MAGIC } from './pwg-raster.ts';

const A4_PT = { width: 595.28, height: 841.89 };

export interface OutgoingDocument {
  readonly mime: string;
  readonly body: Uint8Array | (() => AsyncIterable<Uint8Array>);
  readonly pages: number;
}

export const documentsFor = async (
  order: PrintOrder,
  capabilities: Capabilities,
  raster: PageRaster,
): Promise<Result<readonly OutgoingDocument[], PrinterFault>> => {
  const { format } = capabilities;
  if (format === undefined) return fail(printerFault('printer.format-refused', 'no-format-we-make'));
  if (format.kind === 'pdf') return ok([{ mime: format.mime, body: order.pdf, pages: order.pages }]);
  if (format.kind === 'jpeg') {
    const documents: OutgoingDocument[] = [];
    for (let page = 1; page <= order.pages; page += 1) {
      documents.push({
        mime: format.mime,
        body: async function* () {
          yield await raster.jpeg(order.pdf, page, a4Dots(JPEG_DPI));
        },
        pages: 1,
      });
    }
    return ok(documents);
  }
  const colour = rasterColour(format, order.colour);
  const size = a4Dots(format.dpi);
  const twoSided = order.twoSided && capabilities.sides.has('two-sided-long-edge');
  return ok([
    {
      mime: format.mime,
      pages: order.pages,
      // Page after page, as the printer takes them: 300 pages weigh no more in memory than one.
      body: async function* () {
        yield PWG_MAGIC;
        for (let page = 1; page <= order.pages; page += 1) {
          const rgb = await raster.rgb(order.pdf, page, size);
          yield encodePage(rgb, {
            ...size,
            dpi: format.dpi,
            colour,
            twoSided,
            totalPages: order.pages,
            back: format.back,
            page,
            widthPt: A4_PT.width,
            heightPt: A4_PT.height,
            mediaName: 'iso_a4_210x297mm',
          });
        }
      },
    },
  ]);
};
