/** ISO 216 A4 in the units that the features use. */

/** In points of 1/72 inch. */
export const A4 = { width: 595.276, height: 841.89 } as const;

export const A4_MM = { widthMm: 210, heightMm: 297 } as const;

const WIDTH_IN = 8.27;

/** The resolution of a picture that does not declare one: the picture is assumed to be an A4 page. */
export const dpiOfPage = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  Math.max(72, Math.round(Math.min(width, height) / WIDTH_IN));
