/** Converts the tutorials of the configuration for the screens: pictures get their path. Pure. */
import type { TutorialConfig } from '../../config/kiosk-config.ts';
import type { Gesture, Tutorial } from '../../contract/tutorial-content.ts';
import type { TutorialStart } from '../../config/schema/tutorial.ts';
import type { DeepReadonly } from '../../config/kiosk-config.ts';

/** Replaces picture names by paths, recursively. Tutorials with an unknown picture were left out before. */
const withPaths = <T>(node: T, found: ReadonlyMap<string, string>): T => {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((one: unknown) => withPaths(one, found)) as T;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]: [string, unknown]) => {
      if (key !== 'picture' || typeof value !== 'object' || value === null) return [key, withPaths(value, found)];
      const { file } = value as { readonly file: string };
      return [key, { ...value, file: `${found.get(file) ?? file}.svg` }];
    }),
  ) as T;
};

export const tutorialOf = (config: TutorialConfig, found: ReadonlyMap<string, string>): Tutorial => {
  const { id, title, sentence, level, minutes, picture, offeredAt, screens, remember, next, forReal } = config;
  return withPaths(
    { id, title, sentence, level, minutes, picture, offeredAt, screens, remember, next, forReal },
    found,
  );
};

/** The picture of a gesture is a shared one, or that of the first tutorial that teaches it. */
export const gesturesOf = (
  start: DeepReadonly<TutorialStart> | null,
  tutorials: readonly Tutorial[],
  shared: ReadonlySet<string>,
): readonly Gesture[] => {
  const byId = new Map(tutorials.map((one) => [one.id, one]));
  const gestures = (start?.gestures ?? []).map(({ question, picture, tutorials: taughtBy }): Gesture => {
    const there = taughtBy.filter((id) => byId.has(id));
    const own =
      picture !== null && shared.has(picture.file) ? { ...picture, file: `pictures/${picture.file}.svg` } : null;
    return { question, picture: own ?? byId.get(there[0] ?? '')?.picture ?? null, tutorials: there };
  });
  // Leave out a question when no tutorial teaches its gesture.
  return gestures.filter(({ tutorials: taughtBy }) => taughtBy.length > 0);
};
