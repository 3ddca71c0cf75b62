/** After a tutorial that was offered, people go back to what they were doing; an exercise leads back to what explains it. */
import { describe, expect, it } from 'vitest';
import { linked } from '../../../main/config/tutorial-links.ts';
import type { Practice } from '../../../main/contract/tutorial-content.ts';
import { explanationOf } from '../../../renderer/features/tutorials/explanation.ts';

const exercise: Practice = { kind: 'type', texts: ['a'] };
/** `e` an exercise, `.` a picture. */
const lesson = (screens: string) => [...screens].map((one) => ({ practice: one === 'e' ? exercise : null }));

describe('the explanation of an exercise', () => {
  it.each([
    ['..e', 2, 0],
    ['..e..e', 5, 3],
    ['..e...ee', 7, 3],
    ['.ee', 1, 0],
    ['e.e', 2, 1],
    ['e', 0, 0],
  ])('in %s, that of screen %i begins at %i', (screens, at, first) =>
    expect(explanationOf(lesson(screens), at)).toBe(first),
  );
});

describe('the links between tutorials', () => {
  const tutorial = (id: string, next: readonly string[], review: string | null) => ({
    id,
    next,
    screens: [{ review }],
  });
  it('that lead to nothing, or to the tutorial itself, are left out', () => {
    expect(
      linked([tutorial('a', ['b', 'gone', 'a'], 'gone'), tutorial('b', [], 'a'), tutorial('c', ['a'], 'c')]),
    ).toEqual([tutorial('a', ['b'], null), tutorial('b', [], 'a'), tutorial('c', ['a'], null)]);
  });
});
