import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePage, packLine, PWG_MAGIC, type RasterPage } from '../../../main/devices/ipp/pwg-raster.ts';
import { readPwg } from '../../harness/printing/read-pwg.ts';

const page = (change: Partial<RasterPage> = {}): RasterPage => ({
  width: 4,
  height: 2,
  dpi: 300,
  colour: 'srgb_8',
  twoSided: false,
  totalPages: 1,
  back: 'normal',
  page: 1,
  widthPt: 595.28,
  heightPt: 841.89,
  mediaName: 'iso_a4_210x297mm',
  ...change,
});
const packed = (dots: readonly number[], unit = 1): number[] => {
  const out = new Uint8Array(dots.length * 2 + 8);
  return [...out.subarray(0, packLine(Uint8Array.from(dots), unit, out, 0))];
};
const whole = (encoded: Uint8Array): Buffer => Buffer.concat([PWG_MAGIC, encoded]);

describe('PWG raster', () => {
  it('packs runs and stretches as the examples of PWG 5102.4 do', () => {
    expect(packed([7, 7, 7, 7])).toEqual([0x03, 7]);
    expect(packed([1, 2, 3])).toEqual([0xfe, 1, 2, 3]);
    expect(packed([1, 2, 2, 2])).toEqual([0x00, 1, 0x02, 2]);
    // A dot of three bytes is one unit: equal bytes inside a dot are no run.
    expect(packed([5, 5, 5, 5, 5, 5, 9, 9, 9], 3)).toEqual([0x01, 5, 5, 5, 0x00, 9, 9, 9]);
  });

  it('splits what is longer than 128 dots', () => {
    expect(packed(Array.from({ length: 300 }, () => 4))).toEqual([127, 4, 127, 4, 43, 4]);
  });

  it('decodes to the same pixels, whatever the picture', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
        (width, height, stream) => {
          const rgb = Uint8Array.from({ length: width * height * 3 }, () => (stream.next().value ?? 0) * 100);
          const [read] = readPwg(whole(encodePage(rgb, page({ width, height }))));
          expect(read?.dots.equals(Buffer.from(rgb))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has room for any line of a wide page: one in grey may pack to more bytes than it has dots', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('sgray_8', 'srgb_8'),
        fc.integer({ min: 1, max: 2480 }),
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 8 }),
        (colour, width, pattern) => {
          const dots = Array.from({ length: width * 2 }, (_, at) => (pattern[at % pattern.length] ?? 0) * 100);
          const rgb = Uint8Array.from(dots.flatMap((grey) => [grey, grey, grey]));
          const [read] = readPwg(whole(encodePage(rgb, page({ width, colour }))));
          expect(read?.dots.equals(Buffer.from(colour === 'sgray_8' ? dots : rgb))).toBe(true);
        },
      ),
      // A dot, then two that are equal: 4 bytes for 3 dots, on a line of A4 at 300 dpi.
      { numRuns: 100, examples: [['sgray_8', 2480, [0, 1, 1]]] },
    );
  });

  it('says what the page is in its header', () => {
    const [read] = readPwg(whole(encodePage(new Uint8Array(24), page({ twoSided: true, totalPages: 3 }))));
    expect(read).toMatchObject({
      width: 4,
      height: 2,
      dpi: 300,
      colourSpace: 19,
      duplex: true,
      totalPages: 3,
      transforms: [1, 1],
      sizeName: 'iso_a4_210x297mm',
    });
  });

  it('makes grey of colours for a printer without colour', () => {
    const rgb = Uint8Array.from([255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, ...new Array<number>(12).fill(128)]);
    const [read] = readPwg(whole(encodePage(rgb, page({ colour: 'sgray_8' }))));
    expect(read?.colourSpace).toBe(18);
    expect([...(read?.dots ?? [])].slice(0, 5)).toEqual([255, 0, 53, 18, 128]);
  });

  it.each([
    ['normal', [1, 1], [1, 2, 3, 4]],
    ['flipped', [1, -1], [3, 4, 1, 2]],
    ['rotated', [-1, -1], [4, 3, 2, 1]],
  ] as const)('turns the back of a sheet when the printer wants it %s', (back, transforms, dots) => {
    const rgb = Uint8Array.from([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    const [read] = readPwg(
      whole(encodePage(rgb, page({ width: 2, height: 2, page: 2, twoSided: true, back, colour: 'sgray_8' }))),
    );
    expect(read?.transforms).toEqual(transforms);
    expect([...(read?.dots ?? [])]).toEqual(dots);
  });
});
