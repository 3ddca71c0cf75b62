/** The program of an installed kiosk on the distribution's Chromium: watches the kiosk process until asked to stop. */
import { enableCompileCache } from 'node:module';

enableCompileCache(); // without the cache, a ten-year-old PC takes a second to compile our code
const argv = process.argv.slice(2);
// Read only if some argument could be a command, so that the screens start sooner.
const command = argv.every((one) => one.startsWith('-'))
  ? undefined
  : (await import('./command-name.ts')).commandIn(argv);
if (command !== undefined) {
  const [{ runCommand }, { drained }] = await Promise.all([
    import('../commands/run-command.ts'),
    import('../platform/drained.ts'),
  ]);
  const { stdin: input, stdout: out, stderr: err } = process;
  const code = await runCommand(command, argv, { out, err, input });
  await drained(out, err);
  process.exit(code);
}
const { startWatcher } = await import('./watcher.ts');
const kiosk = startWatcher({ argv, err: process.stderr });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, kiosk.stop);
process.exit(await kiosk.ended);
