import { drawPage, openPdf } from '../../../main/features/printing/pdf/view-pdf.ts';

/** The share of dark pixels in a part of the page. `box` is left, top, right, bottom, each 0 to 1. */
export const ink = async (
  pdf: Uint8Array,
  page: number,
  box: readonly [number, number, number, number],
): Promise<number> => {
  const open = await openPdf(pdf);
  const canvas = await drawPage(open, page, 400);
  const [x0, y0, x1, y1] = box;
  const area = canvas
    .getContext('2d')
    .getImageData(
      Math.round(x0 * 400),
      Math.round(y0 * canvas.height),
      Math.round((x1 - x0) * 400),
      Math.round((y1 - y0) * canvas.height),
    );
  await open.close();
  let dark = 0;
  for (let at = 0; at < area.data.length; at += 4) if ((area.data[at] ?? 255) < 128) dark += 1;
  return dark / (area.data.length / 4);
};
