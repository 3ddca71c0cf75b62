/** The program under attack on Electron: the entry point of the built product, without a debugging port. */
import { join } from 'node:path';
import { BaseWindow, webContents, type WebContents } from 'electron';
import type { electronEntry } from '../../../main/shell/electron/entry.ts';
import type { start } from '../../../main/process/kiosk-start.ts';
import { readEntryParams } from '../../harness/electron/entry-params.ts';
import { placeOfSite } from '../../harness/electron/site-place.ts';
import { hostResolvers } from '../../../main/platform/network/resolve-host.ts';
import { addressesOf, escapeLookup } from './local-names.ts';
import { runTapped, type EntryOptions, type KioskDeps } from './tapped-kiosk.ts';
import { playTouches } from './touches.ts';

export interface GivenAttack extends EntryOptions {
  readonly root: string;
}

const options = readEntryParams<GivenAttack>();
const isOurs = (contents: WebContents): boolean => contents.getURL().startsWith('kiosk:');
/** False for the blank page kept ready for the next person. */
const shows = (contents: WebContents): boolean => !contents.getURL().startsWith('data:');

const touch: KioskDeps['touch'] = async (role, steps) => {
  const contents = webContents
    .getAllWebContents()
    .find((one) => shows(one) && isOurs(one) === (role === 'kiosk-view') && !one.isDestroyed());
  if (!contents) throw new Error(`nothing to touch: no ${role} shows a page`);
  const wire = contents.debugger;
  const attached = wire.isAttached();
  if (!attached) wire.attach();
  await playTouches(steps, (event) => void wire.sendCommand('Input.dispatchTouchEvent', event).catch(() => undefined));
  const metrics = (await wire.sendCommand('Page.getLayoutMetrics')) as { cssVisualViewport: { scale: number } };
  if (!attached) wire.detach();
  return { scale: metrics.cssVisualViewport.scale, url: contents.getURL() };
};

const answer: KioskDeps['answer'] = (what) =>
  what === 'site'
    ? placeOfSite(BaseWindow.getAllWindows())
    : webContents
        .getAllWebContents()
        .filter((one) => !isOurs(one))
        .map((one) => one.getOSProcessId());

const product = {
  ...((await import(join(options.root, 'dist/main/process/kiosk-start.js'))) as { start: typeof start }),
  ...((await import(join(options.root, 'dist/main/shell/electron/entry.js'))) as {
    electronEntry: typeof electronEntry;
  }),
};
await product.electronEntry({
  argv: [],
  switchesOf: () => ({ trustedSpki: options.trustedSpki }),
  command: async () => undefined,
  writeError: (text) => void process.stderr.write(text),
  start: (_argv, makeShell) =>
    runTapped(options, {
      start: product.start,
      makeShell(choice) {
        const open = hostResolvers(choice.clock, escapeLookup());
        return makeShell({
          ...choice,
          folder: options.folder,
          openResolver() {
            const names = open();
            return { ...names, resolve: async (host) => addressesOf(host) ?? names.resolve(host) };
          },
        });
      },
      touch,
      answer,
    }),
});
