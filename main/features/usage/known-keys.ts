/** The keys that come from this kiosk's configuration, and all cells that may be written. */
import { cellOf, measureOf, measures, parseCell, writtenIds, type MeasureId } from '../../measures/measures.ts';
import type { Cell } from './cells.ts';

export interface KnownDemarche {
  readonly id: string;
  readonly title: string;
  readonly theme: string;
  /** Number of steps of its guide; 0 when there is none. */
  readonly steps: number;
  readonly stepTitles?: readonly string[];
  /** The sentences under the step titles, as shown to the person. */
  readonly stepTexts?: readonly string[];
  /** The guide changed during the time of this list: step 2 may be two different steps, so steps have no titles. */
  readonly guideChanged?: boolean | undefined;
  /** Opened for a code: counted neither as opened nor by its ends. */
  readonly mailbox?: boolean | undefined;
}

export interface KnownTutorial {
  readonly id: string;
  readonly title: string;
  readonly screens: number;
}

export interface KnownKeys {
  readonly demarches: readonly KnownDemarche[];
  readonly tutorials: readonly KnownTutorial[];
  /** Domains of the organismes in our lists: the only domains that a figure may name. */
  readonly organismDomains: readonly string[];
  /** The last step had no key (`rules.ts`). */
  readonly noLastStep?: true;
}

export const NO_KEYS: KnownKeys = { demarches: [], tutorials: [], organismDomains: [] };

/** All keys that may be written for a measure today. */
export const keysOf = (measure: MeasureId, known: KnownKeys): readonly string[] => {
  const { keys } = measures[measure];
  switch (keys.from) {
    case 'none':
      return [''];
    case 'list':
      return keys.keys;
    case 'demarches':
      return (measure === 'browsing.blocked' ? known.demarches : withEnds(known)).map(({ id }) => id);
    case 'demarche-steps':
      return withEnds(known).flatMap(({ id, steps }) =>
        stepKeys(id, known.noLastStep ? Math.max(0, steps - 1) : steps),
      );
    case 'tutorials':
      return known.tutorials.map(({ id }) => id);
    case 'tutorial-screens':
      return known.tutorials.flatMap(({ id, screens }) =>
        Array.from({ length: screens }, (_, at) => `${id}/${at + 1}`),
      );
    case 'organism-domains':
      return known.organismDomains;
  }
};

const withEnds = ({ demarches }: KnownKeys): readonly KnownDemarche[] => demarches.filter(({ mailbox }) => !mailbox);

/** Step 0: the guide was not started, or there is none. */
const stepKeys = (id: string, last: number): readonly string[] =>
  Array.from({ length: last + 1 }, (_, at) => `${id}/${at}`);

/** All cells that may be written. */
export const cellsOf = (known: KnownKeys): readonly Cell[] =>
  writtenIds.flatMap((measure) => keysOf(measure, known).map((key) => cellOf(measure, key)));

export const allowedCells = (known: KnownKeys): ReadonlySet<Cell> => new Set(cellsOf(known));

const stepsOf = ({ steps, stepTitles = [] }: KnownDemarche): string => JSON.stringify([steps, stepTitles]);
/** True when a step has the same meaning in both. A text may be worded anew, often because people stopped there. */
const isSameGuide = (a: KnownDemarche, b: KnownDemarche): boolean =>
  !a.guideChanged && !b.guideChanged && (a === b || stepsOf(a) === stepsOf(b));

/** True when both know the démarche of this key (`demarche` or `demarche/step`), with the same steps. */
export const haveSameGuide = (a: KnownKeys, b: KnownKeys, key: string): boolean => {
  const of = ({ demarches }: KnownKeys): KnownDemarche | undefined =>
    demarches.find(({ id }) => id === key.split('/')[0]);
  const [one, other] = [of(a), of(b)];
  return one !== undefined && other !== undefined && isSameGuide(one, other);
};

const joinDemarches = (first: KnownDemarche, second: KnownDemarche): KnownDemarche => {
  const joined = { ...first, steps: Math.max(first.steps, second.steps) };
  if (!isSameGuide(first, second)) return { ...joined, stepTitles: [], stepTexts: [], guideChanged: true };
  // People read two texts there: neither is quoted.
  return { ...joined, stepTexts: (first.stepTexts ?? []).map((text, at) => (text === second.stepTexts?.[at] ? text : '')) }; // prettier-ignore
};
const joinById = <T extends { readonly id: string }>(
  first: readonly T[],
  second: readonly T[],
  join: (first: T, second: T) => T,
): readonly T[] => {
  const all = new Map(first.map((one) => [one.id, one]));
  for (const one of second) {
    const known = all.get(one.id);
    all.set(one.id, known ? join(known, one) : one);
  }
  return [...all.values()];
};

/** All keys of both lists. What is in both has the title of the first. */
export const joinKnown = (first: KnownKeys, second: KnownKeys): KnownKeys =>
  first === second
    ? first
    : {
        demarches: joinById(first.demarches, second.demarches, joinDemarches),
        tutorials: joinById(first.tutorials, second.tutorials, (a, b) => (b.screens > a.screens ? b : a)),
        organismDomains: [...new Set([...first.organismDomains, ...second.organismDomains])],
      };

/** Adds keys that occur in the figures but not in today's configuration, so that removed démarches stay readable. */
export const withSeen = (known: KnownKeys, cells: Iterable<Cell>): KnownKeys => {
  const demarches = new Map(known.demarches.map((one) => [one.id, one]));
  const lastSteps = new Map(known.demarches.map(({ id, steps }) => [id, steps]));
  const tutorials = new Map(known.tutorials.map((one) => [one.id, one]));
  const domains = new Set(known.organismDomains);
  for (const cell of cells) {
    const { measure, key } = parseCell(cell);
    const from = measureOf(measure)?.keys.from;
    if (from === 'demarches' || from === 'demarche-steps') {
      const [id = '', step = '0'] = key.split('/');
      const seen = demarches.get(id) ?? { id, title: id, theme: '', steps: 0 };
      // Nobody knows whether an unknown step was the last one.
      const isKnown = Number(step) <= (lastSteps.get(id) ?? 0);
      demarches.set(id, { ...seen, steps: Math.max(seen.steps, isKnown ? 0 : Number(step) + 1) });
    } else if (from === 'tutorials' || from === 'tutorial-screens') {
      const [id = '', screen = '0'] = key.split('/');
      const seen = tutorials.get(id) ?? { id, title: id, screens: 0 };
      tutorials.set(id, { ...seen, screens: Math.max(seen.screens, Number(screen)) });
    } else if (from === 'organism-domains') domains.add(key);
  }
  return { demarches: [...demarches.values()], tutorials: [...tutorials.values()], organismDomains: [...domains] };
};
