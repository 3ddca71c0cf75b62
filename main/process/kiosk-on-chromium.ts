/** The kiosk process on the distribution's Chromium. `watcher-on-chromium.ts` starts and watches it. */
import { enableCompileCache } from 'node:module';

enableCompileCache(); // without the cache, a ten-year-old PC takes a second to compile our code
const { readDemoArguments } = await import('./demo-arguments.ts');
const { runKiosk } = await import('./kiosk-run.ts');
const { browserUser, createSystemChromiumShell } = await import('../shell/chromium/system-chromium.ts');

const { demo, rest } = readDemoArguments(process.argv.slice(2));
process.exit(
  await runKiosk(rest, {
    makeShell: createSystemChromiumShell,
    guestAccount: browserUser,
    out: process.stdout,
    err: process.stderr,
    ...demo,
  }),
);
