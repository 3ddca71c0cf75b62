/** The official lists of communes and EPCI: `@etalab/decoupage-administratif`, read as data (it is 12 MB). */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Files } from '../platform/files.ts';
import type { CommuneFacts } from './draw-map.ts';

interface Member {
  readonly code: string;
}
interface CommuneRow {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly departement?: string;
  readonly population?: number;
  readonly codesPostaux?: readonly string[];
}
interface EpciRow {
  readonly code: string;
  readonly nom: string;
  readonly membres: readonly Member[];
}

export interface CommuneName {
  readonly code: string;
  readonly name: string;
  readonly postcodes: readonly string[];
}

export interface OfficialLists {
  readonly factsOf: (code: string) => CommuneFacts | undefined;
  readonly departementName: (code: string) => string | undefined;
  readonly communesOf: (departement: string) => readonly CommuneName[];
}

const curly = (name: string): string => name.replaceAll("'", '’');

export const readOfficialLists = async (files: Pick<Files, 'readText'>): Promise<OfficialLists> => {
  // The package's `index.js` resolves its data from the working folder, so we read the files by their paths.
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/package.json')),
    'data',
  );
  const read = async <T>(name: string): Promise<readonly T[]> => {
    const text = await files.readText(join(folder, name));
    if (!text.ok) throw new Error(`${name} of @etalab/decoupage-administratif is not there: ${text.error.code}`);
    return JSON.parse(text.value) as readonly T[];
  };
  const [communes, epci, departements] = await Promise.all([
    read<CommuneRow>('communes.json'),
    read<EpciRow>('epci.json'),
    read<CommuneRow>('departements.json'),
  ]);
  const epciOf = new Map(
    epci.flatMap(({ code, nom, membres }) =>
      membres.map((member) => [member.code, { code, name: curly(nom) }] as const),
    ),
  );
  const today = communes.filter(({ type }) => type === 'commune-actuelle');
  const facts = new Map(
    today.map(({ code, nom, population }): [string, CommuneFacts] => [
      code,
      { name: curly(nom), population: population ?? 0, epci: epciOf.get(code) ?? null },
    ]),
  );
  const names = new Map(departements.map(({ code, nom }) => [code, curly(nom)]));
  const byDepartement = Map.groupBy(today, ({ departement }) => departement ?? '');
  return {
    factsOf: (code) => facts.get(code),
    departementName: (code) => names.get(code),
    communesOf: (departement) =>
      (byDepartement.get(departement) ?? []).map(({ code, nom, codesPostaux }) => ({
        code,
        name: curly(nom),
        postcodes: codesPostaux ?? [],
      })),
  };
};
