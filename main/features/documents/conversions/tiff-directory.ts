/** Reads a TIFF's directory: which of its pictures are pages, and their resolution in both directions. Pure. */

export interface TiffPage {
  /** Index among all pictures of the file, including previews. */
  readonly index: number;
  readonly dpiAcross: number | undefined;
  readonly dpiDown: number | undefined;
}

const SUBFILE = 254;
const ACROSS = 282;
const DOWN = 283;
const UNIT = 296;
const CENTIMETRE = 3;
const PREVIEW = 1;
const MAX_PICTURES = 10_000;

/** Undefined when the directory cannot be read: a BigTIFF, a loop, or a truncated file. */
export const tiffPages = (bytes: Uint8Array): readonly TiffPage[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const u16 = (at: number): number => view.getUint16(at, little);
  const u32 = (at: number): number => view.getUint32(at, little);
  const pages: TiffPage[] = [];
  try {
    if (u16(2) !== 42) return undefined;
    let at = u32(4);
    for (let index = 0; at !== 0; index += 1) {
      if (index >= MAX_PICTURES) return undefined;
      const fields = new Map<number, number>();
      const count = u16(at);
      for (let i = 0; i < count; i += 1) {
        const field = at + 2 + i * 12;
        fields.set(u16(field), u16(field + 2) === 3 ? u16(field + 8) : u32(field + 8));
      }
      const dpi = (tag: number): number | undefined => {
        const where = fields.get(tag);
        if (where === undefined || fields.get(UNIT) === 1) return undefined;
        const value = (u32(where) / u32(where + 4)) * (fields.get(UNIT) === CENTIMETRE ? 2.54 : 1);
        return value >= 30 && value <= 2_400 ? value : undefined;
      };
      if (((fields.get(SUBFILE) ?? 0) & PREVIEW) === 0)
        pages.push({ index, dpiAcross: dpi(ACROSS), dpiDown: dpi(DOWN) });
      at = u32(at + 2 + count * 12);
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return pages;
};
