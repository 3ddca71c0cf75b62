/**
 * The orientation of pages and cards as the product decides it: guessed from the picture, confirmed by the real OCR.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { preparePage } from '../../../main/features/scanning/pages/prepare-page.ts';
import { findOrientation, type QuarterTurn } from '../../../main/features/scanning/page-orientation.ts';
import sharp from 'sharp';
import { scanOf } from '../../harness/scanning/damage.ts';
import { FRENCH_CARDS } from '../../harness/scanning/french-cards.ts';
import { LIDS, scanOfGlass } from '../../harness/scanning/glass-scenes.ts';
import { attestationCaf, payslip, type Paper } from '../../harness/scanning/papers.ts';
import { realReader } from '../../harness/scanning/scanning-fixture.ts';
import type { ScannedPage } from '../../../main/devices/scanner.ts';

const reader = realReader();
afterAll(() => reader.clear());

/** Total clockwise rotation of the page, and whether the kiosk is sure of it. */
const settled = async (scan: ScannedPage) => {
  const made = await preparePage(scan);
  const way = await findOrientation(
    made,
    async (degrees: QuarterTurn) =>
      reader.read(new Uint8Array(await sharp(made.reading).rotate(degrees).png().toBuffer()), made.readingDpi),
    () => true,
  );
  return { turnDeg: (((made.straightenedDeg + made.turnedDeg + way.degrees) % 360) + 360) % 360, sure: way.sure, made };
};
const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

describe.each(Object.entries(FRENCH_CARDS))('%s', (_, card) => {
  it.each([
    ['white', 0],
    ['white', 97],
    ['white', 218],
    ['black', 180],
    ['black', 41],
    ['black', 276],
  ] as const)('ends upright on a %s lid, laid at %i°', async (lid, angleDeg) => {
    const { turnDeg, made, sure } = await settled(
      await scanOfGlass([{ ...card, x: 105, y: 120, angleDeg }], LIDS[lid], 200),
    );
    expect(made.card).toBe(true);
    expect(sure).toBe(true);
    expect(apart(turnDeg, 360 - angleDeg)).toBeLessThan(3);
  });
});

const list: Paper = {
  name: 'liste',
  kind: 'other',
  drawing: '',
  lines: ['Pain', 'Lait', 'Beurre', 'Farine', 'Café moulu', 'Tomates', 'Savon de Marseille'].map((text, i) => ({
    text,
    x: 60,
    y: 90 + i * 34,
    sizePt: 13,
  })),
};
const sparse: Paper = {
  name: 'peu de mots',
  kind: 'other',
  drawing: '',
  lines: [{ text: 'Lu et approuvé, le 3 mai 2026', x: 180, y: 600, sizePt: 12 }],
};
const scribble = (fill: string): Paper => ({
  name: 'griffonnage',
  kind: 'other',
  drawing: `<path d="M90 200 c 12 -40 20 -30 14 0 s 18 -34 26 -12 s 10 18 22 -6 s 12 -14 26 4 s 30 -10 40 -6 M90 260 c 30 -20 8 -30 24 0 s 18 -34 46 -12 s 10 18 22 -6 s 52 -14 26 4 s 30 -10 60 -6" fill="none" stroke="${fill}" stroke-width="1.5"/>`,
  lines: [],
});

describe.each([
  ['a list', list],
  ['a page of one line', sparse],
  ['a table', payslip],
  ['a full page', attestationCaf],
] as const)('%s', (_, paper) => {
  it.each([0, 90, 180, 270] as const)('ends upright when placed at %i°', async (turnDeg) => {
    const done = await settled(await scanOf(paper, { dpi: 150, turnDeg, noise: 6 }));
    expect({ sure: done.sure, off: apart(done.turnDeg, 360 - turnDeg) < 3 }).toEqual({ sure: true, off: true });
  });
});

it.each(['#1b2a6b', '#c8c8c8'])(
  'illegible writing (%s) is not turned, not taken for a blank page, and the person is asked',
  async (ink) => {
    const { turnDeg, sure, made } = await settled(await scanOf(scribble(ink), { dpi: 150, noise: 4 }));
    expect({ sure, blank: made.blank, off: apart(turnDeg, 0) < 16 }).toEqual({ sure: false, blank: false, off: true });
  },
);
