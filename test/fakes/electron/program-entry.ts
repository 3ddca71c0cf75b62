/**
 * Takes the place of Electron's program where there is none: gives the recording fake as the module `electron`, is ready only
 * once the file it was told to run has been read to its end, and opens a debugging port, by a Chromium with pages to join.
 */
import { spawn } from 'node:child_process';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createFakeElectron } from './fake-electron.ts';

const [pages = '', ...words] = process.argv.slice(2);
const file = words.find((word) => !word.startsWith('--')) ?? '';
const switches = words.filter((word) => word !== file);

const { api, app, views } = createFakeElectron();
/** As much of Electron as only the harness uses. */
const electronModule = { ...api, webContents: { getAllWebContents: () => views.map((one) => one.webContents) } };
for (const one of switches) app.switches.set(one.slice(2).split('=')[0] ?? '', undefined);
const chromium = spawn(
  'chromium',
  [...switches, `--user-data-dir=${process.env['HOME']}/joined`, ...pages.split('\n')],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);
process.on('exit', () => chromium.kill('SIGKILL'));
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
