/**
 * Runs on the real files of the ANCT and of the national schema. Without them, the tests are skipped with a warning.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import library from '@gouvfr-anct/lieux-de-mediation-numerique';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileKinds } from '../../../main/config/json-schemas.ts';
import { checkFile } from '../../../main/config/check-file.ts';
import type { PlacesFile } from '../../../main/config/schema/places.ts';
import { directoryCommand } from '../../../main/features/directory/directory-command.ts';
import { createHoursReader } from '../../../main/features/directory/hours/reader.ts';
import { createDirectoryStore, type DirectoryStore } from '../../../main/features/directory/store.ts';
import { readRegister } from '../../../main/features/directory/index.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { openFixture, type ImportFixture } from './import-fixture.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, '../shared/data/lieux');
const there = existsSync(folder);
if (!there) console.warn(`skipped: ${folder} is not there`);

const shipped = async (): Promise<PlacesFile> => {
  const path = join(root, 'kiosk-config/directory/allier.yaml');
  const { value } = checkFile(await fileKinds.places.load(), path, readFileSync(path, 'utf8'));
  if (value === undefined) throw new Error('the directory that ships is not right');
  return value;
};

describe.skipIf(!there)('the real files', () => {
  let fixture: ImportFixture;
  let store: DirectoryStore;
  beforeEach(() => {
    fixture = openFixture();
    store = createDirectoryStore({
      files: systemFiles,
      folder: join(fixture.folder, 'kiosk'),
      onDamaged: () => undefined,
    });
  });
  afterEach(() => fixture.close());

  const run = async (configured: readonly PlacesFile[], ...argv: string[]): Promise<{ code: number; out: string }> => {
    let out = '';
    const write = (text: string): void => void (out += text);
    const code = await directoryCommand(
      argv,
      { out: { write }, err: { write }, readLine: async () => undefined },
      {
        files: systemFiles,
        now: () => Date.parse('2026-11-26T09:00:00Z'),
        store,
        reader: createHoursReader(),
        configured,
        register: () => readRegister(systemFiles, '03'),
        townPoints: async () => new Map(),
      },
    );
    return { code, out };
  };
  const places = async () => (await store.imported())?.places ?? [];

  it('imports all 24 rows with the ANCT’s own columns, and reports its repairs', async () => {
    const { code, out } = await run([], 'import', join(folder, 'france-services-allier-2024-08-01.csv'));
    expect(code, out).toBe(0);
    expect(out).toContain('24 lignes : 24 prises');
    expect(out).toContain('une plage écrite deux fois');
    const montet = (await places()).find(({ name }) => name === 'France services Le Montet');
    expect(montet?.hours).toBe('Mo-Th 09:00-12:00,14:00-18:00; Fr 09:00-12:00; Sa[1] 09:00-12:00');
    expect(montet).toMatchObject({ phone: '+33470473776', insee: '03183', updatedOn: '2024-08-01' });
    expect((await places()).filter(({ moves }) => moves).map(({ name }) => name)).toContain(
      "Bus France services La Bourbon'NET",
    );
  });
  it('reads the same hours in the ANCT’s columns and in the national schema', async () => {
    await run([], 'import', join(folder, 'france-services-allier-2024-08-01.csv'));
    const anct = new Map((await places()).map(({ id, hours }) => [id, hours ?? '']));
    await run([], 'import', join(folder, 'allier-france-services.mednum-v1.0.2.csv'));
    const national = await places();
    expect(national).toHaveLength(24);
    for (const { id, hours } of national) expect(anct.get(id), id).toBe(hours ?? '');
  });
  it('imports the same places from the national CSV and JSON', async () => {
    await run([], 'import', join(folder, 'allier-france-services.mednum-v1.0.2.csv'));
    const csv = await places();
    await run([], 'import', join(folder, 'allier-france-services.mednum-v1.0.2.json'));
    expect(await places()).toEqual(csv);
  });
  it('imports the example of the national schema, which is outside the département', async () => {
    const { out } = await run([], 'import', join(folder, 'exemple-valide-v1.0.2.csv'));
    expect(out).toContain('hors du département');
    expect((await places())[0]).toMatchObject({ name: 'Anonymal', postcode: '51100' });
  });
  it('merges the duplicates with the shipped directory, and keeps its 56 places', async () => {
    const { out } = await run([await shipped()], 'import', join(folder, 'france-services-allier-2024-08-01.csv'));
    expect(out).toContain('6 doublons réunis');
    expect(out).toContain(`L’annuaire a ${56 + 24 - 6} lieux`);
  });
  it('exports files that the national library accepts, and imports them again unchanged', async () => {
    await run([], 'import', join(folder, 'france-services-allier-2024-08-01.csv'));
    const before = await places();
    for (const name of ['sortie.csv', 'sortie.json']) {
      const path = join(fixture.folder, name);
      const { code, out } = await run([], 'export', path);
      expect(code).toBe(0);
      expect(out).toContain('24 lieux dans le schéma national');
      const back = await run([], 'import', path);
      expect(back.out).toMatch(/24 (?:lignes|fiches) : 24 prises, dont 0 corrigée/);
      expect(
        (await places()).map(({ id, phone, hours, insee, street }) => ({ id, phone, hours, insee, street })),
      ).toEqual(before.map(({ id, phone, hours, insee, street }) => ({ id, phone, hours, insee, street })));
    }
    const rows = JSON.parse(readFileSync(join(fixture.folder, 'sortie.json'), 'utf8')) as never[];
    expect(library.fromSchemaLieuxDeMediationNumerique(rows)).toHaveLength(24);
  });
});

describe('the shipped directory', () => {
  it('has the 56 places of the plan, each with a point and without hours', async () => {
    const { places } = await shipped();
    expect(places).toHaveLength(56);
    expect(new Set(places.map(({ id }) => id)).size).toBe(56);
    for (const place of places) {
      expect(place.point, place.id).not.toBeNull();
      expect(place.hours, place.id).toBeNull();
    }
    expect(places.find(({ moves }) => moves)?.name).toContain('Bourbon’NET');
  });
});
