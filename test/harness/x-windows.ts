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

/** Windows of our two browsers, without the small ones that a toolkit keeps for itself. */
const windowsOf = async (display: string, roles: RegExp): Promise<readonly XWindow[]> => {
  const tree = await askTree(display);
  const found = tree.split('\n').flatMap((line) => {
    const [, id, role] = /^\s*(0x[0-9a-f]+) .*"point-numerique-(kiosk|guest)"\)/.exec(line) ?? [];
    return id === undefined || !roles.test(role ?? '') || line.includes(' 10x10+')
      ? []
      : [describe(display, id, role as XWindow['role'])];
  });
  return (await Promise.all(found)).flat();
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
