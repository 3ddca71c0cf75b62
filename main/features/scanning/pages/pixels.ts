/** Pictures as plain arrays, and the basic measures that the other files use. Pure; runs in the page decoder. */

/** One sample per pixel, rows without padding. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** One or three samples per pixel. */
export interface Raster extends Grey {
  readonly channels: 1 | 3;
}

export const histogramOf = (bytes: Uint8Array, step = 1): Uint32Array => {
  const histogram = new Uint32Array(256);
  for (let i = 0; i < bytes.length; i += step) histogram[bytes[i]!]! += 1;
  return histogram;
};

/** The value below which a share `p` (0..1) of the samples lies. */
export const percentileOf = (histogram: Uint32Array, p: number): number => {
  let total = 0;
  for (const n of histogram) total += n;
  let seen = 0;
  for (let value = 0; value < 256; value += 1) {
    seen += histogram[value]!;
    if (seen >= total * p) return value;
  }
  return 255;
};

export const medianOf = (values: readonly number[]): number => {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
};

/** Integral image (summed-area table): gives the sum over any rectangle in four look-ups. */
export const integralOf = ({ width, height, bytes }: Grey): Float64Array => {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += bytes[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
};

/** 1 where a pixel is clearly darker than its surroundings. This local threshold also works in shadows and on tints. */
export const inkOf = (grey: Grey, radius: number, contrast = 0.2): Uint8Array => {
  const { width, height, bytes } = grey;
  const sums = integralOf(grey);
  const ink = new Uint8Array(width * height);
  const stride = width + 1;
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - radius) * stride;
    const bottom = Math.min(height, y + radius + 1) * stride;
    const rows = (bottom - top) / stride;
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - radius);
      const right = Math.min(width, x + radius + 1);
      const mean =
        (sums[bottom + right]! - sums[top + right]! - sums[bottom + left]! + sums[top + left]!) /
        (rows * (right - left));
      if (bytes[y * width + x]! < mean * (1 - contrast) - 4) ink[y * width + x] = 1;
    }
  }
  return ink;
};
