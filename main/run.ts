/** The program of an installed kiosk on the distribution's Chromium: starts it, ends it in order when asked. */
import { enableCompileCache } from 'node:module';

enableCompileCache(); // a PC of ten years takes a second to read our code anew
const argv = process.argv.slice(2);
const { commandIn } = await import('./arguments.ts');
const command = commandIn(argv);
if (command !== undefined) {
  const { runCommand } = await import('./commands.ts');
  const { stdin: input, stdout: out, stderr: err } = process;
  process.exit(await runCommand(command, argv, { out, err, input }));
}
const { start } = await import('./start.ts');
const { browserUser, createSystemChromiumShell } = await import('./shell/chromium/system-chromium.ts');

const started = await start(argv, {
  makeShell: createSystemChromiumShell,
  guestAccount: browserUser,
  out: process.stdout,
  err: process.stderr,
});
if (started.kiosk === undefined) process.exit(started.code);
// A terminal sends its signal to the whole group, npm forwards it once more: the second must not cut the first short.
let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void started.kiosk?.stop().finally(() => process.exit(started.code));
};
void started.endWanted?.then(end); // whoever keeps the kiosk running (systemd) starts it anew, or not
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, end);
}
