/** Opens, scales and converts pictures with sharp. */
import sharp, { type Sharp } from 'sharp';
import type { ScannedPage } from '../../../devices/scanner.ts';
import type { Grey, Raster } from './pixels.ts';

/** A higher resolution costs time and size and makes no text clearer. */
export const PAGE_DPI = 300;
/** For comparison, A3 at 600 pixels an inch has 70 million pixels. */
const MAX_PIXELS = 120_000_000;

export class UnreadablePicture extends Error {}

export const openScan = async (page: ScannedPage): Promise<{ raster: Raster; dpi: number }> => {
  const { image } = page;
  const source =
    image.format === 'raw'
      ? sharp(image.bytes, {
          raw: { width: image.width, height: image.height, channels: image.channels },
          limitInputPixels: MAX_PIXELS,
        })
      : sharp(image.bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).autoOrient();
  try {
    const facts = image.format === 'raw' ? image : await source.metadata();
    let pipeline = source.flatten({ background: '#ffffff' }).toColourspace('srgb');
    const scale = Math.min(1, PAGE_DPI / page.dpi);
    if (scale < 1)
      pipeline = pipeline.resize({ width: Math.max(1, Math.round((facts.width ?? 1) * scale)), kernel: 'cubic' });
    const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
    const raster: Raster = {
      width: info.width,
      height: info.height,
      channels: info.channels === 1 ? 1 : 3,
      bytes: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
    return { raster, dpi: Math.min(page.dpi, PAGE_DPI) };
  } catch (cause) {
    throw new UnreadablePicture('the picture does not open', { cause });
  }
};

export const sharpOf = (raster: Raster): Sharp =>
  sharp(raster.bytes, {
    raw: { width: raster.width, height: raster.height, channels: raster.channels },
    limitInputPixels: MAX_PIXELS,
  });

export const toRaster = async (pipeline: Sharp, channels: 1 | 3): Promise<Raster> => {
  const coloured = channels === 1 ? pipeline.toColourspace('b-w') : pipeline;
  const { data, info } = await coloured.raw().toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    channels,
    bytes: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
};

export const scaled = (raster: Raster, factor: number, channels: 1 | 3 = raster.channels): Promise<Raster> =>
  toRaster(
    sharpOf(raster).resize({ width: Math.max(8, Math.round(raster.width * factor)), kernel: 'linear' }),
    channels,
  );

export const greyOf = (raster: Raster): Grey => {
  if (raster.channels === 1) return raster;
  const bytes = new Uint8Array(raster.width * raster.height);
  for (let i = 0; i < bytes.length; i += 1)
    bytes[i] = (raster.bytes[i * 3]! * 77 + raster.bytes[i * 3 + 1]! * 150 + raster.bytes[i * 3 + 2]! * 29) >> 8;
  return { width: raster.width, height: raster.height, bytes };
};

/** Does the page have coloured marks? The tint of the paper or of a warm lamp does not count. */
export const hasColour = (small: Raster): boolean => {
  if (small.channels === 1) return false;
  const { bytes } = small;
  const tint = [0, 0];
  let n = 0;
  for (let i = 0; i < bytes.length; i += 3 * 7) {
    tint[0]! += bytes[i]! - bytes[i + 1]!;
    tint[1]! += bytes[i + 2]! - bytes[i + 1]!;
    n += 1;
  }
  const [red, blue] = [tint[0]! / n, tint[1]! / n];
  let coloured = 0;
  for (let i = 0; i < bytes.length; i += 3)
    if (Math.abs(bytes[i]! - bytes[i + 1]! - red) > 30 || Math.abs(bytes[i + 2]! - bytes[i + 1]! - blue) > 30)
      coloured += 1;
  return coloured > (bytes.length / 3) * 0.0006;
};
