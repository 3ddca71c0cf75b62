/**
 * Draws the streets around a point from a PMTiles file that the place provides: a few hundred metres, as SVG paths. The
 * file may have gigabytes; a plan reads at most four of its tiles.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { Compression, PMTiles, TileType, type Source } from 'pmtiles';
import type { StreetPlan } from '../contract/kiosk-map.ts';
import { project, type MapPlane, type XY } from '../contract/map-geometry.ts';
import { fail, ok, type Result } from '../contract/result.ts';
import type { Files } from '../platform/files.ts';
import { DRAWN, drawnAs, streetName, type Drawn, type Shape } from './street-layers.ts';

export const STREETS_FAULTS = ['missing', 'not-pmtiles', 'not-vector', 'damaged'] as const;
export type StreetsFault = (typeof STREETS_FAULTS)[number];

export interface Streets {
  /** Null when the file does not cover that point. */
  plan(at: XY): Promise<Result<StreetPlan | null, StreetsFault>>;
}

/** Metres on each side of the point: five minutes on foot. */
const REACH = 380;
/** Houses are visible at this zoom, and higher zooms have no more streets. */
const ZOOM = 15;
/** At lower zooms, none of the schemas has small streets. */
const LEAST_ZOOM = 13;
const EQUATOR = 40_075_016.686;
/** The size of one unpacked tile. A tile of the densest town is under a megabyte. */
const MOST_TILE_BYTES = 12_000_000;
const MOST_NAMES = 160;
const PLACES_OF_A_NAME = 8;
/** In metres: a name does not fit on a shorter street. */
const SHORTEST_NAMED = 40;

const unzip = promisify(gunzip);

const bufferOf = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;

/** Uses zlib rather than the package's own inflate, because zlib can limit the output. */
const unpack = async (packed: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> => {
  if (compression === Compression.None || compression === Compression.Unknown) return packed;
  if (compression !== Compression.Gzip) throw new Error('compression');
  return bufferOf(await unzip(packed, { maxOutputLength: MOST_TILE_BYTES }));
};

class Unreadable extends Error {}

const sourceOf = (files: Pick<Files, 'readPart'>, path: string): Source => ({
  getKey: () => path,
  async getBytes(offset, length) {
    const part = await files.readPart(path, offset, length);
    if (!part.ok) throw new Unreadable(part.error.code);
    return { data: bufferOf(part.value) };
  },
});

const textOf = (attribution: unknown): string =>
  typeof attribution === 'string'
    ? attribution
        .replace(/<[^>]*>/g, '')
        .replace(/&copy;/g, '©')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 120)
    : '';

/** @throws on any unreadable file: callers distinguish the faults. */
const openArchive = async (
  files: Pick<Files, 'readPart'>,
  path: string,
): Promise<Result<{ archive: PMTiles; zoom: number; source: string }, StreetsFault>> => {
  const archive = new PMTiles(sourceOf(files, path), undefined, unpack);
  try {
    const header = await archive.getHeader();
    if (header.tileType !== TileType.Mvt || header.maxZoom < LEAST_ZOOM) return fail('not-vector');
    const metadata = (await archive.getMetadata()) as { readonly attribution?: unknown } | null;
    return ok({ archive, zoom: Math.min(ZOOM, header.maxZoom), source: textOf(metadata?.attribution) });
  } catch (error) {
    return fail(error instanceof Unreadable ? 'missing' : 'not-pmtiles');
  }
};

interface Tile {
  readonly x: number;
  readonly y: number;
}

/** Web Mercator, in tiles of `zoom`. */
const tileAt = ([longitude, latitude]: XY, zoom: number): Tile => {
  const tiles = 2 ** zoom;
  const radians = (latitude * Math.PI) / 180;
  return {
    x: ((longitude + 180) / 360) * tiles,
    y: ((1 - Math.log(Math.tan(Math.PI / 4 + radians / 2)) / Math.PI) / 2) * tiles,
  };
};

const decimals = (value: number): string => String(Math.round(value * 10) / 10);

interface NamePlace {
  readonly at: XY;
  readonly turn: number;
  /** The length of the straight part around it. */
  readonly length: number;
}

/**
 * Where on a straight part a name may stand: in its middle, or nearer to one end when the middle is outside the view.
 */
const ALONG = [0.5, 0.25, 0.75] as const;

const placesOn = (points: readonly XY[]): readonly NamePlace[] =>
  points.slice(1).flatMap(([bx, by], before) => {
    const [ax, ay] = points[before]!;
    const whole = Math.hypot(bx - ax, by - ay);
    const turned = (Math.atan2(by - ay, bx - ax) * 180) / Math.PI;
    const turn = turned > 90 ? turned - 180 : turned < -90 ? turned + 180 : turned;
    return ALONG.map((part): NamePlace => ({
      at: [ax + (bx - ax) * part, ay + (by - ay) * part],
      turn,
      length: 2 * Math.min(part, 1 - part) * whole,
    })).filter(({ at: [x, y], length }) => length >= SHORTEST_NAMED && Math.abs(x) < REACH && Math.abs(y) < REACH);
  });

