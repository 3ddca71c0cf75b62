import { A4_MM } from '../pdf/a4.ts';

/** Fine enough for small print, light enough to be drawn page by page. */
export const JPEG_DPI = 200;

/** Size of a sheet in dots. */
export const sheetDots = (
  { widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number },
  dpi: number,
): { readonly width: number; readonly height: number } => ({
  width: Math.round((widthMm / 25.4) * dpi),
  height: Math.round((heightMm / 25.4) * dpi),
});

/** Size of an A4 page in dots. */
export const a4Dots = (dpi: number): { readonly width: number; readonly height: number } => sheetDots(A4_MM, dpi);
