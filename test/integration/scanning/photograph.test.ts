/** A photograph on the glass: it has no paper to whiten, and no lines that tell how it lies. */
import sharp, { type OverlayOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { preparePage, type PreparedPage } from '../../../main/features/scanning/pages/prepare-page.ts';

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

const scanned = async (laid: OverlayOptions): Promise<PreparedPage> => {
  const glass = sharp({ create: { width: px(210), height: px(297), channels: 3, background: '#f6f6f4' } });
  const bytes = new Uint8Array(await glass.composite([laid]).png({ compressionLevel: 1 }).toBuffer());
  return preparePage({ number: 1, dpi: DPI, image: { format: 'png', bytes } });
};

/** Mean colour of a part of a picture; `area` in shares of its sides. */
const meanOf = async (picture: Uint8Array | Buffer, area: readonly [number, number, number, number]) => {
  const { width, height } = await sharp(picture).metadata();
  const [left, top, right, bottom] = [area[0] * width, area[1] * height, area[2] * width, area[3] * height].map(
    Math.round,
  );
  const part = sharp(picture).extract({ left: left!, top: top!, width: right! - left!, height: bottom! - top! });
  return (await part.stats()).channels.map(({ mean }) => mean);
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
      for (const [channel, value] of here.slice(0, 3).entries())
        expect(Math.abs(value - there[channel]!)).toBeLessThan(8);
    }
  });
});
