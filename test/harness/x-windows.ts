/** Reads from the X server which windows are visible, without asking the browsers. */
import { isDeepStrictEqual } from 'node:util';
import { atomOf, connectX, type XConnection } from '../../main/platform/x11/connection.ts';
import { readProperty, WM_NAME } from '../../main/platform/x11/requests.ts';
import type { Rect } from '../../main/shell/port.ts';
import { allOf, lookAt, treeOf, type Branch, type WindowLook } from './x-tree.ts';

export interface XWindow extends Rect {
  readonly id: number;
  readonly role: 'kiosk' | 'guest';
  readonly visible: boolean;
}

const asking = async <T>(display: string, ask: (x: XConnection) => Promise<T>): Promise<T> => {
  const x = await connectX({ name: display, authority: process.env['XAUTHORITY'] });
  try {
    return await ask(x);
  } finally {
    x.end();
  }
};

/** The titles of all windows, which any program on this display can read. */
export const windowNames = (display: string): Promise<readonly string[]> =>
  asking(display, async (x) => {
    const titles = [WM_NAME, (await atomOf(x, '_NET_WM_NAME')) ?? 0];
    const asked = allOf(await treeOf(x, x.root)).flatMap((id) => titles.map((title) => readProperty(x, id, title)));
    return (await Promise.all(asked)).map((name) => name?.toString('utf8') ?? '').filter((name) => name !== '');
  });

const roleOf = (look: WindowLook): XWindow['role'] | undefined => {
  if (look.width === 10 && look.height === 10) return undefined; // toolkits create such helper windows
  const [, role] = /^point-numerique-(kiosk|guest)$/.exec(look.class) ?? [];
  return role as XWindow['role'] | undefined;
};

interface Listed extends XWindow {
  /** Stacking position of the top-level window that contains it: the higher the number, the higher the window. */
  readonly stacked: number;
}

/** Topmost first, as a list of windows is read; the server lists them from bottom to top. */
const listed = async (x: XConnection, tree: Branch): Promise<readonly Listed[]> => {
  const asked = tree.inner.flatMap((outermost, stacked) => allOf(outermost).map((id) => ({ id, stacked })));
  const found = await Promise.all(
    asked.map(async ({ id, stacked }): Promise<readonly Listed[]> => {
      const look = await lookAt(x, id);
      const role = look && roleOf(look);
      if (!look || !role) return [];
      const { viewable: visible, width, height } = look;
      return [{ id, role, visible, x: look.x, y: look.y, width, height, stacked }];
    }),
  );
  return found.flat().reverse();
};

const liesWithin = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** A window that keeps changing its place is described as the last look saw it. */
const MOST_LOOKS = 5;

/**
 * Windows of our two browsers. A window below our screens counts as not visible: that is where sites are created. A new
 * one that the window manager puts there between two questions would pass for one above them, so such a look is
 * repeated.
 */
const windowsOf = async (x: XConnection, looks = 1): Promise<readonly XWindow[]> => {
  const tree = await treeOf(x, x.root);
  const windows = await listed(x, tree);
  const isConsistent = isDeepStrictEqual(tree, await treeOf(x, x.root));
  if (!isConsistent && looks < MOST_LOOKS) return windowsOf(x, looks + 1);
  const screens = windows.filter(({ role, visible }) => role === 'kiosk' && visible);
  const isUnder = (one: Listed): boolean =>
    screens.some((screen) => screen.stacked > one.stacked && liesWithin(one, screen));
  return windows.map((one) => {
    const { stacked: _, ...window } = one;
    return { ...window, visible: one.visible && !isUnder(one) };
  });
};

/** Topmost first. */
export const kioskWindows = (display: string): Promise<readonly XWindow[]> => asking(display, windowsOf);

export const visibleGuest = async (display: string): Promise<Rect | undefined> => {
  const look = async (): Promise<readonly XWindow[]> =>
    (await kioskWindows(display)).filter((one) => one.role === 'guest' && one.visible);
  let guests = await look();
  // If one site was replaced by another between two questions, look again.
  if (guests.length > 1) guests = await look();
  if (guests.length > 1) throw new Error(`${guests.length} guest windows are visible`);
  const [guest] = guests;
  return guest && { x: guest.x, y: guest.y, width: guest.width, height: guest.height };
};
