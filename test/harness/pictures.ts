/**
 * Screenshots taken during a test, for anyone who changes a screen. They are written only when `PICTURES` names a
 * folder. `PICTURE_SIZE` sets the display size for tests that do not choose one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningKiosk } from './running-kiosk.ts';
import { takeScreenshot } from './screenshot.ts';

export const picture = async (kiosk: RunningKiosk, name: string): Promise<void> => {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await kiosk.screens.evaluate(() => new Promise((done) => setTimeout(done, 400)));
  takeScreenshot(kiosk.display, join(folder, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`));
};
