/** Opens a picture that a person brought, of any format that sharp reads. In the document decoder. */
import sharp, { type Sharp } from 'sharp';

export const MAX_PIXELS = 120_000_000;

/**
 * A file that breaks off is refused. One with mere oddities is not: cameras and photo programs leave stray bytes
 * between the parts of a JPEG.
 */
export const openPicture = (bytes: Uint8Array, page?: number): Sharp =>
  sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', ...(page === undefined ? {} : { page }) });
