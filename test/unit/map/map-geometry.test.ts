import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitView, placeLabels, spread, type Box } from '../../../main/contract/map-geometry.ts';

const INSIDE: Box = [0, 0, 1_000, 700];

describe('markers', () => {
  it('of one town do not cover each other, and stay on the map', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: fc.integer({ min: 0, max: 1_000 }), y: fc.integer({ min: 0, max: 700 }) }), {
          maxLength: 8,
        }),
        (markers) => {
          const at = spread(markers, 40, INSIDE);
          for (const [i, [x, y]] of at.entries()) {
            expect(x).toBeGreaterThanOrEqual(20);
            expect(y).toBeLessThanOrEqual(680);
            for (const [u, v] of at.slice(i + 1)) expect(Math.hypot(x - u, y - v)).toBeGreaterThan(38);
          }
        },
      ),
    );
  });

  it('that are alone stay at their point', () => {
    const [[x, y] = [0, 0]] = spread([{ x: 300, y: 300 }], 40, INSIDE);
    expect(Math.hypot(x - 300, y - 300)).toBeLessThan(1);
  });
});

describe('names of towns', () => {
  const town = fc.record({
    text: fc.string(),
    x: fc.integer({ min: 0, max: 1_000 }),
    y: fc.integer({ min: 0, max: 700 }),
    width: fc.integer({ min: 20, max: 150 }),
    height: fc.constant(24),
  });
  const boxOf = ([x, y]: readonly [number, number], { width, height }: { width: number; height: number }): Box => [
    x - width / 2,
    y - height / 2,
    x + width / 2,
    y + height / 2,
  ];
  const overlap = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  it('never cover each other, a marker, or the edge', () => {
    fc.assert(
      fc.property(fc.uniqueArray(town, { maxLength: 40, selector: ({ text }) => text }), (wanted) => {
        const marker: Box = [400, 300, 480, 380];
        const placed = placeLabels(wanted, { taken: [marker], inside: INSIDE, gap: 6, most: 20 });
        expect(placed.length).toBeLessThanOrEqual(20);
        const boxes = placed.map(({ text, middle }) =>
          boxOf(
            middle,
            wanted.find((one) => one.text === text)!,
          ),
        );
        for (const [i, box] of boxes.entries()) {
          expect(overlap(box, marker)).toBe(false);
          expect(box[0] >= 0 && box[1] >= 0 && box[2] <= 1_000 && box[3] <= 700).toBe(true);
          for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
        }
      }),
    );
  });

  it('the first comes first, and is there when there is room', () => {
    const [first, second] = ['Vichy', 'Cusset'].map((text) => ({ text, x: 500, y: 350, width: 90, height: 24 }));
    const placed = placeLabels([first!, second!], { taken: [], inside: INSIDE, gap: 6, most: 20 });
    expect(placed[0]?.text).toBe('Vichy');
  });
});

it('a view keeps the shape of its window around what it shows', () => {
  const [left, top, right, bottom] = fitView([100, 100, 200, 300], { width: 16, height: 9 });
  expect((right - left) / (bottom - top)).toBeCloseTo(16 / 9);
  expect([(left + right) / 2, (top + bottom) / 2]).toEqual([150, 200]);
  expect(bottom - top).toBeCloseTo(200);
});
