/** The tutorials on this machine: those of the configuration whose pictures are right. */
import { checkPicture } from '../config/check-picture.ts';
import { lookAtPictures, placed, sharedPictures } from '../config/tutorial-pictures.ts';
import { formatMistake } from '../config/mistake.ts';
import { TUTORIALS } from '../config/load-tutorials.ts';
import { MAX_PICTURE_BYTES } from '../config/schema/tutorial-fields.ts';
import { gesturesOf, tutorialOf } from '../features/tutorials/lessons-from-config.ts';
import { createTutorials, type Lessons, type Tutorials, type TutorialsDeps } from '../features/tutorials/tutorials.ts';
import type { PartSystem } from './system.ts';

/** `<folder>/<name>.svg`, nothing that climbs out. */
const PICTURE_PATH = /^[a-z0-9-]+\/[a-z0-9-]+\.svg$/;

export interface TutorialsPart extends Pick<TutorialsDeps, 'publish' | 'counts'> {
  /** The folder of the configuration. */
  readonly configDir: string;
  /** One line for whoever wrote the content. */
  readonly tell: (line: string) => void;
}

export const openTutorials = (
  { files, logger, config }: Pick<PartSystem, 'files' | 'logger' | 'config'>,
  { configDir, tell, ...ports }: TutorialsPart,
): Tutorials =>
  createTutorials({
    ...ports,
    async read(): Promise<Lessons> {
      const deps = { files, dir: configDir };
      const looked = await lookAtPictures(deps, config.tutorials);
      const right = looked.filter(({ wrong, broken }) => wrong.length + broken.length === 0);
      const mistakes = [
        ...config.tutorialMistakes,
        ...(await Promise.all(looked.map((one) => placed(deps, one)))).flat(),
      ];
      for (const mistake of mistakes) tell(formatMistake(mistake));
      if (config.tutorials.length > 0 || mistakes.length > 0) {
        logger.log('tutorials.read', { tutorials: right.length, mistakes: mistakes.length });
      }
      const all = right.map(({ tutorial, found }) => tutorialOf(tutorial, found));
      const there = new Set(all.map(({ id }) => id));
      const tutorials = all.map((one) => ({ ...one, next: one.next.filter((id) => there.has(id)) }));
      return { tutorials, gestures: gesturesOf(config.tutorialStart, tutorials, await sharedPictures(deps)) };
    },
    async picture(path) {
      if (!PICTURE_PATH.test(path)) return undefined;
      const read = await files.readUpTo(`${configDir}/${TUTORIALS}/${path}`, MAX_PICTURE_BYTES);
      if (!read.ok) return undefined;
      // Checked here too: it goes inside our screens, and the file may have changed since the start.
      const text = new TextDecoder().decode(read.value);
      return checkPicture(path, text).length === 0 ? text : undefined;
    },
  });
