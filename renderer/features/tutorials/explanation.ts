/** Where a lesson explains what one of its exercises asks for. Pure. */
import type { TutorialScreen } from '../../../main/contract/tutorial-content.ts';

/** The first of the screens with a picture that lead to the exercise `at`; exercises in a row share them. 0: none lead to it. */
export const explanationOf = (screens: readonly Pick<TutorialScreen, 'practice'>[], at: number): number => {
  const explains = (index: number): boolean => screens[index]?.practice === null;
  let first = at;
  while (first > 0 && !explains(first)) first -= 1;
  while (first > 0 && explains(first - 1)) first -= 1;
  return first;
};
