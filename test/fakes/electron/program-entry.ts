/**
 * Replaces Electron's binary where there is none. It provides the recording fake as the module `electron`, becomes
 * ready only once the program's file has finished loading, and implements the single-instance lock of an account. If it
 * is given pages, it starts a Chromium that shows them and opens a debugging port.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFakeElectron } from './fake-electron.ts';

const [pages = '', program = '', ...args] = process.argv.slice(2);
const file = args.find((arg) => !arg.startsWith('--')) ?? '';
const switches = args.filter((arg) => arg !== file);
// A program that starts itself again (`process.execPath`) must start this whole wrapper.
process.execPath = program;
process.argv = [program, ...args];

const { api, app, views } = createFakeElectron();
/** The fake, plus the part of Electron that only the harness uses. */
const electronModule = {
  ...api,
  webContents: { getAllWebContents: () => views.flatMap((one) => one.webContents ?? []) },
};
for (const one of switches) app.switches.set(one.slice(2).split('=')[0] ?? '', undefined);
if (pages !== '') {
  const chromium = spawn(
    'chromium',
    // Headless: the kiosk would close a foreign window on the display.
    [...switches, '--ozone-platform=headless', `--user-data-dir=${process.env['HOME']}/joined`, ...pages.split('\n')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  process.on('exit', () => chromium.kill('SIGKILL'));
}
const lockFile = join(process.env['STATE_DIRECTORY'] ?? homedir(), 'electron-place');
const readOr = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
app.requestSingleInstanceLock = () => {
  // A process that ended has an empty command line, even while it is a zombie.
  const holder = readOr(lockFile);
  if (holder !== '' && readOr(`/proc/${holder}/cmdline`) !== '') return false;
  writeFileSync(lockFile, `${process.pid}`);
  return true;
};
app.exit = (code) => process.exit(code);
Object.assign(globalThis, { electronModule });
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron'
      ? {
          url: `data:text/javascript,export const { ${Object.keys(electronModule).join(', ')} } = globalThis.electronModule`,
          shortCircuit: true,
        }
      : next(name, context),
});
await import(pathToFileURL(file).href);
app.becomeReady();
