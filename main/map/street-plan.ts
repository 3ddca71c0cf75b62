/**
 * The streets around a point, out of a PMTiles file that the place gave: a few hundred metres, as SVG paths. The file may
 * weigh gigabytes; a plan reads four tiles of it at most.
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
  /** Null: the file knows nothing of there. */
  plan(at: XY): Promise<Result<StreetPlan | null, StreetsFault>>;
}

/** Metres on each side of the point: five minutes on foot. */
const REACH = 380;
/** A house stands on it; a larger zoom has no more streets. */
const ZOOM = 15;
/** Below it there are no small streets in any of the schemas. */
const LEAST_ZOOM = 13;
const EQUATOR = 40_075_016.686;
/** Of one tile, unpacked. A tile of the densest town is under a megabyte. */
const MOST_TILE_BYTES = 12_000_000;
const MOST_NAMES = 40;
/** Metres: a name has no room on a shorter street. */
const SHORTEST_NAMED = 40;

const unzip = promisify(gunzip);

const bufferOf = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;

/** zlib rather than the package's own: it stops at a bound. */
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

/** @throws whatever the file is: callers tell one fault from the other. */
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

/** Mercator, in tiles of `zoom`. */
const tileAt = ([longitude, latitude]: XY, zoom: number): Tile => {
  const tiles = 2 ** zoom;
  const radians = (latitude * Math.PI) / 180;
  return {
    x: ((longitude + 180) / 360) * tiles,
    y: ((1 - Math.log(Math.tan(Math.PI / 4 + radians / 2)) / Math.PI) / 2) * tiles,
  };
};

const decimals = (value: number): string => String(Math.round(value * 10) / 10);

/** The longest straight run of a line that lies inside: where its name stands. */
const straightest = (points: readonly XY[], reach: number): { at: XY; turn: number; length: number } | null => {
  let best: { at: XY; turn: number; length: number } | null = null;
  for (let at = 1; at < points.length; at += 1) {
    const [[ax, ay], [bx, by]] = [points[at - 1]!, points[at]!];
    const middle: XY = [(ax + bx) / 2, (ay + by) / 2];
    const length = Math.hypot(bx - ax, by - ay);
    if (Math.abs(middle[0]) > reach || Math.abs(middle[1]) > reach || length <= (best?.length ?? 0)) continue;
    const turn = (Math.atan2(by - ay, bx - ax) * 180) / Math.PI;
    best = { at: middle, turn: turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn, length };
  }
  return best;
};

/** Reads what the tiles hold, in metres from the point. */
class Sketch {
  readonly #paths = new Map<Drawn, string[]>(DRAWN.map((one) => [one, []]));
  readonly #names = new Map<string, { at: XY; turn: number; length: number }>();

  /** `place`: a point of the tile → metres from the middle. */
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
    // A park or a lake may hold the point while all its corners are far.
    if (!near && shape === 'line') return;
    const path = lines
      .filter((line) => line.length > 1)
      .map(
        (line) =>
          `M${line.map(([x, y]) => `${decimals(x)},${decimals(y)}`).join('L')}${shape === 'polygon' ? 'Z' : ''}`,
      );
    this.#paths.get(drawn)!.push(...path);
  }

  /** A street comes in many pieces: its name stands once, on the longest. */
  #name(text: string, lines: readonly (readonly XY[])[]): void {
    for (const line of lines) {
      const found = straightest(line, REACH);
      if (found && found.length > (this.#names.get(text)?.length ?? 0)) this.#names.set(text, found);
    }
  }

  plan(plane: MapPlane, source: string): StreetPlan | null {
    const path = (drawn: Drawn): string => this.#paths.get(drawn)!.join('');
    if (path('streets') === '' && path('roads') === '') return null;
    return {
      plane,
      box: [-REACH, -REACH, REACH, REACH],
      ...(Object.fromEntries(DRAWN.map((one) => [one, path(one)])) as Record<Drawn, string>),
      names: [...this.#names]
        .map(
          ([
            text,
            {
              at: [x, y],
              turn,
              length,
            },
          ]) => ({ text, x, y, turn, length }),
        )
        .filter(({ length }) => length >= SHORTEST_NAMED)
        .sort((a, b) => b.length - a.length)
        .slice(0, MOST_NAMES)
        .map((one) => ({
          ...one,
          x: Math.round(one.x),
          y: Math.round(one.y),
          turn: Math.round(one.turn),
          length: Math.round(one.length),
        })),
      source,
    };
  }
}

/** One unit is one metre at the point, which is 0, 0. */
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
