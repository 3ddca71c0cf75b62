import { expect, it } from 'vitest';
import type { ReadPage } from '../../../main/devices/text-reader.ts';
import { findOrientation, type QuarterTurn } from '../../../main/features/scanning/page-orientation.ts';

const page = (sure: number, confidence = sure > 0 ? 80 : 20): ReadPage => ({
  lines: [],
  sureCharacters: sure,
  confidence,
});

/** OCR result for each quarter turn from the guess. */
const find = async (turnedDeg: number, read: Partial<Record<QuarterTurn, ReadPage>>, card = false) => {
  const asked: number[] = [];
  const { degrees, sure } = await findOrientation(
    { turnedDeg, card },
    async (by) => {
      asked.push(by);
      return read[by] ?? page(0);
    },
    () => true,
  );
  return { degrees, sure, asked };
};

it('a page with a good OCR result is read once', async () => {
  expect(await find(90, { 0: page(300) })).toEqual({ degrees: 0, sure: true, asked: [0] });
});

it('a quarter turn that was guessed wrongly is undone, whichever it was', async () => {
  expect(await find(90, { 270: page(200) })).toEqual({ degrees: 270, sure: true, asked: [0, 270] });
  expect(await find(270, { 0: page(3), 90: page(40) })).toMatchObject({ degrees: 90, sure: true });
});

it('a page on its side that was taken for straight is found', async () => {
  expect(await find(0, { 90: page(120) })).toMatchObject({ degrees: 90, sure: true });
});

it('a few words are accepted when no other orientation gives any', async () => {
  expect(await find(0, { 180: page(9) })).toMatchObject({ degrees: 180, sure: true });
  expect(await find(0, { 0: page(6), 180: page(5) })).toMatchObject({ degrees: 0, sure: false });
});

it('an illegible page is not turned, and the person is asked', async () => {
  expect(await find(90, {})).toEqual({ degrees: 270, sure: false, asked: [0, 270, 180, 90] });
  expect(await find(180, {})).toMatchObject({ degrees: 180, sure: false });
  expect(await find(0, {})).toMatchObject({ degrees: 0, sure: false });
});

it('a card stays lying, and is read two ways only', async () => {
  expect(await find(0, { 180: page(30) }, true)).toEqual({ degrees: 180, sure: true, asked: [0, 180] });
  expect(await find(90, {}, true)).toEqual({ degrees: 0, sure: false, asked: [0, 180] });
});

it('OCR stops when the paper is removed', async () => {
  let reads = 0;
  const read = async (): Promise<ReadPage> => page((reads += 1) * 0);
  await findOrientation({ turnedDeg: 0, card: false }, read, () => false);
  expect(reads).toBe(1);
});
