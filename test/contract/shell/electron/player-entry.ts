/**
 * The entry file that Electron runs: the product's own entry (locks, switches, single instance) with the suite in place
 * of the kiosk. It sends the results over the IPC channel of its parent.
 */
import { join } from 'node:path';
import type { electronEntry } from '../../../../main/shell/electron/entry.ts';
import { readEntryParams } from '../../../harness/electron/entry-params.ts';
import { startSites } from '../../../fixtures/sites/serve.ts';
import '../shell.test.ts';
import { playAll } from './small-vitest.ts';
import { provideShell } from './fixture.ts';

const { root } = readEntryParams<{ readonly root: string }>();
const product = (await import(join(root, 'dist/main/shell/electron/entry.js'))) as {
  electronEntry: typeof electronEntry;
};
// Electron becomes ready only after this module is evaluated, so values for its switches may be awaited here.
const sites = await startSites();

await product.electronEntry({
  argv: process.argv,
  switchesOf: () => ({ trustedSpki: sites.spki }),
  command: async () => undefined,
  writeError: (text) => void process.stderr.write(text),
  async start(_argv, makeShell) {
    provideShell({ makeShell, sites });
    const played = await playAll();
    await new Promise((sent) => process.send?.(played, sent));
    return played.some((one) => one.error !== undefined) ? 1 : 0;
  },
});
