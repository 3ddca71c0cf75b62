/** `npm run tour`: the main job played on a virtual display as a person would, with a picture of the whole screen at each step. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hosts } from '../../fixtures/sites/hosts.ts';
import { addLessons } from '../../harness/lessons-config.ts';
import { runKioskWithMachines } from '../../harness/machines/kiosk-with-machines.ts';
import { scannedSheet } from '../../harness/machines/scanned-sheets.ts';
import { leasePages } from '../../harness/scanning/lease.ts';
import { rib } from '../../harness/scanning/papers.ts';
import { takeScreenshot } from '../../harness/screenshot.ts';
import { createPerson } from '../pages/person.ts';
import type { TourGuide } from './tour-guide.ts';
import { tourSteps } from './tour-steps.ts';
import { tourPage, type ShownStep } from './write-page.ts';

const out = join(import.meta.dirname, '..', '..', '..', 'out', 'tour');

/** Two frames of our screens: what was just changed is then drawn. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 250)))),
  );

const main = async (): Promise<number> => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const size = process.argv.find((one) => one.startsWith('--size='))?.slice('--size='.length);
  const sheets = {
    lease: await Promise.all(
      leasePages.map((page, at) => scannedSheet(page, { skewDeg: at === 0 ? 2.6 : -2.1, noise: 6, shadow: 0.1 })),
    ),
    rib: await scannedSheet(rib, { skewDeg: 1.7, noise: 6 }),
  };
  const machines = await runKioskWithMachines({
    ...(size === undefined ? {} : { size }),
    sheets: sheets.lease,
    change: (dir) => addLessons(dir, 'kinds'),
  });
  const { kiosk, printer, scanner } = machines;
  const person = createPerson(kiosk);
  const guide: TourGuide = {
    kiosk,
    person,
    printer,
    scanner,
    sheets,
    site: () => kiosk.guestPage(hosts.caisse),
    mailbox: () => kiosk.guestPage(hosts.courriel),
  };
  kiosk.screens.setDefaultTimeout(15_000);
  const shown: ShownStep[] = [];
  let failed = 0;
  try {
    for (const [at, step] of tourSteps.entries()) {
      let failure: string | undefined;
      // One that fails makes most of the later ones fail: the rest of the tour is then not worth waiting for.
      try {
        await step.act(guide);
        await step.see(guide);
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
        failed += 1;
      }
      await drawn(kiosk.screens).catch(() => undefined);
      const picture = `${String(at + 1).padStart(2, '0')}.png`;
      takeScreenshot(kiosk.display, join(out, picture));
      shown.push({ caption: step.caption, picture, failure });
      process.stdout.write(`${at + 1}. ${step.caption}${failure === undefined ? '' : `\n   FAILED: ${failure}`}\n`);
      if (failure !== undefined) break;
    }
  } finally {
    writeFileSync(join(out, 'index.html'), tourPage(shown));
    await machines.stop();
  }
  process.stdout.write(`tour: ${shown.length} steps, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
};

process.exit(await main());
