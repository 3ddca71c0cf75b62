import type { FeatureCollection, Position } from 'geojson';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { readContours, ringsOf } from '../../../main/map/contours.ts';

const SQUARE: Position[] = [
  [3, 46.5],
  [3, 46.6],
  [3.1, 46.6],
  [3.1, 46.5],
  [3, 46.5],
];
const communes = (
  properties: Record<string, unknown> = { code: '03185', nom: 'Montluçon' },
  ring: readonly Position[] = SQUARE,
): FeatureCollection => ({
  type: 'FeatureCollection',
  features: [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [[...ring]] } }],
});
const read = (data: unknown) => readContours(typeof data === 'string' ? data : JSON.stringify(data));
const mistake = (data: unknown): string => {
  const contours = read(data);
  if (contours.ok) throw new Error('it was taken');
  return contours.error;
};

describe('outline files', () => {
  it.each([
    [{ INSEE_COM: '03185', NOM: 'Montluçon', SIREN_EPCI: '200071082' }],
    [{ code_insee: '03185', nom_officiel: 'Montluçon', codes_siren_des_epci: '200071082/200000000' }],
    [{ code: '03185', nom: 'Montluçon', epci: '200071082' }],
  ])('are read whatever their columns are called: %j', (properties) => {
    const contours = read(communes(properties));
    expect(contours.ok && contours.value.communes).toMatchObject([
      { code: '03185', name: 'Montluçon', epci: '200071082' },
    ]);
  });

  it('tell a département from a commune by its code', () => {
    const contours = read(communes({ code: '03', nom: 'Allier' }));
    expect(contours.ok && contours.value).toMatchObject({
      communes: [],
      departements: [{ code: '03', name: 'Allier' }],
    });
  });

  it('in Lambert-93 are converted, and say so', () => {
    const to = proj4('+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80');
    const contours = read(
      communes(
        undefined,
        SQUARE.map((position) => to.forward(position as [number, number])),
      ),
    );
    if (!contours.ok) throw new Error(contours.error);
    expect(contours.value.notes.join()).toContain('Lambert-93');
    const [longitude = 0, latitude = 0] = ringsOf(contours.value.communes[0]!.shape)[0]![2]!;
    expect(longitude).toBeCloseTo(3.1, 6);
    expect(latitude).toBeCloseTo(46.6, 6);
  });

  it('in another system are refused with the command that converts them', () => {
    expect(
      mistake(
        communes(
          undefined,
          SQUARE.map(([x = 0, y = 0]) => [x * 111_319, y * 126_000]),
        ),
      ),
    ).toContain('ogr2ogr -f GeoJSON -t_srs EPSG:4326');
  });

  it('in Web Mercator are not taken for Lambert-93, which has the same numbers in the north', () => {
    const northern = SQUARE.map(([x = 0, y = 0]) => [x * 111_319, y * 131_000]);
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
    expect(mistake({ ...communes(undefined, northern), crs })).toContain('EPSG:4326');
  });

  it('with the latitude first are refused', () => {
    expect(
      mistake(
        communes(
          undefined,
          SQUARE.map(([x = 0, y = 0]) => [y, x]),
        ),
      ),
    ).toContain('latitude');
  });

  it.each([
    ['half a file', JSON.stringify(communes()).slice(0, 150), 'coupé'],
    ['an empty file', '', 'vide'],
    ['a zip', 'PK\u0003\u0004', 'zip'],
    ['a KML', '<?xml version="1.0"?><kml/>', 'XML'],
    ['JSON of something else', '{"places": []}', 'GeoJSON'],
    ['a list', '[]', 'GeoJSON'],
    ['null', 'null', 'GeoJSON'],
    ['text', 'commune;code\nMoulins;03190\n', 'JSON'],
    [
      'centres instead of outlines',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [3, 46] } }],
      }),
      'contour',
    ],
    ['shapes without a code', JSON.stringify(communes({ nom: 'Montluçon' })), 'Insee'],
    ['no numbers', JSON.stringify(communes(undefined, [['a', 'b'] as unknown as Position])), 'nombres'],
    [
      'a topology without its arcs',
      '{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[0]],"id":"03185"}}}',
      'abîmé',
    ],
  ])('%s is refused, and says what to do', (_what, text, word) => {
    expect(mistake(text)).toContain(word);
  });
});
