/** The kiosk process on the distribution's Chromium. `watcher-on-chromium.ts` starts and watches it. */
import { enableCompileCache, registerHooks } from 'node:module';

enableCompileCache(); // without the cache, a ten-year-old PC takes a second to compile our code
const built = new URL('../', import.meta.url).href;
registerHooks({
  // A built file imports another one by its exact path. For each of 370, Node would look for links and package.json.
  resolve: (name, context, next) =>
    name.startsWith('.') && name.endsWith('.js') && context.parentURL?.startsWith(built)
      ? { url: new URL(name, context.parentURL).href, format: 'module', shortCircuit: true }
      : next(name, context),
});
const { readDemoArguments } = await import('./arguments.ts');
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
