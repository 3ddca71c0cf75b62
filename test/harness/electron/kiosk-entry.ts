/**
 * The entry file that Electron runs for a test. It starts the built kiosk as `main/process/both-on-electron.ts` does,
 * with three additions for tests: its own folders, a debugging port for Playwright, and a reply to "where is the site".
 */
import { join } from 'node:path';
import { BaseWindow } from 'electron';
import type { electronEntry } from '../../../main/shell/electron/entry.ts';
import type { start, StartOptions } from '../../../main/process/kiosk-start.ts';
import type { Rect } from '../../../main/shell/port.ts';
import { readEntryParams } from './entry-params.ts';
import { placeOfSite } from './site-place.ts';

export interface KioskEntryParams extends Required<Pick<StartOptions, 'demoSites' | 'places' | 'demoConfigDir'>> {
  readonly root: string;
  readonly folder: string;
  readonly argv: readonly string[];
}

export type ToKiosk = { readonly kind: 'where'; readonly id: number } | { readonly kind: 'stop' };
export type FromKiosk =
  | { readonly kind: 'started' }
  | { readonly kind: 'end-wanted'; readonly how: 'quit' | 'restart' }
  | { readonly kind: 'here'; readonly id: number; readonly rect?: Rect; readonly error?: string };

const { root, folder, argv, ...around } = readEntryParams<KioskEntryParams>();
const tell = (message: FromKiosk): void => void process.send?.(message);
const where = (): { readonly rect?: Rect; readonly error?: string } => {
  try {
    const rect = placeOfSite(BaseWindow.getAllWindows());
    return rect ? { rect } : {};
  } catch (error) {
    return { error: String(error) };
  }
};

const product = {
  ...((await import(join(root, 'dist/main/process/kiosk-start.js'))) as { start: typeof start }),
  ...((await import(join(root, 'dist/main/shell/electron/entry.js'))) as { electronEntry: typeof electronEntry }),
};
await product.electronEntry({
  argv: ['electron', root, ...argv],
  switchesOf: () => ({ ...around.demoSites, allowDebugging: true }),
  command: async () => undefined,
  writeError: (text) => void process.stderr.write(text),
  async start(args, makeShell) {
    const started = await product.start(args, {
      ...around,
      out: process.stdout,
      err: process.stderr,
      makeShell: (choice) => makeShell({ ...choice, folder }),
    });
    void started.endWanted?.then((how) => tell({ kind: 'end-wanted', how }));
    const stopped = new Promise<void>((resolve) => {
      process.on('disconnect', resolve);
      process.on('message', (message: ToKiosk) => {
        if (message.kind === 'where') tell({ kind: 'here', id: message.id, ...where() });
        else resolve();
      });
    });
    if (started.code === 0) {
      tell({ kind: 'started' });
      await stopped;
    }
    await started.kiosk?.stop();
    return started.code;
  },
});
