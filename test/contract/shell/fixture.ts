/**
 * Sets up the suite on the distribution's Chromium, on its own display. Inside Electron, `electron/fixture.ts` replaces
 * this file.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { openDisplay } from '../../../main/npm-scripts/display.ts';
import { createSystemChromiumShell } from '../../../main/shell/chromium/system-chromium.ts';
import type { Shell } from '../../../main/shell/port.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';

export interface ShellFixture {
  readonly shell: Shell;
  readonly sites: Pick<Sites, 'log'>;
  /** Parent of the folders that the shell creates. */
  readonly folder: string;
  close(): Promise<void>;
}

export const shellName: string = 'Chromium';

export const openFixture = async (windowManagerConfig?: null): Promise<ShellFixture> => {
  const display = await openDisplay({
    existing: undefined,
    size: '1280x800',
    ...(windowManagerConfig === null ? { windowManagerConfig } : {}),
  });
  process.env['DISPLAY'] = display.name;
  const sites = await startSites();
  const folder = mkdtempSync('/dev/shm/pns-');
  chmodSync(folder, 0o777);
  const shell = createSystemChromiumShell({
    clock: systemClock,
    logger: silentLogger,
    folder,
    hostRules: `MAP *.test 127.0.0.1:${sites.port}`,
    trustedSpki: sites.spki,
  });
  return {
    shell,
    sites,
    folder,
    async close() {
      await shell.close();
      await sites.stop();
      await display.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
