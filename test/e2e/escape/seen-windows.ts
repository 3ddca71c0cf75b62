/**
 * Lists the windows that a person can see on an X display. It speaks the X protocol directly: a query takes a few
 * milliseconds even on a busy machine, whereas `xwininfo` needed two programs for each window.
 */
import { isDeepStrictEqual } from 'node:util';
import { atomOf, type XConnection } from '../../../main/platform/x11/connection.ts';
import { readNumbers, readProperty } from '../../../main/platform/x11/requests.ts';
import { allOf, lookAt, treeOf, type Branch, type WindowLook } from '../../harness/x-tree.ts';

export type SeenWindow = Omit<WindowLook, 'viewable'>;

/** Undefined: not visible. */
const describe = async (x: XConnection, id: number): Promise<SeenWindow | undefined> => {
  const window = await lookAt(x, id);
  return window?.viewable === true ? window : undefined;
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
