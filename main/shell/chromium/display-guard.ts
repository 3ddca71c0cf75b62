/**
 * What guards the display around our browsers: the watch of its windows, the grabs of the reserved keys, and the frames
 * that hold the sites' windows; and who has its keyboard.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import type { XFrames } from '../../platform/x11/frames.ts';
import type { XIdle } from '../../platform/x11/idle.ts';
import type { XKeysOptions } from '../../platform/x11/keys.ts';
import type { XWindows } from '../../platform/x11/windows.ts';
import type { KeyCommand } from '../guest/reserved-keys.ts';
import { startWindowWatch, type WindowWatch } from '../guest/window-watch.ts';
import { GUEST_CLASS, KIOSK_CLASS } from './switches.ts';

export interface DisplayDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The windows of our display. */
  readonly xWindows: () => Promise<XWindows>;
  /** The frames of the guests' windows on that display. */
  readonly xFrames: () => Promise<XFrames>;
  /** Activity of the input devices, from the first session on. */
  readonly openIdle: () => Promise<XIdle>;
  readonly hasWindowManager: () => Promise<boolean>;
  readonly resetLockKeys: () => Promise<void>;
  /** Grabs keys at the display. Returns the function that releases them. */
  readonly takeKeys: (options: XKeysOptions) => Promise<() => void>;
}

export interface DisplayUsers {
  /** Pids of our browsers. */
  readonly browsers: () => ReadonlySet<number>;
  /** Pid of our screens' browser; undefined while there is none. */
  readonly screensPid: () => number | undefined;
  /** Our screens are in a window on a developer's desktop, whose other windows and keys are not ours. */
  readonly inWindow: () => boolean;
  /** A command key was pressed while a site had the focus. */
  readonly onSiteKey: (command: KeyCommand) => void;
  /** The key that moves between the parts of the screen was pressed elsewhere. */
  readonly onPartKey: (backwards: boolean) => void;
}

export interface DisplayGuard {
  readonly idleMs: () => Promise<number | undefined>;
  readonly resetLockKeys: () => Promise<void>;
  /** If the query fails, assume a window manager: an installed kiosk has one. */
  readonly isManaged: () => Promise<boolean>;
  /** A new window starts minimised and below our screens. Asked each time: a window manager may die. */
  readonly isCovered: () => Promise<boolean>;
  readonly frames: () => Promise<XFrames>;
  readonly keyboardToScreens: () => Promise<void>;
  /** Our screens will fill the display. */
  begin(): Promise<void>;
  /** Our screens are loaded. */
  screensReady(): void;
  /** Resolves when the reserved keys are grabbed, as they must be before a guest is handed out. */
  readonly keysTaken: () => Promise<unknown>;
  /** Gives the keys back. The frames stay, for the guests that are still to be ended. */
  stop(): Promise<void>;
  end(): Promise<void>;
}

/** From the document to its first picture, on a slow PC. */
const KEYS_AFTER_READY_MS = 400;
/** Our screens may never get ready (somebody pressed Escape while they loaded). */
const KEYS_AT_LATEST_MS = 5_000;

export const createDisplayGuard = (deps: DisplayDeps, users: DisplayUsers): DisplayGuard => {
  let watch: WindowWatch | undefined;
  let releaseKeys: Promise<() => void> | undefined;
  let askedWindowManager: Promise<boolean> | undefined;
  let openedFrames: Promise<XFrames> | undefined;
  let currentFrames: XFrames | undefined;
  let idle: Promise<XIdle> | undefined;
  let stopped = false;

  /** After a lost connection (the display went away and came back), the next guest opens a new one. */
  const frames = (): Promise<XFrames> => {
    openedFrames ??= deps.xFrames().then((one) => {
      currentFrames = one;
      one.onEnd(() => (openedFrames = undefined));
      return one;
    });
    openedFrames.catch(() => (openedFrames = undefined));
    return openedFrames;
  };

  const keyboardToScreens = async (): Promise<void> => {
    const pid = users.screensPid();
    if (pid !== undefined) await (await frames()).giveKeyboardTo({ pid, class: KIOSK_CLASS });
  };

  /** Without the watch the kiosk keeps running and logs it: every other lock still works. */
  const watchWindows = async (): Promise<WindowWatch | undefined> => {
    try {
      const windows = await deps.xWindows();
      return await startWindowWatch({
        clock: deps.clock,
        logger: deps.logger,
        windows,
        browsers: users.browsers,
        mayBeOurs: (_id, facts) => facts.class === KIOSK_CLASS || facts.class === GUEST_CLASS,
        frames: () => currentFrames,
        // A browser that loses the focus gives the mouse back, and its page gets it again only after another press.
        onCapture: () => void keyboardToScreens().catch(() => undefined), // the display is gone
      });
    } catch {
      deps.logger.log('shell.no-window-watch');
      return undefined;
    }
  };

  /** As for the watch: without grabs, the filter inside the pages does what it can. */
  const takeReservedKeys = async (): Promise<() => void> => {
    const onEnd = (): void => deps.logger.log('shell.no-key-grabs');
    try {
      const { reservedKeys } = await import('../guest/reserved-key-grabs.ts');
      const keys = reservedKeys({
        isSite: (windowClass) => windowClass === GUEST_CLASS,
        onSite: users.onSiteKey,
        onPart(key) {
          // If no window had the focus, our screens now get it.
          void keyboardToScreens()
            .catch(() => undefined) // the display is gone
            .then(() => users.onPartKey(key === 'previous-part'));
        },
      });
      return await deps.takeKeys({ ...keys, onEnd });
    } catch {
      onEnd();
      return () => undefined;
    }
  };

  /**
   * Not at the start: the server compares each of our three thousand grabs with all others, which keeps it and a core
   * busy for 0.3 s, while our screens wait for both. Our screens have their own filter, and no site opens before.
   */
  const keysTaken = (): Promise<unknown> => {
    if (stopped || users.inWindow() || users.screensPid() === undefined) return Promise.resolve();
    return (releaseKeys ??= takeReservedKeys());
  };

  const resetLockKeys = async (): Promise<void> => {
    if (!users.inWindow()) await deps.resetLockKeys().catch(() => undefined); // the display is gone
  };

  return {
    idleMs: async () => (await (idle ??= deps.openIdle())).idleMs(),
    resetLockKeys,
    isManaged: () =>
      (askedWindowManager ??= deps.hasWindowManager().then(
        (there) => {
          if (!there) deps.logger.log('shell.no-window-manager');
          return there;
        },
        () => true,
      )),
    isCovered: () => (users.inWindow() ? Promise.resolve(false) : deps.hasWindowManager().catch(() => false)),
    frames,
    keyboardToScreens,
    async begin() {
      void resetLockKeys();
      watch ??= await watchWindows();
      deps.clock.after(KEYS_AT_LATEST_MS, () => void keysTaken());
    },
    screensReady: () => void deps.clock.after(KEYS_AFTER_READY_MS, () => void keysTaken()),
    keysTaken,
    async stop() {
      stopped = true;
      watch?.stop();
      (await releaseKeys)?.();
    },
    async end() {
      (await openedFrames?.catch(() => undefined))?.end(); // no frames: nothing to end
      (await idle)?.end();
    },
  };
};
