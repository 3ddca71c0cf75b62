/** Cropping never cuts off ink, whatever is on the glass and whatever the lid. */
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../../main/features/scanning/pages/frame.ts';
import { planPage, preparePage } from '../../../main/features/scanning/pages/prepare-page.ts';
import { GLASS, inkTruth, LIDS, scanOfGlass, SCENES } from '../../harness/scanning/glass-scenes.ts';

/** The resolution of the reduced copy, so that a pixel of the frame is a pixel of the ground truth. */
const DPI = 100;
/** Tolerance of one pixel at each edge of the sheet, where its shadow is. */
const EDGE_PX = 1;

/** Maps a point of the glass, in pixels from its centre, to the page. */
const inPage = (frame: Frame, dx: number, dy: number): readonly [x: number, y: number] => {
  const rad = (frame.angleDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(rad), Math.sin(rad)];
  return [dx * cos - dy * sin - frame.left, dx * sin + dy * cos - frame.top];
};

type Truth = Awaited<ReturnType<typeof inkTruth>>;

/** Number of ink pixels that are not on the page. */
const inkLost = (frame: Frame, { width, height, ink }: Truth): number => {
  let lost = 0;
  for (let i = 0; i < ink.length; i += 1) {
    if (!ink[i]) continue;
    const [x, y] = inPage(frame, (i % width) + 0.5 - width / 2, Math.floor(i / width) + 0.5 - height / 2);
    const inside = x > -EDGE_PX && y > -EDGE_PX && x < frame.width + EDGE_PX && y < frame.height + EDGE_PX;
    if (!inside) lost += 1;
  }
  return lost;
};

const lids = Object.entries(LIDS);

describe.each(SCENES.map((scene) => [scene.name, scene] as const))('%s', (_, { laid, kept }) => {
  let truth: Truth;
  beforeAll(async () => {
    truth = await inkTruth(laid(), DPI);
  });

  it.each(lids)('loses no ink on a %s lid', async (name, lid) => {
    const { plan, sheet } = await planPage(await scanOfGlass(laid(), lid, DPI));
    expect(inkLost(plan.frame, truth)).toBe(0);
    const cropped = sheet !== undefined;
    if (kept === 'sheet') expect(cropped).toBe(true);
    if (kept === 'whole') expect(cropped).toBe(false);
    // White paper cannot be distinguished from a white lid.
    if (kept === 'seen' && !['white', 'dull'].includes(name)) expect(cropped).toBe(true);
  });
});

it('the page shows the area of its frame', async () => {
  const dots = [
    [12, 9],
    [70, 12],
    [15, 44],
    [72, 41],
  ] as const;
  const ink = dots.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2" fill="#d00000"/>`).join('');
  const sheet = { widthMm: 85.6, heightMm: 54, paper: '#cfe3ee', ink, x: 120, y: 90, angleDeg: 33 };
  const scan = await scanOfGlass([sheet], LIDS.white, DPI, 0);
  const [made, { plan }] = [await preparePage(scan), await planPage(scan)];
  const { data, info } = await sharp(made.jpeg).raw().toBuffer({ resolveWithObject: true });
  const rad = (sheet.angleDeg * Math.PI) / 180;
  for (const [u, v] of dots) {
    const [du, dv] = [u - 42.8, v - 27];
    const [x, y] = [
      sheet.x + du * Math.cos(rad) - dv * Math.sin(rad) - GLASS.widthMm / 2,
      sheet.y + du * Math.sin(rad) + dv * Math.cos(rad) - GLASS.heightMm / 2,
    ];
    const at = inPage(plan.frame, (x / 25.4) * DPI, (y / 25.4) * DPI).map(Math.round);
    const [red = 0, green = 255] = data.subarray((at[1]! * info.width + at[0]!) * 3);
    expect({ at, red: red > 150, green: green < 90 }).toEqual({ at, red: true, green: true });
  }
});

it('the whole glass can be restored from what was kept', async () => {
  const scene = SCENES.find(({ name }) => name === 'a card alone, askew')!;
  const dpi = 200;
  const made = await preparePage(await scanOfGlass(scene.laid(), LIDS.black, dpi));
  expect(made.card).toBe(true);
  const again = { number: 1, dpi, image: { format: 'jpeg' as const, bytes: made.glass! } };
  const whole = await preparePage(again, { whole: true });
  expect([whole.glass, whole.card]).toEqual([undefined, false]);
  expect(whole.width * whole.height).toBeGreaterThan(GLASS.widthMm * GLASS.heightMm * (dpi / 25.4) ** 2 * 0.98);
  expect((await preparePage(again)).card).toBe(true);
});

it('a page straightened without a detected sheet keeps its corners', async () => {
  const ink = [
    [3, 8],
    [150, 8],
    [3, 292],
    [150, 292],
    [60, 140],
    [60, 150],
    [60, 160],
  ]
    .map(([x, y]) => `<text x="${x}" y="${y}" font-size="4.4" font-family="Nimbus Sans">Au coin de la page</text>`)
    .join('');
  const sheet = { widthMm: 400, heightMm: 500, paper: LIDS.white, ink: `<g transform="translate(95 101)">${ink}</g>` };
  const laid = [{ ...sheet, x: GLASS.widthMm / 2, y: GLASS.heightMm / 2, angleDeg: 2.2 }];
  const { plan } = await planPage(await scanOfGlass(laid, LIDS.white, DPI));
  expect(Math.abs(plan.straightenedDeg + 2.2)).toBeLessThan(0.4);
  // Ignore words that are cut off by the glass itself.
  const truth = await inkTruth(laid, DPI);
  expect(truth.ink.some((on, i) => on === 1 && i % truth.width < 20)).toBe(true);
  expect(truth.height).toBeGreaterThan(1000);
  expect(inkLost(plan.frame, truth)).toBe(0);
});
