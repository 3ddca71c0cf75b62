/** Runs the directory command on real files in a temporary folder, with a register of a few real communes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommuneRegister, type RegisteredCommune } from '../../../main/features/directory/communes.ts';
import { directoryCommand, type DirectoryCommandDeps } from '../../../main/features/directory/directory-command.ts';
import { createHoursReader } from '../../../main/features/directory/hours/reader.ts';
import type { RowContext } from '../../../main/features/directory/import/national.ts';
import { createDirectoryStore, type DirectoryStore, type StoredFile } from '../../../main/features/directory/store.ts';
import type { PlacesFile } from '../../../main/config/schema/places.ts';
import { systemFiles } from '../../../main/platform/files.ts';

const commune = (code: string, name: string, ...postcodes: string[]): RegisteredCommune => ({
  code,
  name,
  postcodes,
  population: 1000,
  epci: null,
});
export const register = createCommuneRegister('03', [
  commune('03190', 'Moulins', '03000'),
  commune('03297', 'Vallon-en-Sully', '03190'),
  commune('03036', "Bourbon-l'Archambault", '03160'),
  commune('03254', 'Saint-Pourçain-sur-Sioule', '03500'),
  commune('03310', 'Vichy', '03200'),
]);
export const points: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['03190', [3.33243, 46.56459]],
  ['03036', [3.05652, 46.58324]],
]);
export const reader = createHoursReader();
export const context: RowContext = { register, points, reader, today: '2026-11-26', source: 'essai' };

export interface ImportFixture {
  readonly folder: string;
  readonly store: DirectoryStore;
  readonly damaged: StoredFile[];
  /** Writes a file into the folder and returns its path. */
  file(name: string, content: string | Uint8Array): string;
  read(name: string): string;
  run(argv: readonly string[], typed?: readonly string[]): Promise<{ code: number; out: string; err: string }>;
  close(): void;
}

export const openFixture = (configured: readonly PlacesFile[] = []): ImportFixture => {
  const folder = mkdtempSync(join(tmpdir(), 'places-'));
  const damaged: StoredFile[] = [];
  const store = createDirectoryStore({
    files: systemFiles,
    folder: join(folder, 'state/directory'),
    onDamaged: (file) => damaged.push(file),
  });
  const deps: DirectoryCommandDeps = {
    files: systemFiles,
    now: () => Date.parse('2026-11-26T09:00:00Z'),
    store,
    reader,
    configured,
    register: async () => register,
    townPoints: async () => points,
  };
  return {
    folder,
    store,
    damaged,
    file(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    async run(argv, typed = []) {
      const lines = [...typed];
      const said = { out: '', err: '' };
      const code = await directoryCommand(
        argv,
        {
          out: { write: (text) => void (said.out += text) },
          err: { write: (text) => void (said.err += text) },
          readLine: async () => lines.shift(),
        },
        deps,
      );
      return { code, ...said };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** The columns of the national schema that the tests use. */
export const HEADER = [
  'id',
  'pivot',
  'nom',
  'commune',
  'code_postal',
  'code_insee',
  'adresse',
  'latitude',
  'longitude',
  'typologie',
  'telephone',
  'courriels',
  'site_web',
  'horaires',
  'presentation_detail',
  'date_maj',
  'services',
  'modalites_acces',
  'formations_labels',
  'frais_a_charge',
  'itinerance',
] as const;
export const row = (parts: Partial<Record<(typeof HEADER)[number], string>> = {}): Record<string, string> => ({
  id: 'un',
  nom: 'Maison du numérique',
  commune: 'Moulins',
  code_postal: '03000',
  code_insee: '03190',
  adresse: '1 rue de la Gare',
  latitude: '46.5646',
  longitude: '3.3324',
  date_maj: '2026-01-01',
  ...parts,
});
export const csv = (rows: readonly Record<string, string>[], separator = ','): string =>
  [HEADER as readonly string[], ...rows.map((one) => HEADER.map((column) => one[column] ?? ''))]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
    .join('\n');
