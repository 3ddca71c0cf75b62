/** The open keys, as this kiosk's configuration gives them; and the families of figures that follow. */
import { cellOf, measureIds, measureOf, measures, partsOf, type MeasureId } from '../../measures/measures.ts';
import type { Cell, Family } from './publish.ts';

export interface KnownDemarche {
  readonly id: string;
  readonly title: string;
  readonly theme: string;
  /** Number of steps of its guide; 0 when there is none. */
  readonly steps: number;
  readonly stepTitles?: readonly string[];
}

export interface KnownKeys {
  readonly demarches: readonly KnownDemarche[];
  readonly tutorials: readonly { readonly id: string; readonly title: string }[];
  /** Domains of the organisms' own lists: the only ones that a figure may name. */
  readonly organismDomains: readonly string[];
}

/** All keys that may be written for a measure today. */
export const keysOf = (measure: MeasureId, known: KnownKeys): readonly string[] => {
  const { keys } = measures[measure];
  switch (keys.from) {
    case 'none':
      return [''];
    case 'list':
      return keys.keys;
    case 'demarches':
      return known.demarches.map(({ id }) => id);
    case 'demarche-steps':
      return known.demarches.flatMap(({ id, steps }) => stepKeys(id, steps));
    case 'tutorials':
      return known.tutorials.map(({ id }) => id);
    case 'organism-domains':
      return known.organismDomains;
  }
};

/** Step 0: the guide was never begun, or the démarche has none. The last step reached is "finished". */
const stepKeys = (id: string, steps: number): readonly string[] =>
  Array.from({ length: Math.max(1, steps) }, (_, at) => `${id}/${at}`);

export const allowedCells = (known: KnownKeys): ReadonlySet<Cell> =>
  new Set(measureIds.flatMap((measure) => keysOf(measure, known).map((key) => cellOf(measure, key))));

const SESSION_SPLITS = [
  'session.end',
  'session.half-day',
  'session.duration',
  'session.helped',
  'session.language',
  'session.text-size',
] as const satisfies readonly MeasureId[];

export const sessionFamily: Family = {
  total: 'session',
  splits: SESSION_SPLITS.map((measure) => ({
    cells: measures[measure].keys.keys.map((key) => cellOf(measure, key)),
    // A printed page says that at least one person was helped: never "under" there, or 0 would be ruled out.
    labelSmall: measure !== 'session.helped',
  })),
};

const families = new WeakMap<KnownKeys, readonly Family[]>();

/** Everything about people but the sessions themselves, each démarche with how it ended. */
export const otherFamilies = (known: KnownKeys): readonly Family[] => {
  let made = families.get(known);
  if (!made) families.set(known, (made = makeFamilies(known)));
  return made;
};

const makeFamilies = (known: KnownKeys): readonly Family[] => {
  const split = new Set<MeasureId>(['demarche.opened', 'demarche.finished', 'demarche.left-at-step']);
  const alone = measureIds.filter((id) => !split.has(id) && !measureOf(id)?.perSession && !measureOf(id)?.machine);
  return [
    ...known.demarches.map(({ id, steps }) => ({
      total: cellOf('demarche.opened', id),
      splits: [
        {
          cells: [
            cellOf('demarche.finished', id),
            ...stepKeys(id, steps).map((key) => cellOf('demarche.left-at-step', key)),
          ],
          labelSmall: true,
        },
      ],
    })),
    ...alone.flatMap((measure) => keysOf(measure, known).map((key) => ({ total: cellOf(measure, key), splits: [] }))),
  ];
};

/** Adds what the figures hold but today's configuration no longer names: a démarche that was removed stays readable. */
export const withSeen = (known: KnownKeys, cells: Iterable<Cell>): KnownKeys => {
  const demarches = new Map(known.demarches.map((one) => [one.id, one]));
  const tutorials = new Map(known.tutorials.map((one) => [one.id, one]));
  const domains = new Set(known.organismDomains);
  for (const cell of cells) {
    const { measure, key } = partsOf(cell);
    const from = measureOf(measure)?.keys.from;
    if (from === 'demarches' || from === 'demarche-steps') {
      const [id = '', step = '0'] = key.split('/');
      const seen = demarches.get(id) ?? { id, title: id, theme: '', steps: 0 };
      demarches.set(id, { ...seen, steps: Math.max(seen.steps, Number(step) === 0 ? 0 : Number(step) + 1) });
    } else if (from === 'tutorials' && !tutorials.has(key)) tutorials.set(key, { id: key, title: key });
    else if (from === 'organism-domains') domains.add(key);
  }
  return { demarches: [...demarches.values()], tutorials: [...tutorials.values()], organismDomains: [...domains] };
};
