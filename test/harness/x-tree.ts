/**
 * The windows of an X display, asked over the X protocol. `xwininfo` and `xdotool search` end with BadWindow when a
 * window closes between two of their questions.
 */
import { words, type XConnection } from '../../main/platform/x11/connection.ts';
import { QUERY_TREE, readNumbers, readProperty, WM_CLASS, WM_NAME } from '../../main/platform/x11/requests.ts';
import type { Rect } from '../../main/shell/port.ts';

const GET_ATTRIBUTES = 3;
const GET_GEOMETRY = 14;
const TRANSLATE = 40;
const VIEWABLE = 2;
const INPUT_OUTPUT = 1;

/** A window and those inside it, from bottom to top. */
export interface Branch {
  readonly id: number;
  readonly inner: readonly Branch[];
}

export interface WindowLook extends Rect {
  readonly id: number;
  readonly class: string;
  readonly name: string;
  /** It is mapped, and so are all those around it. Another one may still cover it. */
  readonly viewable: boolean;
  /** Override-redirect, so it bypasses the window manager: menus, lists, tooltips. */
  readonly unmanaged: boolean;
}

/** A window that closed during the query has no children. */
export const treeOf = async (x: XConnection, id: number): Promise<Branch> => {
  const reply = await x.ask(QUERY_TREE, 0, words(id));
  const children = readNumbers(reply?.subarray(32, 32 + reply.readUInt16LE(16) * 4));
  return { id, inner: await Promise.all(children.map((one) => treeOf(x, one))) };
};

export const allOf = ({ id, inner }: Branch): readonly number[] => [id, ...inner.flatMap(allOf)];

/** Undefined: it has closed. */
export const lookAt = async (x: XConnection, id: number): Promise<WindowLook | undefined> => {
  const [facts, size, place, named, classed] = await Promise.all([
    x.ask(GET_ATTRIBUTES, 0, words(id)),
    x.ask(GET_GEOMETRY, 0, words(id)),
    x.ask(TRANSLATE, 0, words(id, x.root, 0)),
    readProperty(x, id, WM_NAME),
    readProperty(x, id, WM_CLASS),
  ]);
  if (!facts || !size || !place) return undefined;
  return {
    id,
    class: classed?.toString('latin1').split('\0')[1] ?? '',
    name: named?.toString('latin1') ?? '',
    viewable: facts.readUInt8(26) === VIEWABLE && facts.readUInt16LE(12) === INPUT_OUTPUT,
    unmanaged: facts.readUInt8(27) === 1,
    x: place.readInt16LE(12),
    y: place.readInt16LE(14),
    width: size.readUInt16LE(16),
    height: size.readUInt16LE(18),
  };
};
