/**
 * Reads from the X server which windows are visible, without asking the browsers. The calls are asynchronous because
 * the kiosk may run in this process.
 */
import { execFile } from 'node:child_process';
import { isDeepStrictEqual, promisify } from 'node:util';
import type { Rect } from '../../main/shell/port.ts';

export interface XWindow extends Rect {
  readonly role: 'kiosk' | 'guest';
  readonly visible: boolean;
}

const exec = promisify(execFile);

const ask = async (display: string, args: readonly string[]): Promise<string> =>
  (await exec('xwininfo', ['-display', display, ...args])).stdout;

/** Reading the tree fails when a window closes in the meantime, so retry. */
const askTree = async (display: string, tries = 8): Promise<string> => {
  try {
    return await ask(display, ['-root', '-tree']);
  } catch (error) {
    if (tries <= 1) throw error;
    return askTree(display, tries - 1);
  }
};

const number = (text: string, name: string): number => Number(new RegExp(`${name}:\\s+(-?\\d+)`).exec(text)?.[1]);

/** The titles of all windows, which any program on this display can read. */
export const windowNames = async (display: string): Promise<readonly string[]> =>
  [...(await askTree(display)).matchAll(/^\s*0x[0-9a-f]+ "(.*)": \(/gm)].map((found) => found[1] ?? '');

const describe = async (display: string, id: string, role: XWindow['role']): Promise<readonly XWindow[]> => {
  let text: string;
  try {
    text = await ask(display, ['-id', id]);
  } catch {
    return []; // it has closed in the meantime
  }
  return [
    {
      role,
      visible: text.includes('Map State: IsViewable'),
      x: number(text, 'Absolute upper-left X'),
      y: number(text, 'Absolute upper-left Y'),
      width: number(text, 'Width'),
      height: number(text, 'Height'),
    },
  ];
};

interface Listed {
  readonly id: string;
  readonly role: XWindow['role'];
  /** Stacking position of the top-level window that contains it: the higher the number, the lower the window. */
  readonly depth: number;
}

/** The tree lists the topmost window first and indents child windows. */
const listed = (tree: string): readonly Listed[] => {
  let depth = -1;
  let outermost = Infinity;
  return tree.split('\n').flatMap((line) => {
    const indented = /^ *(?=0x)/.exec(line)?.[0].length;
    if (indented === undefined) return [];
    outermost = Math.min(outermost, indented);
    if (indented === outermost) depth += 1;
    const [, id = '', role] = /^\s*(0x[0-9a-f]+) .*"point-numerique-(kiosk|guest)"\)/.exec(line) ?? [];
    // Toolkits create 10×10 helper windows.
    return role === undefined || line.includes(' 10x10+') ? [] : [{ id, role: role as XWindow['role'], depth }];
  });
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
const windowsOf = async (display: string, roles: RegExp, looks = 1): Promise<readonly XWindow[]> => {
  const tree = listed(await askTree(display));
  const all = tree.filter(({ role }) => role === 'kiosk' || roles.test(role));
  const found = await Promise.all(
    all.map(async ({ id, role, depth }) => (await describe(display, id, role)).map((one) => ({ one, depth }))),
  );
  const isConsistent = isDeepStrictEqual(tree, listed(await askTree(display)));
  if (!isConsistent && looks < MOST_LOOKS) return windowsOf(display, roles, looks + 1);
  const windows = found.flat();
  const screens = windows.filter(({ one }) => one.role === 'kiosk' && one.visible);
  const isUnder = (one: XWindow, depth: number): boolean =>
    screens.some((screen) => screen.depth < depth && liesWithin(one, screen.one));
  return windows
    .filter(({ one }) => roles.test(one.role))
    .map(({ one, depth }) => ({ ...one, visible: one.visible && !isUnder(one, depth) }));
};

export const kioskWindows = (display: string): Promise<readonly XWindow[]> => windowsOf(display, /./);

export const visibleGuest = async (display: string): Promise<Rect | undefined> => {
  const look = async (): Promise<readonly XWindow[]> =>
    (await windowsOf(display, /^guest$/)).filter((one) => one.visible);
  let guests = await look();
  // The windows are read one by one. If one site was replaced by another in between, read them again.
  if (guests.length > 1) guests = await look();
  if (guests.length > 1) throw new Error(`${guests.length} guest windows are visible`);
  const [guest] = guests;
  return guest && { x: guest.x, y: guest.y, width: guest.width, height: guest.height };
};
