/**
 * Writes a PMTiles file (version 3, see github.com/protomaps/PMTiles/spec) from our own layers. It has a single root
 * directory, which is enough for the tiles of one town.
 */
import { gzipSync } from 'node:zlib';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { FeatureCollection } from 'geojson';
import { zxyToTileId } from 'pmtiles';

export interface TilesWanted {
  /** Keyed by layer name. */
  readonly layers: Readonly<Record<string, FeatureCollection>>;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly attribution?: string;
  /** 1: vector; 2: PNG. */
  readonly tileType?: number;
  readonly gzip?: boolean;
}

const HEADER = 127;

const varint = (value: number): readonly number[] => {
  const bytes: number[] = [];
  let left = value;
  while (left >= 0x80) {
    bytes.push((left % 0x80) | 0x80);
    left = Math.floor(left / 0x80);
  }
  return [...bytes, left];
};

interface Tile {
  readonly id: number;
  readonly bytes: Uint8Array;
}

const tileNumber = (degrees: number, zoom: number, axis: 'x' | 'y'): number => {
  const radians = (degrees * Math.PI) / 180;
  const part = axis === 'x' ? (degrees + 180) / 360 : (1 - Math.log(Math.tan(Math.PI / 4 + radians / 2)) / Math.PI) / 2;
  return Math.floor(part * 2 ** zoom);
};

const tilesOf = ({ layers, minZoom, maxZoom, bounds, gzip = true }: TilesWanted): readonly Tile[] => {
  const indexes = Object.entries(layers).map(
    ([name, features]) => [name, new GeoJSONVT(features, { maxZoom, indexMaxZoom: maxZoom, tolerance: 0 })] as const,
  );
  const [west, south, east, north] = bounds;
  const tiles: Tile[] = [];
  for (let z = minZoom; z <= maxZoom; z += 1) {
    for (let x = tileNumber(west, z, 'x'); x <= tileNumber(east, z, 'x'); x += 1) {
      for (let y = tileNumber(north, z, 'y'); y <= tileNumber(south, z, 'y'); y += 1) {
        const found = indexes.flatMap(([name, index]) => {
          const tile = index.getTile(z, x, y);
          return tile ? [[name, tile] as const] : [];
        });
        if (found.length === 0) continue;
        const bytes = fromGeojsonVt(Object.fromEntries(found), { version: 2, extent: 4096 });
        tiles.push({ id: zxyToTileId(z, x, y), bytes: gzip ? gzipSync(bytes) : bytes });
      }
    }
  }
  return tiles.sort((a, b) => a.id - b.id);
};

/** The directory is stored column by column. An offset of 0 means "directly after the previous tile". */
const directoryOf = (tiles: readonly Tile[]): Uint8Array => {
  const column = (of: (tile: Tile, at: number) => number): readonly number[] =>
    tiles.flatMap((one, at) => varint(of(one, at)));
  return gzipSync(
    Uint8Array.from([
      ...varint(tiles.length),
      ...column((one, at) => one.id - (tiles[at - 1]?.id ?? 0)),
      ...column(() => 1),
      ...column((one) => one.bytes.length),
      ...column((_, at) => (at === 0 ? 1 : 0)),
    ]),
  );
};

export const pmtilesFile = (wanted: TilesWanted): Uint8Array => {
  const tiles = tilesOf(wanted);
  const directory = directoryOf(tiles);
  const metadata = gzipSync(JSON.stringify({ attribution: wanted.attribution ?? '', vector_layers: [] }));
  const data = Buffer.concat(tiles.map(({ bytes }) => bytes));
  const header = Buffer.alloc(HEADER);
  header.write('PMTiles', 'latin1');
  header.writeUInt8(3, 7);
  let at = HEADER;
  for (const [place, length] of [
    [8, directory.length],
    [24, metadata.length],
    [40, 0], // no leaf directories
    [56, data.length],
  ] as const) {
    header.writeBigUInt64LE(BigInt(at), place);
    header.writeBigUInt64LE(BigInt(length), place + 8);
    at += length;
  }
  for (const place of [72, 80, 88]) header.writeBigUInt64LE(BigInt(tiles.length), place);
  header.writeUInt8(1, 96); // clustered
  header.writeUInt8(2, 97); // gzip inside
  header.writeUInt8(wanted.gzip === false ? 1 : 2, 98);
  header.writeUInt8(wanted.tileType ?? 1, 99);
  header.writeUInt8(wanted.minZoom, 100);
  header.writeUInt8(wanted.maxZoom, 101);
  const [west, south, east, north] = wanted.bounds;
  [west, south, east, north].forEach((degrees, corner) =>
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * corner),
  );
  return Buffer.concat([header, directory, metadata, data]);
};
