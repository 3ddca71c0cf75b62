/** ISO 216 A4, in the units that each room counts in. */

/** In points of 1/72 inch. */
export const A4 = { width: 595.276, height: 841.89 } as const;

export const A4_MM = { widthMm: 210, heightMm: 297 } as const;

const WIDTH_IN = 8.27;

/** The resolution of a picture that names none: it is taken for a page A4 wide. */
export const dpiOfPage = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  Math.max(72, Math.round(Math.min(width, height) / WIDTH_IN));
