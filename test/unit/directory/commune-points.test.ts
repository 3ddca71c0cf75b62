/**
 * The communes' points, derived without official outlines. They are compared with IGN's where that file is available.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../main/config/check-file.ts';
import { fileKinds } from '../../../main/config/json-schemas.ts';
import { locateCommunes } from '../../../main/features/directory/communes.ts';
import { gather } from '../../../main/features/directory/gather.ts';
import { createHoursReader } from '../../../main/features/directory/hours/reader.ts';
import { knownPoints } from '../../../main/features/directory/known-points.ts';
import { makeShippedMaps } from '../../../main/map/write-shipped-maps.ts';
import { readRegister, townPointsOf } from '../../../main/features/directory/index.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { distanceKm } from '../../../renderer/features/directory/find.ts';

const root = join(import.meta.dirname, '../../..');
const official = join(root, '../shared/data/geo/communes-03.json');
if (!existsSync(official)) console.warn(`skipped: ${official} is not there`);

const located = async () => {
  const path = join(root, 'kiosk-config/directory/allier.yaml');
  const { value } = checkFile(await fileKinds.places.load(), path, readFileSync(path, 'utf8'));
  if (value === undefined) throw new Error('the directory that ships is not right');
  const { places } = gather([value], undefined, createHoursReader());
  const maps = await makeShippedMaps(systemFiles);
  return locateCommunes(await readRegister(systemFiles, '03'), knownPoints(places, townPointsOf(maps['03'] ?? null)));
};

describe('the communes of the Allier', () => {
  it('all have a point, marked exact or approximate', { timeout: 30_000 }, async () => {
    const communes = await located();
    expect(communes).toHaveLength(317);
    expect(communes.filter(({ at }) => at === null).map(({ name }) => name)).toEqual([]);
    expect(communes.find(({ name }) => name === 'Vichy')?.precision).toBe('exact');
  });
  it.skipIf(!existsSync(official))('are close enough to IGN’s for « environ »', { timeout: 30_000 }, async () => {
    const truth = JSON.parse(readFileSync(official, 'utf8')) as { code: string; centroide: [number, number] }[];
    const centres = new Map(truth.map(({ code, centroide }) => [code, centroide]));
    const off = (await located()).map(({ code, at, precision }) => ({
      precision,
      km: at ? distanceKm(at, centres.get(code) ?? at) : Infinity,
    }));
    const exact = off.filter(({ precision }) => precision === 'exact').map(({ km }) => km);
    const around = off
      .filter(({ precision }) => precision === 'around')
      .map(({ km }) => km)
      .sort((a, b) => a - b);
    expect(Math.max(...exact)).toBeLessThan(7);
    expect(around[Math.floor(around.length / 2)]).toBeLessThan(9);
    expect(around.at(-1)).toBeLessThan(35);
  });
});
