/**
 * Converts the order to a format the printer reads: the PDF itself, one stream of raster pages (PWG's or Apple's), or
 * one JPEG per page.
 */
import { a4Dots, JPEG_DPI, sheetDots } from '../a4-dots.ts';
import { printerFault, type PageRaster, type PrinterFault, type PrintOrder } from '../printer.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { hasTwoSides, rasterColour, cannotPrintFault, type Capabilities } from './capabilities.ts';
import { encodePage, pageHeader, PWG_MAGIC } from './pwg-raster.ts';
import { urfPageHeader, urfStart } from './urf-raster.ts';

const POINTS_PER_MM = 72 / 25.4;
/** A3 at 600 dpi. A printer may declare any resolution and any sheet, and a page is drawn in memory. */
const MAX_DOTS = 7016 * 9921;

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
  const { format, media } = capabilities;
  const unfit = cannotPrintFault(capabilities);
  if (unfit !== undefined) return fail(unfit);
  if (format === undefined || media.kind !== 'ask') return fail(printerFault('printer.cannot'));
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
  // Rendered for the loaded paper: an A4 page sent to a tray of Letter would be cut.
  const size = sheetDots(media, format.dpi);
  const dots = size.width * size.height;
  if (!(dots >= 1 && dots <= MAX_DOTS)) return fail(printerFault('printer.cannot', 'sheet-of-no-use'));
  const twoSided = order.twoSided && hasTwoSides(capabilities);
  const [start, header] =
    format.kind === 'urf' ? [urfStart(order.pages), urfPageHeader] : ([PWG_MAGIC, pageHeader] as const);
  return ok([
    {
      mime: format.mime,
      pages: order.pages,
      // Rendered page by page as the printer reads them, so 300 pages take no more memory than one.
      body: async function* () {
        yield start;
        for (let page = 1; page <= order.pages; page += 1) {
          const rgb = await raster.rgb(order.pdf, page, size);
          const described = {
            ...size,
            dpi: format.dpi,
            colour,
            twoSided,
            totalPages: order.pages,
            back: format.back ?? 'normal',
            page,
            widthPt: media.widthMm * POINTS_PER_MM,
            heightPt: media.heightMm * POINTS_PER_MM,
            mediaName: media.name ?? 'iso_a4_210x297mm',
          };
          yield encodePage(rgb, described, header);
        }
      },
    },
  ]);
};
