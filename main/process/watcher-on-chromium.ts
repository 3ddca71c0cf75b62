/** The program of an installed kiosk on the distribution's Chromium: watches over its main process until asked to end. */
import { enableCompileCache } from 'node:module';

enableCompileCache(); // a PC of ten years takes a second to read our code anew
const argv = process.argv.slice(2);
// Only when a word is there that could be one: the screens wait for nothing that they don't need.
const command = argv.every((one) => one.startsWith('-')) ? undefined : (await import('./arguments.ts')).commandIn(argv);
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
