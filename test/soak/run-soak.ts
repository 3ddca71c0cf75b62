/**
 * `npm run soak [-- --sessions 300]`: sessions back to back on the demonstration sites. What the kiosk takes of the
 * machine must not grow after the tenth, and every reset must pass its audit.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoArguments } from '../../main/process/arguments.ts';
import { openDisplay } from '../../main/npm-scripts/display.ts';
import { createPerson, demo, type Person } from '../e2e/pages/person.ts';
import { onCaisse } from '../e2e/pages/selectors.ts';
import { startSites } from '../fixtures/sites/serve.ts';
import { quickConfig } from '../harness/quick-config.ts';
import { demoConfig } from '../harness/running-kiosk.ts';
import { visibleGuest } from '../harness/x-windows.ts';
import { until } from '../harness/until.ts';
import { runOnVolumes, type KioskRun } from '../residue/kiosk-run.ts';
import { makeVolumes } from '../residue/volumes.ts';
import { measure, type Taken } from './measure.ts';

/**
 * Three minutes after its start Chromium measures the machine, once, in two processes that stay: it is no growth of
 * ours.
 */
const BROWSER_SETTLES_MS = 200_000;
/** Caches and compiled code have settled by then. */
const SETTLED_AFTER = 10;
const MAY_GROW = 0.05;
/** The start and the end are each judged by this many sessions: one alone is noise. */
const JUDGED_BY = 10;
const FIELDS = ['memoryMb', 'openFiles', 'processes', 'profileFolders'] as const;

const { values } = parseArgs({ options: { sessions: { type: 'string', default: '300' } } });
const sessions = Number(values.sessions);
if (!Number.isInteger(sessions) || sessions < SETTLED_AFTER + 2 * JUDGED_BY)
  throw new Error(`--sessions: ${SETTLED_AFTER + 2 * JUDGED_BY} at least`);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const visit = async (person: Person, turn: number): Promise<void> => {
  await person.begin();
  if (turn % 3 === 2) {
    await person.goTo(demo.attestation);
    await person.leaveSite();
  }
  const site = await person.goTo(demo.housing);
  const caisse = onCaisse(site);
  await caisse.acceptCookies.click();
  await person.signInAtCaisse(site);
  await caisse.askHousingAid.click();
  await caisse.startRequest.click();
  await caisse.field('telephone').fill('0600000000');
  await person.finish();
};

/** All is still: the next guest is warm, and the last one is gone to its last process. */
const settled = async (kiosk: KioskRun): Promise<void> => {
  await until('the next guest', () => kiosk.browserPids('guest').length === 1, 20_000);
  let before = -1;
  await until('processes that no longer come or go', async () => {
    const now = kiosk.pids().length;
    const same = now === before;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 250));
    return same;
  });
};

const volumes = makeVolumes();
const display = await openDisplay({ existing: undefined, size: '1920x1080' });
process.env['DISPLAY'] = display.name;
const sites = await startSites();
const kiosk = runOnVolumes({
  volumes,
  display: display.name,
  leak: undefined,
  args: [
    '--demo',
    ...demoArguments({
      demoSites: { hostRules: `MAP *.test 127.0.0.1:${sites.port}`, trustedSpki: sites.spki },
      demoConfigDir: quickConfig(demoConfig, join(volumes.memory, 'config')),
    }),
  ],
});
const taken: Taken[] = [];
try {
  const person = createPerson({
    sites,
    screens: await kiosk.screens(),
    guestPage: kiosk.guest,
    siteRect: async () => visibleGuest(display.name),
  });
  say(`waiting ${BROWSER_SETTLES_MS / 1000} s for what the browser starts by itself`);
  await new Promise((resolve) => setTimeout(resolve, BROWSER_SETTLES_MS));
  say('session   memory MB   open files   processes   profile folders');
  for (let session = 1; session <= sessions; session += 1) {
    await visit(person, session);
    await settled(kiosk);
    const now = measure(kiosk.pids(), [volumes.missing === undefined ? join(volumes.memory, 'shm') : '/dev/shm']);
    taken.push(now);
    if (session === 1 || session === SETTLED_AFTER || session % 50 === 0 || session === sessions)
      say(
        [session, now.memoryMb.toFixed(0), now.openFiles, now.processes, now.profileFolders]
          .map((cell, column) => String(cell).padStart([7, 12, 13, 12, 18][column] ?? 0))
          .join(''),
      );
  }
} finally {
  await kiosk.stop();
  await kiosk.killAll();
  await sites.stop();
  await display.stop();
  volumes.remove();
}

const audits = kiosk.events().filter((one) => one.event === 'session.audit-failed');
for (const audit of audits) say(`a reset failed: ${JSON.stringify(audit)}`);
const failed = audits.length;
const deaths = kiosk.events().filter((one) => one.event === 'kiosk.died').length;
const first = taken.slice(SETTLED_AFTER - 1, SETTLED_AFTER - 1 + JUDGED_BY);
const last = taken.slice(-JUDGED_BY);
const growth = FIELDS.map((field) => {
  const before = median(first.map((one) => one[field]));
  return { field, share: median(last.map((one) => one[field])) / before - 1 };
});
const percent = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
const names = {
  memoryMb: 'memory',
  openFiles: 'open files',
  processes: 'processes',
  profileFolders: 'profile folders',
};
const grown = growth.some(({ share }) => share > MAY_GROW);
say(
  `soak: ${sessions} sessions, ${failed} failed resets, ${deaths} restarts, since the tenth: ${growth.map(({ field, share }) => `${names[field]} ${percent(share)}`).join(', ')}`,
);
process.exit(failed === 0 && deaths === 0 && !grown ? 0 : 1);
