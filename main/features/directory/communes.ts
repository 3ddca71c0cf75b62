/** The communes of the département: names, postcodes, and points if known. */
import type { Commune, Point } from '../../contract/directory.ts';
import { comparable } from './import/mend-values.ts';

export interface RegisteredCommune {
  readonly code: string;
  readonly name: string;
  readonly postcodes: readonly string[];
  readonly population: number;
  readonly epci: string | null;
}

export interface CommuneRegister {
  readonly departement: string;
  readonly all: readonly RegisteredCommune[];
  byCode(code: string): RegisteredCommune | undefined;
  /** Tolerates the spellings of people and files. The postcode decides between communes with the same name. */
  byName(name: string, postcode: string | null): RegisteredCommune | undefined;
}

export const nameKey = (name: string): string =>
  comparable(name)
    .split(' ')
    .map((word) => ({ st: 'saint', ste: 'sainte' })[word] ?? word)
    .filter((word) => !/^(cedex|\d+)$/.test(word))
    .join(' ');

export const createCommuneRegister = (departement: string, all: readonly RegisteredCommune[]): CommuneRegister => {
  const codes = new Map(all.map((one) => [one.code, one]));
  const names = Map.groupBy(all, ({ name }) => nameKey(name));
  return {
    departement,
    all,
    byCode: (code) => codes.get(code),
    byName(name, postcode) {
      const found = names.get(nameKey(name)) ?? [];
      return found.length > 1
        ? found.find(({ postcodes }) => postcode !== null && postcodes.includes(postcode))
        : found[0];
    },
  };
};

const middle = (points: readonly Point[]): Point => {
  const sum = points.reduce<readonly [number, number]>(([a, b], [lon, lat]) => [a + lon, b + lat], [0, 0]);
  const rounded = (value: number): number => Math.round((value / points.length) * 1e5) / 1e5;
  return [rounded(sum[0]), rounded(sum[1])];
};

/** A commune without a known point gets the centre of those with its postcode, else of its intercommunality. */
export const locateCommunes = (register: CommuneRegister, known: ReadonlyMap<string, Point>): readonly Commune[] => {
  const located = register.all.filter(({ code }) => known.has(code));
  const around = (near: (one: RegisteredCommune) => boolean): Point | null => {
    const points = located
      .filter(near)
      .map(({ code }) => known.get(code))
      .filter((point) => point !== undefined);
    return points.length === 0 ? null : middle(points);
  };
  return register.all.map(({ code, name, postcodes, population, epci }) => {
    const own = known.get(code);
    const at =
      own ??
      around((one) => one.postcodes.some((postcode) => postcodes.includes(postcode))) ??
      around((one) => epci !== null && one.epci === epci);
    return { code, name, postcodes, at, precision: own ? 'exact' : 'around', epci, population };
  });
};
