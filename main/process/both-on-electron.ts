/** The program of an installed kiosk on Electron: the watcher, or with `--watched` the kiosk. */
import { commandIn } from './command-name.ts';
import { readDemoArguments } from './arguments.ts';
import { programLog } from './program-log.ts';
import { electronEntry } from '../shell/electron/entry.ts';

const errors = (name: 'watcher' | 'kiosk') => programLog(name, process.stderr);

await electronEntry({
  // argv[0] may be a bare command name; execPath is always the path of the executable.
  argv: [process.execPath, ...process.argv.slice(1)],
  async command(argv) {
    const name = commandIn(argv);
    if (name === undefined) return undefined;
    const { runCommand } = await import('../commands/run-command.ts');
    const { stdin: input, stdout: out, stderr: err } = process;
    return runCommand(name, argv, { out, err, input });
  },
  switchesOf: (argv) => readDemoArguments(argv).demo.demoSites ?? {},
  writeError: (text) => errors(process.argv.includes('--watched') ? 'kiosk' : 'watcher').write(text),
  async watch(program) {
    const [{ endOnBug }, { kioskEvents }, { createLogger }, { systemClock }, { startWatcher }] = await Promise.all([
      import('./end-on-bug.ts'),
      import('../log/events/kiosk.ts'),
      import('../log/logger.ts'),
      import('../platform/clock.ts'),
      import('./watcher.ts'),
    ]);
    const err = errors('watcher');
    endOnBug(createLogger({ events: kioskEvents, now: systemClock.now, sink: err }));
    const kiosk = startWatcher({ argv: [], program, err });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, kiosk.stop);
    return kiosk.ended;
  },
  async start(argv, makeShell) {
    const { runKiosk } = await import('./kiosk-run.ts');
    const { demo, rest } = readDemoArguments(argv);
    return runKiosk(rest, { makeShell, out: process.stdout, err: errors('kiosk'), ...demo });
  },
});
