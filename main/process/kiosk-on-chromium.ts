/** The kiosk itself on the distribution's Chromium. `watcher-on-chromium.ts` is the program that starts it and watches it. */
import { enableCompileCache } from 'node:module';

enableCompileCache(); // a PC of ten years takes a second to read our code anew
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
