import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { streetPlan, type StreetPlan } from '../../../main/contract/kiosk-map.ts';
import { project } from '../../../main/contract/map-geometry.ts';
import { mapTroubles } from '../../../main/map/check-maps.ts';
import { openStreets } from '../../../main/map/street-plan.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { drawnTown, TILE_SCHEMAS, townBounds, type TileSchema } from '../../harness/drawn-town.ts';
import { pmtilesFile, type TilesWanted } from '../../harness/pmtiles-file.ts';

const MOULINS = [3.33243, 46.56459] as const;
const FAR = [2.6, 46.34] as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pn-streets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const town = (schema: TileSchema, change: Partial<TilesWanted> = {}): Uint8Array =>
  pmtilesFile({
    layers: drawnTown(MOULINS, schema),
    minZoom: 12,
    maxZoom: 15,
    bounds: townBounds(MOULINS),
    attribution: '<a href="https://www.openstreetmap.org/copyright">&copy; OpenStreetMap</a>',
    ...change,
  });

const planOf = async (
  bytes: Uint8Array,
  at: readonly [number, number] = MOULINS,
): Promise<StreetPlan | null | string> => {
  const path = join(folder, 'plan.pmtiles');
  await writeFile(path, bytes);
  const streets = await openStreets(systemFiles, path);
  if (!streets.ok) return streets.error;
  const plan = await streets.value.plan(at);
  return plan.ok ? plan.value : plan.error;
};

const pointsOf = (path: string): readonly (readonly number[])[] =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

describe('the streets around a place', () => {
  it.each(TILE_SCHEMAS)('reads the layers of %s: the same town comes out', async (schema) => {
    const plan = streetPlan.parse(await planOf(town(schema)));
    expect(plan.names.map(({ text }) => text).sort()).toEqual([
      'Avenue du Grand Chêne',
      'Impasse du Puits',
      'Rue de la Fontaine',
      'Rue des Écoles',
      'Rue du Marché',
      'Rue du Moulin',
    ]);
    for (const drawn of ['roads', 'streets', 'footways', 'buildings', 'green', 'rivers'] as const) {
      expect(plan[drawn], drawn).toMatch(/^M-?\d/);
    }
    expect(plan.source).toBe('© OpenStreetMap');
  });

  it('puts a street where it is, in metres, north up', async () => {
    const plan = streetPlan.parse(await planOf(town('protomaps')));
    // The market's street passes 40 m south of the point (drawn at x 0, y −40; below it on a screen).
    const near = pointsOf(plan.streets).some(([x, y]) => Math.abs(x!) < 1.5 && Math.abs(y! - 40) < 1.5);
    expect(near).toBe(true);
    expect(project(plan.plane, MOULINS).map((one) => Math.round(one) + 0)).toEqual([0, 0]);
    const east = project(plan.plane, [
      MOULINS[0] + 100 / (111_320 * Math.cos((MOULINS[1] * Math.PI) / 180)),
      MOULINS[1],
    ]);
    expect(east[0]).toBeCloseTo(100, -1);
  });

  it('turns a name along its street, never upside down', async () => {
    const plan = streetPlan.parse(await planOf(town('shortbread')));
    for (const { turn } of plan.names) expect(Math.abs(turn)).toBeLessThanOrEqual(90);
    expect(Math.abs(plan.names.find(({ text }) => text === 'Rue du Marché')!.turn)).toBeGreaterThan(80);
    expect(Math.abs(plan.names.find(({ text }) => text === 'Impasse du Puits')!.turn)).toBeLessThan(10);
  });

  it('reads what was not compressed, and a file that ends at zoom 14', async () => {
    expect(await planOf(town('protomaps', { gzip: false }))).toMatchObject({ source: '© OpenStreetMap' });
    expect(await planOf(town('protomaps', { maxZoom: 14 }))).toMatchObject({ source: '© OpenStreetMap' });
  });

  it('knows nothing of another town', async () => {
    expect(await planOf(town('protomaps'), FAR)).toBeNull();
  });

  it('says what the file is instead', async () => {
    const whole = town('protomaps');
    expect(await planOf(new Uint8Array())).toBe('not-pmtiles');
    expect(await planOf(new TextEncoder().encode('PK\u0003\u0004'.padEnd(4_000, 'x')))).toBe('not-pmtiles');
    expect(await planOf(town('protomaps', { tileType: 2 }))).toBe('not-vector');
    expect(await planOf(town('protomaps', { maxZoom: 12 }))).toBe('not-vector');
    expect(await planOf(whole.subarray(0, whole.length - 900))).toBe('damaged');
    for (const bytes of [whole, town('protomaps', { gzip: false })]) {
      const scribbled = Uint8Array.from(bytes);
      scribbled.fill(0xa5, bytes.length - 900);
      expect(await planOf(scribbled)).toBe('damaged');
    }
    expect(await openStreets(systemFiles, join(folder, 'nowhere.pmtiles'))).toEqual({ ok: false, error: 'missing' });
    expect(await openStreets(systemFiles, folder)).toEqual({ ok: false, error: 'missing' });
  });
});

describe('config:check of the streets', () => {
  const site = (streets: string | null) => ({
    coordinates: { lat: MOULINS[1], lon: MOULINS[0] },
    directory: { streets },
  });
  const troubles = (streets: string | null) => mapTroubles(systemFiles, folder, site(streets));

  it('says nothing of a good file, nor of none', async () => {
    await writeFile(join(folder, 'rues.pmtiles'), town('openmaptiles'));
    expect(await troubles('rues.pmtiles')).toEqual([]);
    expect(await troubles(null)).toEqual([]);
  });

  it('names the file and the remedy', async () => {
    await writeFile(
      join(folder, 'ailleurs.pmtiles'),
      pmtilesFile({
        layers: drawnTown(FAR, 'protomaps'),
        minZoom: 14,
        maxZoom: 15,
        bounds: townBounds(FAR),
      }),
    );
    await writeFile(join(folder, 'rien.pmtiles'), 'rien');
    expect((await troubles('absent.pmtiles'))[0]).toContain('absent.pmtiles)\u00a0: fichier introuvable');
    expect((await troubles('rien.pmtiles'))[0]).toContain('pmtiles extract');
    expect((await troubles('ailleurs.pmtiles'))[0]).toContain('aucune rue autour de la borne');
  });
});
