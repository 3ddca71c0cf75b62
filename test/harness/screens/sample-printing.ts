/** Printer and document state for the screens, as the main process would send it. */
import type { KioskState } from '../../../main/contract/index.ts';

type Printing = KioskState['printing'];

export const samplePrinting: Printing = {
  printer: { state: 'ready', reasons: [], code: null, colour: true, twoSided: true, maxCopies: 99 },
  trouble: false,
  free: true,
  allowance: { limit: 20, left: 8 },
  preparing: false,
  refusal: null,
  document: {
    id: 'sample',
    kind: 'document',
    pages: 4,
    blank: [4],
    landscape: [3],
    cleaned: false,
    longFrom: 15,
  },
  job: null,
};

export const sampleJob = (change: Partial<NonNullable<Printing['job']>>): NonNullable<Printing['job']> => ({
  stage: 'printing',
  sides: 4,
  sidesOut: 1,
  reasons: [],
  cancelling: false,
  end: null,
  code: null,
  retry: null,
  slow: false,
  ...change,
});
