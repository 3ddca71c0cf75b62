/** Somebody is there: a key that does nothing, from an input device of the display. What Playwright presses is no device's. */
import { execFileSync } from 'node:child_process';

export const pressKeys = (display: string, ...keys: readonly string[]): void => {
  execFileSync('xdotool', ['key', '--clearmodifiers', ...keys], { env: { ...process.env, DISPLAY: display } });
};

export const touchKeyboard = (display: string): void => pressKeys(display, 'Shift_L');
