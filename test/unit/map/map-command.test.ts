/** `map build` on real files in a real folder. */
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkConfig } from '../../../main/config/check.ts';
import { mapCommand } from '../../../main/map/map-command.ts';
import { readMap } from '../../../main/map/map-file.ts';
import { makeShippedMaps } from '../../../main/map/write-shipped-maps.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { outlinePath, outlinesAreThere } from './real-outlines.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'map-command-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const places = () => ({ configDir: folder, built: folder });
const play = async (...argv: readonly string[]) => {
  let [out, err] = ['', ''];
  const code = await mapCommand(
    argv,
    { out: { write: (text) => void (out += text) }, err: { write: (text) => void (err += text) } },
    { files: systemFiles, ...places() },
  );
  return { code, out, err };
};
const read = (here: readonly [number, number] | null, onUnreadable = () => {}) =>
  readMap({ files: systemFiles, onUnreadable, ...places() }, here);

describe.skipIf(!outlinesAreThere)('map build', () => {
  it('makes the map that the kiosk then shows', async () => {
    const { code, out } = await play(
      'build',
      outlinePath('allier-communes.topojson'),
      outlinePath('rivieres-03.geojson'),
    );
    expect(out).toContain('Allier (03) : 317 communes, avec leurs limites, 12 intercommunalités, avec les rivières');
    expect(code).toBe(0);
    expect(await read(null)).toMatchObject({ source: 'allier-communes.topojson, rivieres-03.geojson' });
    expect((await read(null))?.towns).toHaveLength(317);
  });

  it('says whose outlines they are in the words it is given', async () => {
    await play('build', outlinePath('allier-communes.topojson'), '--source=IGN, Admin Express COG 2018');
    expect((await read(null))?.source).toBe('IGN, Admin Express COG 2018');
  });

  it('changes nothing when one of the files is wrong, and names it', async () => {
    writeFileSync(join(folder, 'map.json'), 'before');
    const half = join(folder, 'half.geojson');
    writeFileSync(half, readFileSync(outlinePath('communes-03.geojson'), 'utf8').slice(0, 200_000));
    const { code, err } = await play('build', half);
    expect(code).toBe(1);
    expect(err).toContain(`${half} : le fichier est coupé avant la fin`);
    expect(err).toContain('Rien n’a changé');
    expect(readFileSync(join(folder, 'map.json'), 'utf8')).toBe('before');
  });
});

describe('map build, asked wrongly', () => {
  it('refuses a file of 200 MB without reading it', async () => {
    const heavy = join(folder, 'heavy.geojson');
    writeFileSync(heavy, '');
    truncateSync(heavy, 200_000_000);
    const began = performance.now();
    const { code, err } = await play('build', heavy);
    expect(code).toBe(1);
    expect(err).toContain('200 Mo');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it.each([
    [['build', '/nowhere/contours.json'], 1, 'introuvable'],
    [['build'], 2, 'manque'],
    [['bild', 'x'], 2, 'mot inconnu'],
    [['build', 'x', '--dep=3'], 2, '--dep'],
    [['build', 'x', '--departement=Allier'], 2, '03'],
  ])('%j', async (argv, expected, word) => {
    const { code, err } = await play(...argv);
    expect(code).toBe(expected);
    expect(err).toContain(word);
  });
});

describe('the map of this kiosk', () => {
  it('is that of the département where it stands, when nobody made one', async () => {
    writeFileSync(join(folder, 'maps.json'), JSON.stringify(await makeShippedMaps(systemFiles)));
    expect((await read([3.33243, 46.56459]))?.departement.code).toBe('03');
    expect((await read([3.0863, 45.7797]))?.departement.code).toBe('63');
    expect(await read(null)).toBeNull();
    expect(await read([0, 0])).toBeNull();
  }, 60_000);

  it('is the simple one, and the log says so, when its own is not whole', async () => {
    writeFileSync(join(folder, 'map.json'), '{"version":1,"outl');
    let told = 0;
    expect(await read(null, () => void (told += 1))).toBeNull();
    expect(told).toBe(1);
  });
});

it('npm run config:check tells of a map that is not whole, and the kiosk would start all the same', async () => {
  cpSync(join(import.meta.dirname, '../../fixtures/demo'), folder, { recursive: true });
  const lines: string[] = [];
  const check = () => checkConfig([folder], { files: systemFiles, print: (line) => void lines.push(line) });
  expect(await check()).toBe(0);
  expect(lines.join('\n')).not.toContain('map.json');
  writeFileSync(join(folder, 'map.json'), '{"version":1,"outl');
  expect(await check()).toBe(0);
  expect(lines.join('\n')).toContain('map.json n’est pas une carte entière');
});
