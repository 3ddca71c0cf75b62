/** Proposes the tutorials to begin with, from what the person says they can do. Pure. */
import type { Gesture, Tutorial } from '../../contract/tutorial-content.ts';
import type { SkillAnswer } from '../../contract/tutorials.ts';

const PROPOSED = 3;

/**
 * Gestures are in the order of learning, so the first unknown one is the first to learn. Gestures known a little come
 * after the unknown ones. A person who knows everything is offered the most advanced tutorials.
 */
export const whereToStart = (
  gestures: readonly Gesture[],
  answers: readonly SkillAnswer[],
  tutorials: readonly Pick<Tutorial, 'id' | 'level'>[],
): readonly string[] => {
  const of = (knowing: SkillAnswer): readonly Gesture[] => gestures.filter((_, at) => answers[at] === knowing);
  const missing = [...of('no'), ...of('a-little')];
  // First the main tutorial of each gesture, then the second one of each, and so on.
  const most = Math.max(0, ...missing.map((one) => one.tutorials.length));
  const taught = Array.from({ length: most }, (_, at) => missing.map((one) => one.tutorials[at])).flat();
  const further = tutorials.toSorted((a, b) => b.level - a.level).map(({ id }) => id);
  const there = new Set(tutorials.map(({ id }) => id));
  return [...new Set([...taught, ...further])]
    .filter((id) => id !== undefined && there.has(id))
    .slice(0, PROPOSED) as readonly string[];
};
