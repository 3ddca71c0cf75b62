/**
 * Which way up a page goes, by what can be read of it. A page that reads well stays as it was guessed. One that does not is read every way;
 * when none is clearly better it stays as it lay: a page turned wrongly frightens more than one that was laid wrongly.
 */
import type { PageResult } from './pages/operations.ts';
import type { ReadPage } from '../../devices/text-reader.ts';

/** Clockwise, beyond how the page stands now. */
export type QuarterTurn = 0 | 90 | 180 | 270;

export interface WayUp {
  readonly degrees: QuarterTurn;
  readonly page: ReadPage | undefined;
  /** False: the person is asked. */
  readonly sure: boolean;
}

/** With less, the page may stand the wrong way. */
const CONFIDENT = 55;
const ENOUGH_LETTERS = 12;
/** Two short words, and nothing like it in any other direction. */
const FEW_LETTERS = 6;
const CLEARLY_BETTER = 2;

const isClear = (page: ReadPage): boolean => page.confidence >= CONFIDENT && page.sureCharacters >= ENOUGH_LETTERS;

export const findWayUp = async (
  { turnedDeg, card }: Pick<PageResult, 'turnedDeg' | 'card'>,
  read: (degrees: QuarterTurn) => Promise<ReadPage | undefined>,
  /** False: nobody wants to know any more. */
  isWanted: () => boolean,
): Promise<WayUp> => {
  const first = await read(0);
  // A reader that failed says nothing against the guess.
  if (!first) return { degrees: 0, page: undefined, sure: turnedDeg === 0 };
  if (isClear(first)) return { degrees: 0, page: first, sure: true };

  // A card is read lying, so it has two ways only; laid upright, it goes to the nearer of the two.
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
