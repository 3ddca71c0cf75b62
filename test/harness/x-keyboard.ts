/**
 * Real key presses on the display, so that the kiosk sees user activity: Playwright's presses come from no input
 * device.
 */
import { execFileSync } from 'node:child_process';
import { connectX, words } from '../../main/platform/x11/connection.ts';
import { QUERY_POINTER } from '../../main/platform/x11/requests.ts';

export const pressKeys = (display: string, ...keys: readonly string[]): void => {
  execFileSync('xdotool', ['key', '--clearmodifiers', ...keys], { env: { ...process.env, DISPLAY: display } });
};

/** The modifiers in effect: 2 is Caps Lock, 16 is Num Lock. */
export const modifiersOf = async (display: string): Promise<number> => {
  const x = await connectX({ name: display });
  const pointer = await x.ask(QUERY_POINTER, 0, words(x.root));
  x.end();
  return (pointer?.readUInt16LE(24) ?? 0) & 0xff;
};

export const touchKeyboard = (display: string): void => pressKeys(display, 'Shift_L');

/**
 * Which window has the keyboard, according to the X server. Pages that Playwright is connected to always claim focus.
 */
export const keyboardIsWith = (display: string): 'site' | 'screens' | 'nobody' => {
  const env = { ...process.env, DISPLAY: display };
  try {
    const ask = (program: string, ...args: readonly string[]): string =>
      execFileSync(program, [...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    // The focused window may be an unnamed child, so walk up its parents.
    let id = ask('xdotool', 'getwindowfocus', '-f');
    for (let parents = 0; parents < 8; parents++) {
      const named = ask('xprop', '-id', id, 'WM_CLASS');
      if (named.includes('point-numerique-guest')) return 'site';
      if (named.includes('point-numerique-kiosk')) return 'screens';
      id = /Parent window id: (0x[0-9a-f]+)/.exec(ask('xwininfo', '-id', id, '-tree'))?.[1] ?? '';
      if (id === '') break;
    }
    return 'nobody';
  } catch {
    return 'nobody';
  }
};
