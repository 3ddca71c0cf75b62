/** The real outlines of the Allier through the whole builder. */
import { geoMercator } from 'd3-geo';
import { beforeAll, describe, expect, it } from 'vitest';
import { kioskMap, type KioskMap } from '../../../main/contract/kiosk-map.ts';
import { project, unproject } from '../../../main/contract/map-geometry.ts';
import { buildMap } from '../../../main/map/build-map.ts';
import { areaName } from '../../../main/map/draw-map.ts';
import { readOfficialLists, type OfficialLists } from '../../../main/map/official-lists.ts';
import { twoTints } from '../../../main/map/two-tints.ts';
import { makeShippedMaps } from '../../../main/map/write-shipped-maps.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { outline, outlinesAreThere } from './real-outlines.ts';

let lists: OfficialLists;
beforeAll(async () => {
  lists = await readOfficialLists(systemFiles);
}, 30_000);

const corners = (path: string): [number, number][] =>
  (path.match(/-?[\d.]+,-?[\d.]+/g) ?? []).map((pair) => pair.split(',').map(Number) as [number, number]);

const built = (names: readonly string[]): KioskMap => {
  const made = buildMap(names.map(outline), { lists });
  if (!made.ok) throw new Error(made.error.join());
  return made.value.map;
};

describe.skipIf(!outlinesAreThere)('the map of the Allier, from official outlines', () => {
  it.each([[['communes-03.geojson', 'rivieres-03.geojson']], [['allier-communes.topojson', 'rivieres-03.geojson']]])(
    '%j: 317 communes, their areas, three rivers',
    (names) => {
      const map = built(names);
      expect(kioskMap.safeParse(map).success).toBe(true);
      expect(map.departement).toEqual({ code: '03', name: 'Allier' });
      expect(map.towns).toHaveLength(317);
      expect(map.towns[0]?.name).toBe('Montluçon');
      expect(map.areas.map(({ name }) => name)).toContain('Bocage Bourbonnais');
      expect(map.areas.every(({ path }) => path !== '')).toBe(true);
      expect(new Set(map.areas.map(({ tint }) => tint)).size).toBe(2);
      expect(map.rivers.split('M').length - 1).toBeGreaterThanOrEqual(3);
      expect(map.communeBorders.length).toBeGreaterThan(map.areaBorders.length);
    },
    30_000,
  );

  it('keeps everything inside its frame, with north at the top', () => {
    const map = built(['allier-communes.topojson', 'rivieres-03.geojson']);
    for (const [x, y] of [map.outline, map.communeBorders, map.rivers].flatMap(corners)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(map.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(map.height);
    }
    const at = (name: string) => map.towns.find((town) => town.name === name)!;
    expect(at('Moulins').y).toBeLessThan(at('Vichy').y);
    expect(at('Montluçon').x).toBeLessThan(at('Moulins').x);
  });

  it('takes a département without its communes, and says so', () => {
    const made = buildMap([outline('departement-03.geojson')], { lists });
    expect(made.ok && made.value.notes.join()).toContain('département seul');
  });

  it('refuses outlines that lie elsewhere than the département', () => {
    const towns = new Map([['03185', [-1.5, 48.2] as const]]);
    const made = buildMap([outline('allier-communes.topojson')], { lists, towns });
    expect(made).toEqual({ ok: false, error: [expect.stringContaining('EPSG:4326')] });
  });

  it('refuses a département that is not there', () => {
    const made = buildMap([outline('departement-03.geojson')], { lists, departement: '63' });
    expect(made).toEqual({ ok: false, error: [expect.stringContaining('63')] });
  });

  it('the shape that ships follows the official one within a kilometre', async () => {
    const official = built(['departement-03.geojson']);
    const shipped = (await makeShippedMaps(systemFiles))['03']!;
    const edge = corners(official.outline).map((corner) => unproject(official.plane, corner));
    const metres = corners(shipped.outline).map((corner) => {
      const [longitude, latitude] = unproject(shipped.plane, corner);
      return Math.min(...edge.map(([lon, lat]) => Math.hypot((lon - longitude) * 76_000, (lat - latitude) * 111_000)));
    });
    expect(Math.max(...metres)).toBeLessThan(1_000);
  }, 60_000);
});

describe('the maps that ship', () => {
  it('show every département of France in Europe, with its prefecture inside its own frame', async () => {
    const maps = await makeShippedMaps(systemFiles);
    expect(Object.keys(maps)).toHaveLength(96);
    expect(maps['03']!.towns.slice(0, 3).map(({ name }) => name)).toEqual(['Montluçon', 'Vichy', 'Moulins']);
    expect(Object.values(maps).filter((map) => kioskMap.safeParse(map).success)).toHaveLength(96);
  }, 60_000);
});

describe('the plane', () => {
  it('places a point where d3-geo does, and back', () => {
    const projection = geoMercator().scale(30_000).translate([-1_200, 28_000]);
    const plane = { scale: 30_000, x: -1_200, y: 28_000 };
    for (const point of [
      [3.33, 46.56],
      [2.28, 46.1],
      [-4.7, 48.1],
    ] as const) {
      const [x, y] = project(plane, point);
      const [dx = 0, dy = 0] = projection([...point]) ?? [];
      expect(x).toBeCloseTo(dx, 6);
      expect(y).toBeCloseTo(dy, 6);
      expect(unproject(plane, [x, y])[1]).toBeCloseTo(point[1], 9);
    }
  });
});

describe('two tints', () => {
  it('never give neighbours the same one where two are enough', () => {
    // A ring of six around nothing, and a chain.
    const ring = [0, 1, 2, 3, 4, 5].map((at) => [(at + 1) % 6, (at + 5) % 6]);
    const tints = twoTints([...ring, [7], [6, 8], [7]]);
    ring.forEach((others, at) => others.forEach((other) => expect(tints[at]).not.toBe(tints[other])));
    expect(tints[7]).not.toBe(tints[6]);
    expect(tints[7]).not.toBe(tints[8]);
  });

  it('of the EPCI of the Allier differ at most borders', () => {
    const triangle = twoTints([
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
    expect(new Set(triangle).size).toBe(2);
  });
});

it.each([
  ['CC du Bocage Bourbonnais', 'Bocage Bourbonnais'],
  ['CC Commentry Montmarault Néris Communauté', 'Commentry Montmarault Néris Communauté'],
  ['CA Vichy Communauté', 'Vichy Communauté'],
  ['CC Le Grand Charolais', 'Le Grand Charolais'],
  ['CC du Pays de Tronçais', 'Pays de Tronçais'],
])('%s is shown as %s', (written, shown) => {
  expect(areaName(written)).toBe(shown);
});
