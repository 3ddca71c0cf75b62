/** The main process of the kiosk on the distribution's Chromium. `run.ts` watches over it. */
import { enableCompileCache } from 'node:module';

enableCompileCache(); // a PC of ten years takes a second to read our code anew
const { readDemoArguments } = await import('./demo-arguments.ts');
const { runWatched } = await import('./run-watched.ts');
const { browserUser, createSystemChromiumShell } = await import('./shell/chromium/system-chromium.ts');

const { demo, rest } = readDemoArguments(process.argv.slice(2));
process.exit(
  await runWatched(rest, {
    makeShell: createSystemChromiumShell,
    guestAccount: browserUser,
    out: process.stdout,
    err: process.stderr,
    ...demo,
  }),
);
