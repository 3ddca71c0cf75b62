/**
 * `npm run tour`: plays the main job on a virtual display as a person would, with a picture of the whole screen at each
 * step. `npm run tour -- --walk NAME` plays a walk instead, with the real mouse and keys; `--walk all` plays all walks.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hosts } from '../../fixtures/sites/hosts.ts';
import { addTutorials } from '../../harness/tutorials-config.ts';
import { runKioskWithMachines, type MachineOptions } from '../../harness/machines/kiosk-with-machines.ts';
import { scannedSheet } from '../../harness/machines/scanned-sheets.ts';
import { leasePages } from '../../harness/scanning/lease.ts';
import { rib } from '../../harness/scanning/papers.ts';
import { createPerson } from '../pages/person.ts';
import { playSteps } from './play-steps.ts';
import type { TourGuide, TourStep } from './tour-guide.ts';
import { tourSteps } from './tour-steps.ts';
import { walks } from './walks/index.ts';

const out = join(import.meta.dirname, '..', '..', '..', 'out', 'tour');

const makeSheets = async (): Promise<TourGuide['sheets']> => ({
  lease: await Promise.all(
    leasePages.map((page, at) => scannedSheet(page, { skewDeg: at === 0 ? 2.6 : -2.1, noise: 6, shadow: 0.1 })),
  ),
  rib: await scannedSheet(rib, { skewDeg: 1.7, noise: 6 }),
});

const play = async (
  folder: string,
  sheets: TourGuide['sheets'],
  options: MachineOptions,
  stepsFor: (guide: TourGuide) => readonly TourStep[],
): Promise<boolean> => {
  const machines = await runKioskWithMachines({ ...options, sheets: sheets.lease });
  const { kiosk, printer, scanner } = machines;
  const guide: TourGuide = {
    kiosk,
    person: createPerson(kiosk),
    printer,
    scanner,
    sheets,
    site: () => kiosk.guestPage(hosts.caisse),
    mailbox: () => kiosk.guestPage(hosts.courriel),
  };
  kiosk.screens.setDefaultTimeout(15_000);
  try {
    return await playSteps(folder, guide, stepsFor(guide));
  } finally {
    await machines.stop();
  }
};

const main = async (): Promise<number> => {
  const {
    values: { walk: asked, ...size },
  } = parseArgs({ options: { size: { type: 'string' }, walk: { type: 'string' } } });
  if (asked === undefined) {
    const withTutorials = { ...size, change: (dir: string) => addTutorials(dir, 'kinds') };
    return (await play(out, await makeSheets(), withTutorials, () => tourSteps)) ? 0 : 1;
  }
  const chosen = asked === 'all' ? walks : walks.filter(({ name }) => name === asked);
  if (chosen.length === 0) {
    process.stderr.write(`no walk "${asked}"; there are: ${walks.map(({ name }) => name).join(', ')}, all\n`);
    return 2;
  }
  const sheets = await makeSheets();
  const failed: string[] = [];
  for (const { name, goal, machines, steps } of chosen) {
    process.stdout.write(`\n${name}: ${goal}\n`);
    if (!(await play(join(out, name), sheets, { ...machines, ...size }, steps))) failed.push(name);
  }
  process.stdout.write(
    failed.length === 0
      ? `\n${chosen.length} walk(s), each at its goal\n`
      : `\nnot at its goal: ${failed.join(', ')}\n`,
  );
  return failed.length === 0 ? 0 : 1;
};

process.exit(await main());
