/**
 * Pictures of what a test sees, for the eyes of whoever changes a screen: kept when `PICTURES` names a folder. `PICTURE_SIZE` is the
 * size of the display for tests that ask for none.
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
