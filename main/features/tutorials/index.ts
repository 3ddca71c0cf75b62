/** The tutorials on this machine: those in the configuration whose pictures are valid. */
import { checkPicture } from '../../config/check-picture.ts';
import { TUTORIALS } from '../../config/load-tutorials.ts';
import { formatMistake } from '../../config/mistake.ts';
import { MAX_PICTURE_BYTES } from '../../config/schema/tutorial-fields.ts';
import { linked } from '../../config/tutorial-links.ts';
import { checkPictures, placed, sharedPictures } from '../../config/tutorial-pictures.ts';
import { defineFeature } from '../feature.ts';
import type { KioskSystem } from '../system.ts';
import { tutorialsCounters } from './counters.ts';
import { tutorialsEvents } from './events.ts';
import { gesturesOf, tutorialOf } from './tutorials-from-config.ts';
import { createTutorials, type TutorialContent } from './tutorials.ts';

/** `<folder>/<name>.svg`, so that no path leaves the folder of the tutorials. */
const PICTURE_PATH = /^[a-z0-9-]+\/[a-z0-9-]+\.svg$/;

const readTutorials = async ({
  files,
  logger,
  config,
  configDir,
  onContentMistake,
}: KioskSystem): Promise<TutorialContent> => {
  const deps = { files, dir: configDir };
  const looked = await checkPictures(deps, config.tutorials);
  const right = looked.filter(({ wrong, broken }) => wrong.length + broken.length === 0);
  const mistakes = [...config.tutorialMistakes, ...(await Promise.all(looked.map((one) => placed(deps, one)))).flat()];
  for (const mistake of mistakes) onContentMistake(formatMistake(mistake));
  if (config.tutorials.length > 0 || mistakes.length > 0) {
    logger.log('tutorials.read', { tutorials: right.length, mistakes: mistakes.length });
  }
  const tutorials = linked(right.map(({ tutorial, found }) => tutorialOf(tutorial, found)));
  return { tutorials, gestures: gesturesOf(config.tutorialStart, tutorials, await sharedPictures(deps)) };
};

/** Checks the picture again: our screens embed it, and the file may have changed since the start. */
const readPicture = async ({ files, configDir }: KioskSystem, path: string): Promise<string | undefined> => {
  if (!PICTURE_PATH.test(path)) return undefined;
  const read = await files.readUpTo(`${configDir}/${TUTORIALS}/${path}`, MAX_PICTURE_BYTES);
  if (!read.ok) return undefined;
  const text = new TextDecoder().decode(read.value);
  return checkPicture(path, text).length === 0 ? text : undefined;
};

export const tutorialsFeature = defineFeature({
  name: 'tutorials',
  counters: tutorialsCounters,
  events: tutorialsEvents,
  open(kiosk) {
    const tutorials = createTutorials({
      publish: kiosk.publish,
      counts: kiosk.counts,
      read: () => readTutorials(kiosk),
      picture: (path) => readPicture(kiosk, path),
    });
    return { ...tutorials, wipes: [tutorials.wipe], settled: () => void tutorials.refresh() };
  },
});
