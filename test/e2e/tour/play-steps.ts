/**
 * Plays the steps one after the other, takes a picture of the whole screen after each, and writes the page that shows
 * them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { takeScreenshot } from '../../harness/screenshot.ts';
import type { TourGuide, TourStep } from './tour-guide.ts';
import { tourPage, type ShownStep } from './write-page.ts';

/** Waits two animation frames, so that the latest change is drawn. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 250)))),
  );

/** Returns true when every step succeeded. */
export const playSteps = async (out: string, guide: TourGuide, steps: readonly TourStep[]): Promise<boolean> => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const { kiosk } = guide;
  const shown: ShownStep[] = [];
  let failure: string | undefined;
  try {
    for (const [at, step] of steps.entries()) {
      try {
        await step.act(guide);
        await step.see(guide);
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      }
      await drawn(kiosk.screens).catch(() => undefined);
      const picture = `${String(at + 1).padStart(2, '0')}.png`;
      takeScreenshot(kiosk.display, join(out, picture));
      shown.push({ caption: step.caption, picture, failure });
      process.stdout.write(`${at + 1}. ${step.caption}${failure === undefined ? '' : `\n   FAILED: ${failure}`}\n`);
      // Stop at the first failure, because most later steps would fail too.
      if (failure !== undefined) break;
    }
  } finally {
    writeFileSync(join(out, 'index.html'), tourPage(shown));
  }
  return failure === undefined && shown.length === steps.length;
};
