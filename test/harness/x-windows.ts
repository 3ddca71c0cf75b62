/** What the X server really shows: no browser is asked. */
import { execFileSync } from 'node:child_process';
import type { Rect } from '../../main/shell/port.ts';

export interface XWindow extends Rect {
  readonly role: 'kiosk' | 'guest';
  readonly visible: boolean;
}

const ask = (display: string, args: readonly string[]): string =>
  execFileSync('xwininfo', ['-display', display, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The whole tree can't be read while a window closes: it is asked again. */
const askTree = (display: string, tries = 8): string => {
  try {
    return ask(display, ['-root', '-tree']);
  } catch (error) {
    if (tries <= 1) throw error;
    return askTree(display, tries - 1);
  }
};

const number = (text: string, name: string): number => Number(new RegExp(`${name}:\\s+(-?\\d+)`).exec(text)?.[1]);

/** What every window is called, as any program on this display can read it. */
export const windowNames = (display: string): readonly string[] =>
  [...askTree(display).matchAll(/^\s*0x[0-9a-f]+ "(.*)": \(/gm)].map((found) => found[1] ?? '');

/** Windows of our two browsers, without the small ones that a toolkit keeps for itself. */
export const kioskWindows = (display: string): readonly XWindow[] =>
  askTree(display)
    .split('\n')
    .flatMap((line) => {
      const found = /^\s*(0x[0-9a-f]+) .*"point-numerique-(kiosk|guest)"\)/.exec(line);
      if (!found?.[1] || line.includes(' 10x10+')) return [];
      let text: string;
      try {
        text = ask(display, ['-id', found[1]]);
      } catch {
        return []; // it closed meanwhile
      }
      return [
        {
          role: found[2] as XWindow['role'],
          visible: text.includes('Map State: IsViewable'),
          x: number(text, 'Absolute upper-left X'),
          y: number(text, 'Absolute upper-left Y'),
          width: number(text, 'Width'),
          height: number(text, 'Height'),
        },
      ];
    });

export const visibleGuest = (display: string): Rect | undefined => {
  const guests = kioskWindows(display).filter((one) => one.role === 'guest' && one.visible);
  if (guests.length > 1) throw new Error(`${guests.length} guest windows are visible`);
  const [guest] = guests;
  return guest && { x: guest.x, y: guest.y, width: guest.width, height: guest.height };
};
