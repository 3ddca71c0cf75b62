/**
 * Decides which way up a page goes, from what OCR can read. A page that reads well keeps the guessed orientation.
 * Otherwise every orientation is read; if none is clearly better, the page goes back to how it lay, since a page that
 * the kiosk turned wrongly is more alarming than one that the person laid wrongly.
 */
import type { PageResult } from './pages/operations.ts';
import type { ReadPage } from '../../devices/text-reader.ts';

/** Clockwise, relative to the current orientation. */
export type QuarterTurn = 0 | 90 | 180 | 270;

export interface Orientation {
  readonly degrees: QuarterTurn;
  readonly page: ReadPage | undefined;
  /** When false, the person is asked. */
  readonly sure: boolean;
}

/** With a lower confidence, the page may be the wrong way up. */
const CONFIDENT = 55;
const ENOUGH_LETTERS = 12;
/** About two short words; enough only if the other orientations read far worse. */
const FEW_LETTERS = 6;
const CLEARLY_BETTER = 2;

const isClear = (page: ReadPage): boolean => page.confidence >= CONFIDENT && page.sureCharacters >= ENOUGH_LETTERS;

export const findOrientation = async (
  { turnedDeg, card }: Pick<PageResult, 'turnedDeg' | 'card'>,
  read: (degrees: QuarterTurn) => Promise<ReadPage | undefined>,
  /** Returns false when the answer is no longer needed: the paper was dropped, or the page was turned by hand. */
  isWanted: () => boolean,
): Promise<Orientation> => {
  const first = await read(0);
  // OCR failed, which is no evidence against the guess.
  if (!first) return { degrees: 0, page: undefined, sure: turnedDeg === 0 };
  if (isClear(first)) return { degrees: 0, page: first, sure: true };

  // A card is read in landscape, so it has only two orientations. One that lay in portrait keeps the guessed one.
  const asItLay = (card && turnedDeg % 180 !== 0 ? 0 : (360 - turnedDeg) % 360) as QuarterTurn;
  const others = (card ? [180] : [asItLay, 180, 90, 270]).filter((by) => by !== 0) as QuarterTurn[];
  const tries: { degrees: QuarterTurn; page: ReadPage }[] = [{ degrees: 0, page: first }];
  for (const degrees of new Set(others)) {
    if (!isWanted()) return { degrees: 0, page: first, sure: true };
    const page = await read(degrees);
    if (!page) continue;
    tries.push({ degrees, page });
    if (isClear(page)) return { degrees, page, sure: true };
  }
  const [best, second] = [...tries].sort((a, b) => b.page.sureCharacters - a.page.sureCharacters);
  if (
    best &&
    best.page.sureCharacters >= FEW_LETTERS &&
    best.page.sureCharacters >= (second?.page.sureCharacters ?? 0) * CLEARLY_BETTER
  )
    return { ...best, sure: true };
  return { degrees: asItLay, page: tries.find(({ degrees }) => degrees === asItLay)?.page ?? first, sure: false };
};
