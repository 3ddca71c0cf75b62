/** Chooses the part of the glass that becomes the page, and crops it at any angle without losing a mark. */
import { extentsOf, type Point, type Rectangle } from './geometry.ts';
import type { Raster } from './pixels.ts';
import { sharpOf, toRaster } from './rasters.ts';

/** In pixels of the small copy, from the centre of the glass, on axes rotated with the page. */
export interface Frame {
  readonly angleDeg: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Raster, 'width' | 'height'>;

const cornersOf = ({ centreX, centreY, width, height, angleDeg }: Rectangle): readonly Point[] => {
  const rad = (-angleDeg * Math.PI) / 180;
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([right = 0, down = 0]): Point => {
    const [u, v] = [(right * width) / 2, (down * height) / 2];
    return [centreX + u * Math.cos(rad) - v * Math.sin(rad), centreY + u * Math.sin(rad) + v * Math.cos(rad)];
  });
};

const fromCentre = (points: readonly Point[], { width, height }: Size): readonly Point[] =>
  points.map(([x, y]): Point => [x - width / 2, y - height / 2]);

/** Bare paper kept round the ink when a straightened page would otherwise exceed its frame: 3 mm. */
const MARGIN_PX = 12;

/**
 * Places an interval of `length` so that it contains from..to, as near the centre as possible; longer only if needed.
 */
const spanCovering = (length: number, from: number, to: number): readonly [start: number, length: number] => {
  if (to - from >= length) return [from, to - from];
  return [Math.min(Math.max(-length / 2, to - length), from), length];
};

export const frameFor = (
  angleDeg: number,
  glass: Size,
  sheet: Rectangle | undefined,
  /** Convex hull of all marks on the glass. */
  marks: readonly Point[],
): Frame => {
  if (sheet) {
    const { left, right, top, bottom } = extentsOf(fromCentre(cornersOf(sheet), glass), angleDeg);
    return { angleDeg, left, top, width: right - left, height: bottom - top };
  }
  const onItsSide = Math.round(angleDeg / 90) % 2 !== 0;
  const [width, height] = onItsSide ? [glass.height, glass.width] : [glass.width, glass.height];
  const plain = { angleDeg, left: -width / 2, top: -height / 2, width, height };
  if (marks.length === 0 || angleDeg % 90 === 0) return plain;
  const { left, right, top, bottom } = extentsOf(fromCentre(marks, glass), angleDeg);
  const [x, wide] = spanCovering(width, left - MARGIN_PX, right + MARGIN_PX);
  const [y, high] = spanCovering(height, top - MARGIN_PX, bottom + MARGIN_PX);
  return { angleDeg, left: x, top: y, width: wide, height: high };
};

/** `scale`: pixels of `raster` per pixel of the small copy. Areas outside the glass are filled with `background`. */
export const cutOut = async (raster: Raster, frame: Frame, scale: number, background: string): Promise<Raster> => {
  const angleDeg = ((frame.angleDeg % 360) + 360) % 360;
  const big =
    angleDeg === 0 ? raster : await toRaster(sharpOf(raster).rotate(angleDeg, { background }), raster.channels);
  const width = Math.max(8, Math.min(Math.round(frame.width * scale), big.width));
  const height = Math.max(8, Math.min(Math.round(frame.height * scale), big.height));
  const left = Math.max(0, Math.min(big.width - width, Math.round(big.width / 2 + frame.left * scale)));
  const top = Math.max(0, Math.min(big.height - height, Math.round(big.height / 2 + frame.top * scale)));
  if (width === big.width && height === big.height) return big;
  const out = new Uint8Array(width * height * big.channels);
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * big.width + left) * big.channels;
    out.set(big.bytes.subarray(from, from + width * big.channels), row * width * big.channels);
  }
  return { width, height, channels: big.channels, bytes: out };
};

/**
 * Paints the dark lid around the sheets in the colour of paper: it would waste toner and falsify every measure of the
 * paper.
 */
export const withoutLid = (
  raster: Raster,
  outlines: readonly (readonly Point[])[],
  scale: number,
  paper: string,
): Promise<Raster> => {
  const { width, height } = raster;
  const path = outlines
    .map((hull) => `M${hull.map(([x, y]) => `${(x * scale).toFixed(1)} ${(y * scale).toFixed(1)}`).join('L')}Z`)
    .join('');
  const cover = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path fill-rule="evenodd" fill="${paper}" d="M-9 -9H${width + 9}V${height + 9}H-9Z${path}"/></svg>`;
  return toRaster(
    sharpOf(raster)
      .composite([{ input: Buffer.from(cover) }])
      .removeAlpha(),
    raster.channels,
  );
};
