/** The program of an installed kiosk on Electron: the same kiosk, the other shell. */
import { commandIn } from './arguments.ts';
import { electronEntry } from './shell/electron/entry.ts';
import { start } from './start.ts';

/** Both come from `npm start -- --demo`, which serves the demonstration sites. */
const DEMO_SITES = '--demo-sites=';
const DEMO_CONFIG = '--demo-config=';

const valueOf = (argv: readonly string[], option: string): string | undefined =>
  argv.find((one) => one.startsWith(option))?.slice(option.length);

const demoSitesOf = (
  argv: readonly string[],
): { readonly hostRules: string; readonly trustedSpki: string } | undefined => {
  const given = valueOf(argv, DEMO_SITES);
  return given === undefined ? undefined : (JSON.parse(given) as { hostRules: string; trustedSpki: string });
};

await electronEntry({
  argv: process.argv,
  switchesOf: (argv) => demoSitesOf(argv) ?? {},
  async command(argv) {
    const name = commandIn(argv);
    if (name === undefined) return undefined;
    const { runCommand } = await import('./commands.ts');
    const { stdin: input, stdout: out, stderr: err } = process;
    return runCommand(name, argv, { out, err, input });
  },
  writeError: (text) => void process.stderr.write(text),
  async start(argv, makeShell) {
    const demoSites = demoSitesOf(argv);
    const demoConfigDir = valueOf(argv, DEMO_CONFIG);
    const started = await start(
      argv.filter((one) => !one.startsWith(DEMO_SITES) && !one.startsWith(DEMO_CONFIG)),
      {
        makeShell,
        out: process.stdout,
        err: process.stderr,
        ...(demoSites ? { demoSites } : {}),
        ...(demoConfigDir === undefined ? {} : { demoConfigDir }),
      },
    );
    if (started.kiosk === undefined) return started.code;
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
      void started.endWanted?.then(() => resolve());
    });
    await started.kiosk.stop();
    return started.code;
  },
});
