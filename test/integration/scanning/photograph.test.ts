/** A photograph on the glass: it has no paper to whiten, and no lines that tell how it lies. */
import sharp, { type OverlayOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PageResult } from '../../../main/features/scanning/pages/operations.ts';
import { preparePage } from '../../../main/features/scanning/pages/prepare-page.ts';

const DPI = 200;
const px = (mm: number): number => Math.round((mm / 25.4) * DPI);
const PRINT = { left: px(15), top: px(20), width: px(150), height: px(100) } as const;

/** A sky, a lake in its light, trees and a meadow, 15 cm by 10. */
const LAKE = `<svg xmlns="http://www.w3.org/2000/svg" width="${PRINT.width}" height="${PRINT.height}" viewBox="0 0 150 100">
  <defs>
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#6f9fd0"/><stop offset="1" stop-color="#c9dcec"/></linearGradient>
    <filter id="leaves"><feTurbulence type="fractalNoise" baseFrequency="0.35" numOctaves="4" seed="3"/>
      <feColorMatrix values="0 0 0 0 0.15  2 0 0 0 -0.65  0 0 0 0 0.1  0 0 0 0 1"/><feComposite in2="SourceGraphic" operator="in"/></filter>
    <filter id="grass"><feTurbulence type="fractalNoise" baseFrequency="0.2 0.5" numOctaves="3" seed="8"/>
      <feColorMatrix values="2 0 0 0 -0.5  2 0 0 0 -0.3  0 0 0 0 0.2  0 0 0 0 1"/><feComposite in2="SourceGraphic" operator="in"/></filter>
  </defs>
  <rect width="150" height="100" fill="url(#sky)"/>
  <rect y="44" width="150" height="20" fill="#86a9bd"/>
  <rect width="150" height="46" y="22" fill="#000" filter="url(#leaves)"/>
  <rect y="58" width="150" height="42" fill="#000" filter="url(#grass)"/>
</svg>`;

/** A face and shoulders in soft light, against `ground`. */
const portrait = (widthMm: number, heightMm: number, ground: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${px(widthMm)}" height="${px(heightMm)}" viewBox="0 0 70 90" preserveAspectRatio="xMidYMid slice">
  <defs>
    <linearGradient id="ground" x2="0" y2="1"><stop stop-color="#e9edf0"/><stop offset="1" stop-color="#7f93a6"/></linearGradient>
    <radialGradient id="skin" cx=".38" cy=".36"><stop stop-color="#efc9ae"/><stop offset="1" stop-color="#a8755a"/></radialGradient>
    <linearGradient id="cloth"><stop stop-color="#7d8ea6"/><stop offset="1" stop-color="#46566e"/></linearGradient>
    <filter id="soft"><feGaussianBlur stdDeviation=".6"/></filter>
  </defs>
  <rect x="-70" y="-90" width="210" height="270" fill="${ground}"/>
  <g filter="url(#soft)"><ellipse cx="35" cy="92" rx="31" ry="28" fill="url(#cloth)"/>
  <rect x="28" y="55" width="14" height="14" fill="#b07c60"/><ellipse cx="35" cy="36" rx="20" ry="26" fill="#5b4636"/>
  <ellipse cx="35" cy="41" rx="16" ry="22" fill="url(#skin)"/></g></svg>`);

const scanned = async (...laid: readonly OverlayOptions[]): Promise<PageResult> => {
  const glass = sharp({ create: { width: px(210), height: px(297), channels: 3, background: '#f6f6f4' } });
  const bytes = new Uint8Array(
    await glass
      .composite([...laid])
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
  return preparePage({ number: 1, dpi: DPI, image: { format: 'png', bytes } });
};

/** Mean colour of a part of a picture; `area` in shares of its sides. */
const meanOf = async (picture: Uint8Array | Buffer, area: readonly [number, number, number, number]) => {
  const { width, height } = await sharp(picture).metadata();
  const [left, top, right, bottom] = [area[0] * width, area[1] * height, area[2] * width, area[3] * height].map(
    Math.round,
  );
  const part = sharp(picture).extract({ left: left!, top: top!, width: right! - left!, height: bottom! - top! });
  // `stats` reads its input, not what is extracted from it.
  return (await sharp(await part.png().toBuffer()).stats()).channels.map(({ mean }) => mean);
};

const expectSame = (here: readonly number[], there: readonly number[], within = 8): void => {
  for (const [channel, value] of here.slice(0, 3).entries())
    expect(Math.abs(value - there[channel]!)).toBeLessThan(within);
};

const SKY = [0.1, 0.05, 0.9, 0.18] as const;
const MEADOW = [0.1, 0.7, 0.9, 0.95] as const;

describe('a photograph on the glass', () => {
  it.each([0, 180])('keeps its sky and its meadow, and the way it was laid (%d°)', async (degrees) => {
    const print = await sharp(Buffer.from(LAKE)).rotate(degrees).flatten().png().toBuffer();
    const page = await scanned({ input: print, left: PRINT.left, top: PRINT.top });
    expect(page).toMatchObject({ turnedDeg: 0, blank: false });
    expect(Math.abs(page.width - PRINT.width)).toBeLessThan(px(4));
    expect(Math.abs(page.height - PRINT.height)).toBeLessThan(px(4));
    for (const area of [SKY, MEADOW]) {
      const turned = degrees === 0 ? area : ([1 - area[2], 1 - area[3], 1 - area[0], 1 - area[1]] as const);
      const [there, here] = [await meanOf(print, turned), await meanOf(page.jpeg, turned)];
      expectSame(here, there);
    }
  });

  const WALL = [0.06, 0.1, 0.18, 0.4] as const;
  const FACE = [0.4, 0.38, 0.6, 0.55] as const;
  const CLOTHES = [0.4, 0.88, 0.6, 0.97] as const;

  it.each([
    ['of an identity card', 35, 45, '#c9d6e2'],
    ['of a passport', 35, 45, '#8fa3b5'],
    ['before a shaded wall', 100, 150, 'url(#ground)'],
    ['lit from above', 130, 180, 'url(#ground)'],
  ] as const)('a portrait %s keeps its face and its wall', async (_, width, height, ground) => {
    const print = await sharp(portrait(width, height, ground))
      .flatten()
      .png()
      .toBuffer();
    const page = await scanned({ input: print, left: px(60), top: px(50) });
    expect(page).toMatchObject({ turnedDeg: 0, blank: false });
    for (const area of [WALL, FACE, CLOTHES]) expectSame(await meanOf(page.jpeg, area), await meanOf(print, area));
  });

  it('keeps its colours beside another in the corner', async () => {
    const [width, height] = [90, 130];
    const print = await sharp(portrait(width, height, 'url(#ground)'))
      .flatten()
      .png()
      .toBuffer();
    const page = await scanned({ input: print, left: 0, top: 0 }, { input: print, left: px(95), top: px(40) });
    for (const [left, top] of [
      [0, 0],
      [95, 40],
    ] as const)
      for (const [x0, y0, x1, y1] of [WALL, FACE, CLOTHES]) {
        const there = await meanOf(print, [x0, y0, x1, y1]);
        const here = await meanOf(page.jpeg, [
          (left + x0 * width) / 210,
          (top + y0 * height) / 297,
          (left + x1 * width) / 210,
          (top + y1 * height) / 297,
        ]);
        // The white of the lid becomes the white of the page, and everything beside it as much lighter.
        expectSame(here, there, 30);
      }
  });
});
