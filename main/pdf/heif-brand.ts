/** Tells whether an ISO media file is a photo or a film, from its brands. Pure. */

const textAt = (bytes: Uint8Array, from: number): string => String.fromCharCode(...bytes.subarray(from, from + 4));

const HEIC = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs', 'mif1', 'msf1']);
const MAX_BRANDS = 32;

/** Undefined when the file is not of that family. */
export const isoMedia = (bytes: Uint8Array): 'avif' | 'heic' | 'film' | undefined => {
  if (bytes.length < 16 || textAt(bytes, 4) !== 'ftyp') return undefined;
  const boxBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const brands = [textAt(bytes, 8)];
  for (let at = 16; at + 4 <= Math.min(boxBytes, bytes.length) && brands.length < MAX_BRANDS; at += 4)
    brands.push(textAt(bytes, at));
  // Both photo formats share the brand `mif1`, so the specific brand decides.
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return brands.some((brand) => HEIC.has(brand)) ? 'heic' : 'film';
};
