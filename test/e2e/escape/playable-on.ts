/** Separates the attempts that apply to a shell from those that prove nothing there. */
import type { Attempt } from './attempt.ts';
import type { ShellName } from './shells.ts';

export const playableOn = (
  shell: ShellName,
  attempts: readonly Attempt[],
): readonly [played: readonly Attempt[], notApplicable: readonly Attempt[]] => {
  const says = (one: Attempt): boolean => shell === 'chromium' || one.chromiumOnly === undefined;
  return [attempts.filter(says), attempts.filter((one) => !says(one))];
};
