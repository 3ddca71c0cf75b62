/** Fine enough for small print, light enough to be drawn page by page. */
export const JPEG_DPI = 200;

/** An A4 page in dots. */
export const a4Dots = (dpi: number): { readonly width: number; readonly height: number } => ({
  width: Math.round((210 / 25.4) * dpi),
  height: Math.round((297 / 25.4) * dpi),
});
