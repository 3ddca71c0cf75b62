/**
 * Keeps the ink of the small copy that may be letters. Rules, frames, paper edges, photographs and bars are dropped:
 * they have a direction too, and more ink than words have.
 */
import { componentsOf } from './components.ts';
import type { Grey } from './pixels.ts';

/** In pixels of a quarter of a millimetre: from small print to a title, and words whose letters touch. */
const LEAST = 2;
const TALLEST = 34;
const LONGEST = 140;
/** A mark no thicker than THIN and longer than RULE is a rule. */
const THIN = 3;
const RULE = 26;

export interface TextInk {
  readonly ink: Uint8Array;
  /**
   * Number of marks whose nearest neighbour is beside them (`across`) or below them (`along`). Letters are closer than
   * lines.
   */
  readonly across: number;
  readonly along: number;
}

/** Marks further apart than this are not neighbours: 6 mm. */
const REACH = 24;

export const textInkOf = (ink: Uint8Array, { width, height }: Pick<Grey, 'width' | 'height'>): TextInk => {
  const { labels, components } = componentsOf(ink, width, height);
  const kept = new Uint8Array(components.length + 1);
  const letters = components.filter(({ size, left, right, top, bottom }) => {
    const [short = 0, long = 0] = [right - left + 1, bottom - top + 1].sort((a, b) => a - b);
    const rule = short <= THIN && long > RULE;
    return !rule && short >= LEAST && short <= TALLEST && long <= LONGEST && size >= 6;
  });
  for (const { id } of letters) kept[id] = 1;

  const isLetter = (x: number, y: number): boolean => x < width && y < height && kept[labels[y * width + x]!] === 1;
  const nearest = (from: number, to: number, meets: (at: number, away: number) => boolean): number => {
    for (let away = 1; away < REACH; away += 1)
      for (const share of [0.25, 0.5, 0.75]) if (meets(Math.round(from + (to - from) * share), away)) return away;
    return REACH;
  };
  let [across, along] = [0, 0];
  for (const { left, right, top, bottom } of letters) {
    const beside = nearest(top, bottom, (y, away) => isLetter(right + away, y));
    const below = nearest(left, right, (x, away) => isLetter(x, bottom + away));
    if (beside < below) across += 1;
    if (below < beside) along += 1;
  }
  return { ink: ink.map((on, i) => (on ? kept[labels[i]!]! : 0)), across, along };
};

/** The lines of text run vertically: the page is on its side. */
export const liesOnItsSide = ({ across, along }: TextInk): boolean => along >= 8 && along > across * 1.5;
