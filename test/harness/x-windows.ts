/** What the X server really shows: no browser is asked. The kiosk may live in this process: it goes on meanwhile. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Rect } from '../../main/shell/port.ts';

export interface XWindow extends Rect {
  readonly role: 'kiosk' | 'guest';
  readonly visible: boolean;
}

const exec = promisify(execFile);

const ask = async (display: string, args: readonly string[]): Promise<string> =>
  (await exec('xwininfo', ['-display', display, ...args])).stdout;

/** The whole tree can't be read while a window closes: it is asked again. */
const askTree = async (display: string, tries = 8): Promise<string> => {
  try {
    return await ask(display, ['-root', '-tree']);
  } catch (error) {
    if (tries <= 1) throw error;
    return askTree(display, tries - 1);
  }
};

const number = (text: string, name: string): number => Number(new RegExp(`${name}:\\s+(-?\\d+)`).exec(text)?.[1]);

/** What every window is called, as any program on this display can read it. */
export const windowNames = async (display: string): Promise<readonly string[]> =>
  [...(await askTree(display)).matchAll(/^\s*0x[0-9a-f]+ "(.*)": \(/gm)].map((found) => found[1] ?? '');

const describe = async (display: string, id: string, role: XWindow['role']): Promise<readonly XWindow[]> => {
  let text: string;
  try {
    text = await ask(display, ['-id', id]);
  } catch {
    return []; // it closed meanwhile
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
  /** Of the window of the root that it lies in: the higher the number, the lower it lies. */
  readonly depth: number;
}

/** The tree has the highest first; what lies in a window is indented. */
const listed = (tree: string): readonly Listed[] => {
  let depth = -1;
  let outermost = Infinity;
  return tree.split('\n').flatMap((line) => {
    const indented = /^ *(?=0x)/.exec(line)?.[0].length;
    if (indented === undefined) return [];
    outermost = Math.min(outermost, indented);
    if (indented === outermost) depth += 1;
    const [, id = '', role] = /^\s*(0x[0-9a-f]+) .*"point-numerique-(kiosk|guest)"\)/.exec(line) ?? [];
    // A toolkit keeps small ones for itself.
    return role === undefined || line.includes(' 10x10+') ? [] : [{ id, role: role as XWindow['role'], depth }];
  });
};

const liesWithin = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** Windows of our two browsers. What lies under our screens is not seen: a site is born there. */
const windowsOf = async (display: string, roles: RegExp): Promise<readonly XWindow[]> => {
  const all = listed(await askTree(display)).filter(({ role }) => role === 'kiosk' || roles.test(role));
  const found = await Promise.all(
    all.map(async ({ id, role, depth }) => (await describe(display, id, role)).map((one) => ({ one, depth }))),
  );
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
  // Each window is looked at in its turn: one may have gone and the other come in between.
  if (guests.length > 1) guests = await look();
  if (guests.length > 1) throw new Error(`${guests.length} guest windows are visible`);
  const [guest] = guests;
  return guest && { x: guest.x, y: guest.y, width: guest.width, height: guest.height };
};
