/** An exercise leads back to the screens that explain it, and links between tutorials are checked. */
import { describe, expect, it } from 'vitest';
import { linked } from '../../../main/config/tutorial-links.ts';
import type { Practice } from '../../../main/contract/tutorial-content.ts';
import { explanationOf } from '../../../renderer/features/tutorials/explanation.ts';

const exercise: Practice = { kind: 'type', texts: ['a'] };
/** `e` an exercise, `.` a picture. */
const tutorial = (screens: string) => [...screens].map((one) => ({ practice: one === 'e' ? exercise : null }));

describe('the explanation of an exercise', () => {
  it.each([
    ['..e', 2, 0],
    ['..e..e', 5, 3],
    ['..e...ee', 7, 3],
    ['.ee', 1, 0],
    ['e.e', 2, 1],
    ['e', 0, 0],
  ])('in %s, for screen %i, begins at screen %i', (screens, at, first) =>
    expect(explanationOf(tutorial(screens), at)).toBe(first),
  );
});

describe('the links between tutorials', () => {
  const tutorial = (id: string, next: readonly string[], review: string | null) => ({
    id,
    next,
    screens: [{ review }],
  });
  it('to unknown tutorials or to the tutorial itself are dropped', () => {
    expect(
      linked([tutorial('a', ['b', 'gone', 'a'], 'gone'), tutorial('b', [], 'a'), tutorial('c', ['a'], 'c')]),
    ).toEqual([tutorial('a', ['b'], null), tutorial('b', [], 'a'), tutorial('c', ['a'], null)]);
  });
});
