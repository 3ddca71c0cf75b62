/**
 * The built kiosk's main process, with what only this harness adds: a port on its browsers, and, when told, one of
 * three leaks, to see that the search is worth something. The product has no such switch.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KioskView, Shell } from '../../main/shell/port.ts';
import type { ShellChoice } from '../../main/process/kiosk-start.ts';
import { DIST } from './dist.ts';

const { runKiosk } = (await import(
  join(DIST, 'process/kiosk-run.js')
)) as typeof import('../../main/process/kiosk-run.ts');
const { readDemoArguments } = (await import(
  join(DIST, 'process/arguments.js')
)) as typeof import('../../main/process/arguments.ts');
const { browserUser, createSystemChromiumShell } = (await import(
  join(DIST, 'shell/chromium/system-chromium.js')
)) as typeof import('../../main/shell/chromium/system-chromium.ts');

const leak = process.env['PN_LEAK'];

/**
 * Profiles on the disk: removed as ever, but their deleted blocks stay. The path is short: a browser's socket in it has
 * 107 letters at most.
 */
const leakyFolder = (): string => {
  const folder = join(process.env['PN_DISK'] ?? '', 'p');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o1777);
  return folder;
};

/** Says in its log where people go. */
const talkative = (shell: Shell): Shell => ({
  ...shell,
  openGuest: (options) =>
    shell.openGuest({
      ...options,
      on(event) {
        if (event.kind === 'navigated') process.stderr.write(`${event.url}\n`);
        options.on(event);
      },
    }),
});

/** Neither empties the clipboard nor looks at it. */
const forgetful = (shell: Shell): Shell => ({
  ...shell,
  openKioskView: async (options): Promise<KioskView> => ({
    ...(await shell.openKioskView(options)),
    clearClipboard: async () => undefined,
    clipboardLeftovers: async () => [],
  }),
});

const makeShell = (choice: ShellChoice): Shell => {
  const shell = createSystemChromiumShell({
    ...choice,
    extraSwitches: () => ['--remote-debugging-port=0'],
    ...(leak === 'disk' ? { folder: leakyFolder() } : {}),
  });
  if (leak === 'log') return talkative(shell);
  if (leak === 'clipboard') return forgetful(shell);
  return shell;
};

// An endless loop on demand: what a bug of ours would do to the event loop.
process.on('SIGUSR2', () => {
  for (;;);
});

const { demo, rest } = readDemoArguments(process.argv.slice(2));
const { stdout: out, stderr: err } = process;
process.exit(await runKiosk(rest, { makeShell, guestAccount: browserUser, out, err, ...demo }));
