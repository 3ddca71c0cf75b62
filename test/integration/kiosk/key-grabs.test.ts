/** The reserved keys are grabbed after the first screen, whose start they would delay, and before any site can open. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../main/log/logger.ts';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { createSystemChromiumShell, findChromium } from '../../../main/shell/chromium/system-chromium.ts';
import type { KioskViewOptions, Shell } from '../../../main/shell/port.ts';
import { until } from '../../harness/until.ts';

const LONGER_THAN_A_GUEST_TAKES_MS = 1_500;
const PAGE = { type: 'text/html', body: Buffer.from('<!doctype html><title>Accueil</title>') };

describe.skipIf(findChromium() === undefined)('the grabs of the reserved keys', () => {
  let display: Display;
  let folder: string;
  let shell: Shell;
  let granted: PromiseWithResolvers<() => void>;
  let asked = 0;

  beforeEach(async () => {
    display = await openDisplay({ existing: undefined, size: '1280x800' });
    process.env['DISPLAY'] = display.name;
    folder = mkdtempSync('/dev/shm/pns-');
    chmodSync(folder, 0o777);
    asked = 0;
    granted = Promise.withResolvers();
    shell = createSystemChromiumShell({
      clock: systemClock,
      logger: silentLogger,
      folder,
      takeKeys() {
        asked += 1;
        return granted.promise;
      },
    });
  });
  afterEach(async () => {
    granted.resolve(() => undefined);
    await shell.close();
    await display.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  /** Resolves when the screens are ready, with how often the grabs had been asked for by then. */
  const openScreens = (more: Partial<KioskViewOptions> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const opening = shell.openKioskView({
        serve: async () => PAGE,
        onMessage: () => undefined,
        onReady: () => resolve(asked),
        onClosed: () => undefined,
        ...more,
      });
      opening.catch(reject);
    });

  it('are asked for once, after the screens are ready', async () => {
    expect(await openScreens()).toBe(0);
    await until('the grabs', () => asked > 0);
    granted.resolve(() => undefined);
    await shell.warmUp();
    expect(asked).toBe(1);
  });

  it('are in place before a guest is handed out', async () => {
    await openScreens();
    let opened = false;
    const opening = shell
      .openGuest({ on: () => undefined, policy: { decide: () => ({ allow: true }) } })
      .then((guest) => {
        opened = true;
        return guest;
      });
    await until('the grabs', () => asked > 0);
    await sleep(LONGER_THAN_A_GUEST_TAKES_MS);
    expect(opened).toBe(false);
    granted.resolve(() => undefined);
    await (await opening).close();
    expect(asked).toBe(1);
  });

  it('leave a window on a desktop alone', async () => {
    await openScreens({ window: { width: 800, height: 600 } });
    await shell.warmUp();
    expect(asked).toBe(0);
  });
});
