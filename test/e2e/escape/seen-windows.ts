/**
 * Lists the windows that a person can see on an X display. It speaks the X protocol directly: a query takes a few
 * milliseconds even on a busy machine, whereas `xwininfo` needed two programs for each window.
 */
import { isDeepStrictEqual } from 'node:util';
import { atomOf, words, type XConnection } from '../../../main/platform/x-connection.ts';
import { readNumbers, readProperty, WM_CLASS } from '../../../main/platform/x-requests.ts';

export interface SeenWindow {
  readonly id: number;
  readonly class: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Override-redirect, so it bypasses the window manager: menus, lists, tooltips. */
  readonly unmanaged: boolean;
}

const GET_ATTRIBUTES = 3;
const GET_GEOMETRY = 14;
const QUERY_TREE = 15;
const TRANSLATE = 40;
const WM_NAME = 39;
const VIEWABLE = 2;
const INPUT_OUTPUT = 1;

interface Branch {
  readonly id: number;
  readonly inner: readonly Branch[];
}

/** A window that closed during the query has no children. */
const treeOf = async (x: XConnection, id: number): Promise<Branch> => {
  const reply = await x.ask(QUERY_TREE, 0, words(id));
  const children = readNumbers(reply?.subarray(32, 32 + reply.readUInt16LE(16) * 4));
  return { id, inner: await Promise.all(children.map((one) => treeOf(x, one))) };
};
const allOf = ({ id, inner }: Branch): readonly number[] => [id, ...inner.flatMap(allOf)];

const classOf = async (x: XConnection, id: number): Promise<string> =>
  (await readProperty(x, id, WM_CLASS))?.toString('latin1').split('\0')[1] ?? '';

/** Undefined: not visible. */
const describe = async (x: XConnection, id: number): Promise<SeenWindow | undefined> => {
  const [facts, size, place, named, windowClass] = await Promise.all([
    x.ask(GET_ATTRIBUTES, 0, words(id)),
    x.ask(GET_GEOMETRY, 0, words(id)),
    x.ask(TRANSLATE, 0, words(id, x.root, 0)),
    readProperty(x, id, WM_NAME),
    classOf(x, id),
  ]);
  if (!facts || !size || !place) return undefined;
  if (facts.readUInt8(26) !== VIEWABLE || facts.readUInt16LE(12) !== INPUT_OUTPUT) return undefined;
  return {
    id,
    class: windowClass,
    name: named?.toString('latin1') ?? '',
    x: place.readInt16LE(12),
    y: place.readInt16LE(14),
    width: size.readUInt16LE(16),
    height: size.readUInt16LE(18),
    unmanaged: facts.readUInt8(27) === 1,
  };
};

const isSpeck = ({ width, height }: SeenWindow): boolean => width <= 1 || height <= 1;

/** QueryTree lists the top-level windows from bottom to top. A window entirely covered by our screens is invisible. */
const underKiosk = (
  inner: readonly Branch[],
  seen: readonly (SeenWindow | undefined)[],
): ((one: SeenWindow) => boolean) => {
  const heightOf = new Map(inner.flatMap((outermost, height) => allOf(outermost).map((id) => [id, height])));
  const height = ({ id }: SeenWindow): number => heightOf.get(id) ?? Infinity;
  const kiosks = seen.filter((one): one is SeenWindow => one?.class === 'point-numerique-kiosk');
  return (one) =>
    kiosks.some(
      (kiosk) =>
        kiosk.id !== one.id &&
        height(one) < height(kiosk) &&
        one.x >= kiosk.x &&
        one.y >= kiosk.y &&
        one.x + one.width <= kiosk.x + kiosk.width &&
        one.y + one.height <= kiosk.y + kiosk.height,
    );
};

interface Look {
  readonly known: ReadonlySet<number>;
  readonly inner: readonly Branch[];
  readonly seen: readonly (SeenWindow | undefined)[];
}

const lookOnce = async (x: XConnection, list: number): Promise<Look & { readonly isConsistent: boolean }> => {
  const known = new Set(readNumbers(await readProperty(x, x.root, list)));
  const tree = await treeOf(x, x.root);
  const asked = tree.inner.flatMap((outermost) => {
    const all = allOf(outermost);
    // A frame that the window manager draws around a window belongs to no program. Look inside: it may hold a site.
    return all.some((one) => known.has(one)) ? all : [outermost.id];
  });
  const seen = await Promise.all(asked.map((one) => describe(x, one)));
  const isConsistent = isDeepStrictEqual(tree, await treeOf(x, x.root));
  return { known, inner: tree.inner, seen, isConsistent };
};

/** A window that keeps changing its place in the tree is described as the last look saw it. */
const MOST_LOOKS = 5;

/**
 * Every window that a person can see, whichever program opened it. A look takes many requests, and the tree may change
 * between them: a new window that the window manager puts below our screens at that moment would pass for one above
 * them. Such a look is repeated.
 */
export const seenWindows = async (x: XConnection): Promise<readonly SeenWindow[]> => {
  const list = (await atomOf(x, '_NET_CLIENT_LIST')) ?? 0;
  let look = await lookOnce(x, list);
  for (let looks = 1; !look.isConsistent && looks < MOST_LOOKS; looks++) look = await lookOnce(x, list);
  const { known, inner, seen } = look;
  const outer = new Set(inner.map(({ id }) => id));
  const framed = new Set(inner.filter((one) => allOf(one).some((id) => known.has(id))).map(({ id }) => id));
  const under = underKiosk(inner, seen);
  return seen.filter((one): one is SeenWindow => {
    if (one === undefined || under(one)) return false;
    // A site's window is a child of a window that the window manager knows, so it is not in the client list itself.
    if (known.has(one.id) || one.class === 'point-numerique-guest') return true;
    return outer.has(one.id) && !framed.has(one.id) && !isSpeck(one);
  });
};
