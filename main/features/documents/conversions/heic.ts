/**
 * Converts an iPhone's photo (HEIC) to JPEG. libheif is WebAssembly, so a hostile file cannot leave its memory. In
 * the document decoder.
 */
import type { HeifImage } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import sharp from 'sharp';
import { DecoderRefusal } from '../../../platform/decoders/serve.ts';

/** The largest photo of a phone has 48 million pixels; decoding takes ten bytes per pixel. */
const MAX_PIXELS = 52_000_000;

/** A new instance each time: the memory of a WebAssembly module only grows, and still holds the last photo. */
const openLibheif = async () => (await import('libheif-js/libheif-wasm/libheif-bundle.mjs')).default();

const decoded = (image: HeifImage, width: number, height: number): Promise<Uint8ClampedArray> =>
  new Promise((resolve, reject) => {
    const data = new Uint8ClampedArray(width * height * 4);
    image.display({ data, width, height }, (filled) => (filled ? resolve(data) : reject(new Error('not decoded'))));
  });

/** In the orientation of the photo, and without the metadata that says where and when it was taken. */
export const heicToJpeg = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const { HeifDecoder } = await openLibheif();
  const images = new HeifDecoder().decode(bytes);
  try {
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (!image) throw new DecoderRefusal('damaged');
    const [width, height] = [image.get_width(), image.get_height()];
    if (width * height > MAX_PIXELS) throw new DecoderRefusal('too-large');
    const rgba = await decoded(image, width, height).catch((cause: unknown) => {
      throw new DecoderRefusal('damaged', { cause });
    });
    const jpeg = await sharp(rgba, { raw: { width, height, channels: 4 } })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 90 })
      .toBuffer();
    return new Uint8Array(jpeg);
  } finally {
    for (const image of images) image.free();
  }
};
