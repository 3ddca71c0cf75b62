/** What features bring with them: measures, and the names and words of what the end of a session undoes. One line each. */
import { directoryMeasures, directoryWipeWords } from '../features/directory/counters.ts';
import { tutorialsMeasures, tutorialsWipeWords } from '../features/tutorials/counters.ts';

export const featureMeasures = {
  ...directoryMeasures,
  ...tutorialsMeasures,
} as const;

export const featureWipeWords = {
  ...directoryWipeWords,
  ...tutorialsWipeWords,
} as const;
