/** Measures and wipe-step words that features declare in their `counters.ts`. One line per feature. */
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
