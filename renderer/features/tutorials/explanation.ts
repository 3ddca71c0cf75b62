/** Finds the screens of a tutorial that explain one of its exercises. Pure. */
import type { TutorialScreen } from '../../../main/contract/tutorial-content.ts';

/**
 * The first of the picture screens before the exercise `at`. Exercises in a row share the same screens. 0 when there
 * are none.
 */
export const explanationOf = (screens: readonly Pick<TutorialScreen, 'practice'>[], at: number): number => {
  const explains = (index: number): boolean => screens[index]?.practice === null;
  let first = at;
  while (first > 0 && !explains(first)) first -= 1;
  while (first > 0 && explains(first - 1)) first -= 1;
  return first;
};