/** Collects what the tiles contain, in metres from the point. */
class Sketch {
  readonly #paths = new Map<Drawn, string[]>(DRAWN.map((one) => [one, []]));
  readonly #names = new Map<string, NamePlace[]>();

  /** `place`: converts a point of the tile to metres from the centre. */
  add(tile: VectorTile, place: (extent: number, x: number, y: number) => XY): void {
    for (const [name, layer] of Object.entries(tile.layers)) {
      for (let at = 0; at < layer.length; at += 1) {
        const feature = layer.feature(at);
        if (feature.type < 2) continue;
        const shape: Shape = feature.type === 2 ? 'line' : 'polygon';
        const drawn = drawnAs(name, feature.properties, shape);
        const named = shape === 'line' ? streetName(name, feature.properties) : null;
        if (drawn === null && named === null) continue;
        const lines = feature.loadGeometry().map((points) => points.map(({ x, y }) => place(layer.extent, x, y)));
        if (drawn) this.#draw(drawn, lines, shape);
        if (named !== null) this.#name(named, lines);
      }
    }
  }

  #draw(drawn: Drawn, lines: readonly (readonly XY[])[], shape: Shape): void {
    const near = lines.some((line) => line.some(([x, y]) => Math.abs(x) < REACH * 1.3 && Math.abs(y) < REACH * 1.3));
    // A park or a lake may contain the point although all its corners are far away.
    if (!near && shape === 'line') return;
    const path = lines
      .filter((line) => line.length > 1)
      .map(
        (line) =>
          `M${line.map(([x, y]) => `${decimals(x)},${decimals(y)}`).join('L')}${shape === 'polygon' ? 'Z' : ''}`,
      );
    this.#paths.get(drawn)!.push(...path);
  }

  /** One street consists of many pieces. */
  #name(text: string, lines: readonly (readonly XY[])[]): void {
    const places = this.#names.get(text) ?? [];
    this.#names.set(text, places);
    for (const line of lines) places.push(...placesOn(line));
  }

  /** The longest parts first, a few per street. */
  #namePlaces(): StreetPlan['names'] {
    return [...this.#names]
      .flatMap(([text, places]) =>
        places
          .toSorted((a, b) => b.length - a.length)
          .slice(0, PLACES_OF_A_NAME)
          .map(({ at: [x, y], turn, length }) => ({
            text,
            x: Math.round(x),
            y: Math.round(y),
            turn: Math.round(turn),
            length: Math.round(length),
          })),
      )
      .sort((a, b) => b.length - a.length)
      .slice(0, MOST_NAMES);
  }

  plan(plane: MapPlane, source: string): StreetPlan | null {
    const path = (drawn: Drawn): string => this.#paths.get(drawn)!.join('');
    if (path('streets') === '' && path('roads') === '') return null;
    return {
      plane,
      box: [-REACH, -REACH, REACH, REACH],
      ...(Object.fromEntries(DRAWN.map((one) => [one, path(one)])) as Record<Drawn, string>),
      names: this.#namePlaces(),
      source,
    };
  }
}

/** One unit is one metre at the point, which is the origin. */
const planeAround = (at: XY): MapPlane => {
  const scale = (EQUATOR / (2 * Math.PI)) * Math.cos((at[1] * Math.PI) / 180);
  const [x, y] = project({ scale, x: 0, y: 0 }, at);
  return { scale, x: -x, y: -y };
};

export const openStreets = async (
  files: Pick<Files, 'readPart'>,
  path: string,
): Promise<Result<Streets, StreetsFault>> => {
  const opened = await openArchive(files, path);
  if (!opened.ok) return opened;
  const { archive, zoom, source } = opened.value;

  const plan = async (at: XY): Promise<StreetPlan | null> => {
    const middle = tileAt(at, zoom);
    const metres = (EQUATOR * Math.cos((at[1] * Math.PI) / 180)) / 2 ** zoom;
    const reach = REACH / metres;
    const sketch = new Sketch();
    for (let x = Math.floor(middle.x - reach); x <= Math.floor(middle.x + reach); x += 1) {
      for (let y = Math.floor(middle.y - reach); y <= Math.floor(middle.y + reach); y += 1) {
        const tile = await archive.getZxy(zoom, x, y);
        if (!tile) continue;
        sketch.add(new VectorTile(new PbfReader(new Uint8Array(tile.data))), (extent, px, py) => [
          (x + px / extent - middle.x) * metres,
          (y + py / extent - middle.y) * metres,
        ]);
      }
    }
    return sketch.plan(planeAround(at), source);
  };

  return ok({
    async plan(at) {
      try {
        return ok(await plan(at));
      } catch (error) {
        return fail(error instanceof Unreadable ? 'missing' : 'damaged');
      }
    },
  });
};
