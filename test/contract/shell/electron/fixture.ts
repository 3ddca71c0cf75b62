/** Replaces `../fixture.ts` inside Electron: the shell of the real entry file, on sites served by this program. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../../main/log/logger.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import type { MakeElectronShell } from '../../../../main/shell/electron/system-electron.ts';
import type { Sites } from '../../../fixtures/sites/serve.ts';
import type { ShellFixture } from '../fixture.ts';

export type { ShellFixture } from '../fixture.ts';

export const shellName: string = 'Electron';

let given: { readonly makeShell: MakeElectronShell; readonly sites: Sites } | undefined;

/** Called by `player-entry.ts` once Electron is ready, before the suite calls `openFixture`. */
export const provideShell = (parts: { readonly makeShell: MakeElectronShell; readonly sites: Sites }): void => {
  given = parts;
};

export const openFixture = async (): Promise<ShellFixture> => {
  if (!given) throw new Error('the suite was played before Electron was ready');
  const { makeShell, sites } = given;
  const folder = mkdtempSync(join(tmpdir(), 'pns-'));
  const shell = makeShell({
    clock: systemClock,
    logger: silentLogger,
    folder,
    hostRules: `MAP *.test 127.0.0.1:${sites.port}`,
  });
  return {
    shell,
    sites,
    folder,
    async close() {
      await shell.close();
      await sites.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
