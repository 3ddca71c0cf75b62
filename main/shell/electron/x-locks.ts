/**
 * What the X server holds on a Linux PC, as it does for the other shell: any window that is not our one is closed, reserved keys
 * reach no page, and only a hand is a hand. Elsewhere the system's own locks stand in (`resources/os/windows`).
 */
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { XIdle } from '../../platform/x-idle.ts';
import type { XKeysOptions } from '../../platform/x-keys.ts';
import type { XWindows } from '../../platform/x-windows.ts';
import { reservedKeys, type KeyCommands } from '../guest/reserved-key-grabs.ts';
import { startWindowWatch } from '../guest/window-watch.ts';

/** The display that we are shown on. */
export interface XServer {
  readonly windows: () => Promise<XWindows>;
  readonly takeKeys: (options: XKeysOptions) => Promise<() => void>;
  readonly openIdle: () => XIdle;
}

export interface XLocksDeps extends Omit<KeyCommands, 'isSite'> {
  readonly x: Pick<XServer, 'windows' | 'takeKeys'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Every window of Electron's is this process's: a dialog of the system too. */
  readonly pid: number;
  /** Our one window, once it is made. */
  readonly ownWindow: () => number | undefined;
  /** One window of X holds our screens and the site: the class tells nothing. */
  readonly siteHasKeyboard: () => boolean;
}

/** A kiosk without one of them goes on, and says so: each of the other locks still holds. The answer lets go of both. */
export const holdByX = async (deps: XLocksDeps): Promise<() => void> => {
  const { x, clock, logger } = deps;
  const onEnd = (): void => logger.log('shell.no-key-grabs');
  const keys = reservedKeys({ ...deps, isSite: deps.siteHasKeyboard });
  const [watch, letGo] = await Promise.all([
    x
      .windows()
      .then((windows) =>
        startWindowWatch({
          clock,
          logger,
          windows,
          browsers: () => new Set([deps.pid]),
          mayBeOurs: (id) => id === deps.ownWindow(),
          frames: () => undefined,
        }),
      )
      .catch(() => void logger.log('shell.no-window-watch')),
    x.takeKeys({ ...keys, onEnd }).catch(onEnd),
  ]);
  return () => {
    watch?.stop();
    letGo?.();
  };
};

/** The first bytes of what Electron gives as `Window`, whatever size it gives it. */
export const xWindowOf = (handle: Buffer): number | undefined =>
  handle.length < 4 ? undefined : handle.readUInt32LE(0);
