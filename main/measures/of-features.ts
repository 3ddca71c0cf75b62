/** What features bring with them: measures, and the names and words of what the end of a session undoes. One line each. */
import { directoryMeasures, directoryWipeWords } from '../features/directory/counters.ts';

export const featureMeasures = {
  ...directoryMeasures,
} as const;

export const featureWipeWords = {
  ...directoryWipeWords,
} as const;
