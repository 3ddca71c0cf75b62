/** The program of an installed kiosk on Electron: the same kiosk, the other shell. */
import { commandIn } from './arguments.ts';
import { readDemoArguments } from './demo-arguments.ts';
import { electronEntry } from './shell/electron/entry.ts';
import { start } from './start.ts';

await electronEntry({
  argv: process.argv,
  async command(argv) {
    const name = commandIn(argv);
    if (name === undefined) return undefined;
    const { runCommand } = await import('./commands.ts');
    const { stdin: input, stdout: out, stderr: err } = process;
    return runCommand(name, argv, { out, err, input });
  },
  switchesOf: (argv) => readDemoArguments(argv).demo.demoSites ?? {},
  writeError: (text) => void process.stderr.write(text),
  async start(argv, makeShell) {
    const { demo, rest } = readDemoArguments(argv);
    const started = await start(rest, { makeShell, out: process.stdout, err: process.stderr, ...demo });
    if (started.kiosk === undefined) return started.code;
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
      void started.endWanted?.then(() => resolve());
    });
    await started.kiosk.stop();
    return started.code;
  },
});
