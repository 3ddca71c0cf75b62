/**
 * Takes the place of Electron's program where there is none: gives the recording fake as the module `electron`, is ready only
 * once the file it was told to run has been read to its end, holds the one place that a kiosk takes on an account, and, given
 * pages to join, opens a debugging port by a Chromium that shows them.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFakeElectron } from './fake-electron.ts';

const [pages = '', program = '', ...words] = process.argv.slice(2);
const file = words.find((word) => !word.startsWith('--')) ?? '';
const switches = words.filter((word) => word !== file);
// Whoever starts this program again is to start all of it.
process.execPath = program;
process.argv = [program, ...words];

const { api, app, views } = createFakeElectron();
/** As much of Electron as only the harness uses. */
const electronModule = {
  ...api,
  webContents: { getAllWebContents: () => views.flatMap((one) => one.webContents ?? []) },
};
for (const one of switches) app.switches.set(one.slice(2).split('=')[0] ?? '', undefined);
if (pages !== '') {
  const chromium = spawn(
    'chromium',
    // Without a window: the kiosk closes what is not its own on the display.
    [...switches, '--ozone-platform=headless', `--user-data-dir=${process.env['HOME']}/joined`, ...pages.split('\n')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  process.on('exit', () => chromium.kill('SIGKILL'));
}
const place = join(process.env['STATE_DIRECTORY'] ?? homedir(), 'electron-place');
const readOr = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
app.requestSingleInstanceLock = () => {
  // A process that ended has no words any more, even while nobody has asked for its end.
  const holder = readOr(place);
  if (holder !== '' && readOr(`/proc/${holder}/cmdline`) !== '') return false;
  writeFileSync(place, `${process.pid}`);
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
