/** Somebody is there: a key that does nothing, from an input device of the display. What Playwright presses is no device's. */
import { execFileSync } from 'node:child_process';

export const touchKeyboard = (display: string): void => {
  execFileSync('xdotool', ['key', 'Shift_L'], { env: { ...process.env, DISPLAY: display } });
};
