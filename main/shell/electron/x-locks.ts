/**
 * The locks that use the X server on a Linux PC, as in the other shell: any window but our own is closed, reserved keys
 * reach no page, and only a real input device counts as presence. On Windows the operating system has locks of its own
 * (`resources/os/windows`).
 */
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { XIdle } from '../../platform/x11/idle.ts';
import type { XKeysOptions } from '../../platform/x11/keys.ts';
import type { XWindows } from '../../platform/x11/windows.ts';
import { reservedKeys, type KeyCommands } from '../guest/reserved-key-grabs.ts';
import { startWindowWatch } from '../guest/window-watch.ts';

/** The X server of our display. */
export interface XServer {
  readonly windows: () => Promise<XWindows>;
  readonly takeKeys: (options: XKeysOptions) => Promise<() => void>;
  readonly openIdle: () => XIdle;
  readonly resetLockKeys: () => Promise<void>;
}

export interface XLocksDeps extends Omit<KeyCommands, 'isSite'> {
  readonly x: Pick<XServer, 'windows' | 'takeKeys' | 'resetLockKeys'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Our process id. It owns every window of Electron, system dialogs included. */
  readonly pid: number;
  /** The X id of our one window, once it exists. */
  readonly ownWindow: () => number | undefined;
  /** Our screens and the site share one X window, so the window class does not say which has the focus. */
  readonly siteHasKeyboard: () => boolean;
}

/** If one lock fails, log it and go on: the other locks still work. Returns a function that releases both. */
export const holdByX = async (deps: XLocksDeps): Promise<() => void> => {
  const { x, clock, logger } = deps;
  const onEnd = (): void => logger.log('shell.no-key-grabs');
  const keys = reservedKeys({ ...deps, isSite: deps.siteHasKeyboard });
  const [watch, releaseKeys] = await Promise.all([
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
    x.resetLockKeys().catch(() => undefined), // the other two log that the display is gone
  ]);
  return () => {
    watch?.stop();
    releaseKeys?.();
  };
};

/** The X window id is in the first four bytes, whatever the size of Electron's handle. */
export const xWindowOf = (handle: Buffer): number | undefined =>
  handle.length < 4 ? undefined : handle.readUInt32LE(0);
