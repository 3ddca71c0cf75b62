/** Reads and sets the positions of windows on a display. */
import { words, type XConnection } from './connection.ts';
import { QUERY_TREE } from './requests.ts';

export interface XRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface XPlaces {
  configure(id: number, at: XRect, raise: boolean): void;
  /** Position on the screen, whatever its parent; undefined when it is gone. */
  placeOf(id: number): Promise<XRect | undefined>;
  parentOf(id: number): Promise<number | undefined>;
  isViewable(id: number): Promise<boolean>;
}

const GET_ATTRIBUTES = 3;
const CONFIGURE = 12;
const GET_GEOMETRY = 14;
const TRANSLATE = 40;
const PLACE_AND_SIZE = 0xf;
const STACKING = 0x40;
const ABOVE = 0;
const VIEWABLE = 2;

export const openXPlaces = (x: XConnection): XPlaces => {
  const configure = (id: number, { x: left, y: top, width, height }: XRect, raise: boolean): void =>
    x.tell(
      CONFIGURE,
      0,
      words(id, PLACE_AND_SIZE | (raise ? STACKING : 0), left, top, width, height, ...(raise ? [ABOVE] : [])),
    );
  const placeOf = async (id: number): Promise<XRect | undefined> => {
    const [geometry, origin] = await Promise.all([
      x.ask(GET_GEOMETRY, 0, words(id)),
      x.ask(TRANSLATE, 0, words(id, x.root, 0)),
    ]);
    return (
      geometry &&
      origin && {
        x: origin.readInt16LE(12),
        y: origin.readInt16LE(14),
        width: geometry.readUInt16LE(16),
        height: geometry.readUInt16LE(18),
      }
    );
  };
  const parentOf = async (id: number): Promise<number | undefined> =>
    (await x.ask(QUERY_TREE, 0, words(id)))?.readUInt32LE(12);
  const isViewable = async (id: number): Promise<boolean> =>
    (await x.ask(GET_ATTRIBUTES, 0, words(id)))?.readUInt8(26) === VIEWABLE;
  return { configure, placeOf, parentOf, isViewable };
};
