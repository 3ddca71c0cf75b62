/**
 * Our own screens: the one window and a view that fills it, served by our scheme; the sender guard checks its messages.
 */
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { keyRules } from '../guest/reserved-keys.ts';
import type { KioskView, KioskViewOptions } from '../port.ts';
import { TO_MAIN, TO_SCREENS } from './channels.ts';
import { guardContents, lockedPreferences } from './contents-guards.ts';
import type {
  BrowsingSession,
  Contents,
  ContentsView,
  ElectronApi,
  KioskWindow,
  OneClipboard,
} from './electron-api.ts';
import { answerKioskRequest, isKioskUrl, KIOSK_ORIGIN, KIOSK_SCHEME } from './kiosk-scheme.ts';
import { pageOf, type OwnContents } from './own-contents.ts';
import { kioskMay } from './permissions.ts';
import { senderRefusal } from './sender-guard.ts';
import { guardSession } from './session-guards.ts';

const START_PAGE = `${KIOSK_ORIGIN}/`;
const LOAD_WITHIN_MS = 20_000;
const RESTART_AFTER_MS = [250, 1_000, 3_000, 10_000, 30_000] as const;
const CALM_AFTER_MS = 60_000;
/** The contract's largest message is a few kilobytes, so our own screens never reach this. */
const MAX_MESSAGE_CHARS = 1_000_000;

export interface KioskViewDeps {
  readonly electron: Pick<ElectronApi, 'BaseWindow' | 'WebContentsView' | 'session' | 'clipboard'>;
  readonly own: OwnContents;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly randomId: () => string;
  readonly preload: string;
  /** Called when the window exists but is not shown yet. */
  readonly onWindow: (window: KioskWindow) => void;
}

/**
 * Where a guest's view lies. A hidden view has no size, so its page is laid out for 0×0 (Electron's issue 43257). So a
 * guest is always visible to Electron, and lies beneath our screens, out of sight and reach, until it is raised.
 */
export interface GuestPlace {
  raise(): void;
  /** Moves the view beneath our screens and returns the keyboard focus to them. */
  lower(): void;
  /** Removes the view. Our screens get the keyboard focus unless another guest has it. */
  remove(): void;
}

const BENEATH = 0;

export interface OpenedKioskView extends KioskView {
  /** Puts a guest's view beneath our screens. */
  place(view: ContentsView): GuestPlace;
  /** Gives our screens the keyboard. */
  focus(): void;
  /** Brings the window back in front of an empty desktop. */
  comeForward(): void;
  /** Sends F6 to our screens: the X server grabs that key, so they do not receive it by themselves. */
  pressPart(backwards: boolean): void;
  /** The names of the system's printers. */
  printers(): Promise<readonly string[]>;
  close(): void;
}

export const openElectronKioskView = async (
  deps: KioskViewDeps,
  options: KioskViewOptions,
): Promise<OpenedKioskView> => {
  const { electron, clock, logger } = deps;
  let closing = false;
  let loadedAtMs = clock.monotonicMs();
  let deaths = 0;

  const partition = `kiosk-${deps.randomId()}`;
  const onRefused = (what: string): void => logger.log('contract.refused', { what });
  const session = deps.own.create(() => electron.session.fromPartition(partition, { cache: false }));
  guardSession(session, { may: kioskMay, onRefused });
  serveScreens(session, options.serve, onRefused);
  const webPreferences = { ...lockedPreferences, partition, preload: deps.preload };
  const view = deps.own.create(() => new electron.WebContentsView({ webPreferences }));
  const contents = pageOf(view);
  guardContents(contents, { view: 'kiosk', onRefused, onKey: () => undefined });
  holdToOwnOrigin(contents, onRefused);

  contents.ipc.on(TO_MAIN, (event, text: unknown) => {
    const refusal = senderRefusal(event, contents.id);
    if (refusal !== undefined) onRefused(refusal);
    else if (typeof text !== 'string' || text.length > MAX_MESSAGE_CHARS) onRefused('not-a-message');
    else options.onMessage(text);
  });
  contents.on('dom-ready', options.onReady);

  /** The page that has the keyboard focus: our screens, or the guest above them. */
  let focused = contents;
  contents.on('focus', () => (focused = contents));
  /** Electron focuses every view that is added or moved, even one beneath our screens (its issue 42339). */
  const restoreFocus = (): void => {
    if (focused.isDestroyed()) focused = contents;
    if (!focused.isDestroyed()) focused.focus();
  };

  const revive = (reason: string): void => {
    if (closing) return;
    if (clock.monotonicMs() - loadedAtMs > CALM_AFTER_MS) deaths = 0;
    const waitMs = RESTART_AFTER_MS[Math.min(deaths, RESTART_AFTER_MS.length - 1)] ?? 30_000;
    logger.log('shell.browser-died', { role: 'kiosk-view', reason, deaths });
    deaths += 1;
    clock.after(waitMs, () => {
      if (closing || contents.isDestroyed()) return;
      loadedAtMs = clock.monotonicMs();
      contents.loadURL(START_PAGE).then(
        () => logger.log('shell.browser-restarted', { role: 'kiosk-view' }),
        () => undefined, // `did-fail-load` calls `revive` again, with a longer delay
      );
    });
  };
  contents.on('render-process-gone', (_event, details) => revive(details.reason));
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) revive(description);
  });
  // Only a bug of ours can hang our own screens. Restarting them is better than a frozen bar.
  contents.on('unresponsive', () => contents.forcefullyCrashRenderer());

  const window = openWindow(electron, options, () => closing);
  deps.onWindow(window);
  window.on('closed', () => {
    if (!closing) options.onClosed();
  });
  const comeForward = (): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    restoreFocus();
  };
  if (options.window === undefined) window.on('minimize', () => clock.after(0, comeForward));
  layOver(window, view);
  await withTimeout(clock, LOAD_WITHIN_MS, 'our own screens', contents.loadURL(START_PAGE));
  window.show();
  contents.focus();

  return {
    send(text) {
      if (!contents.isDestroyed()) contents.send(TO_SCREENS, text);
    },
    async reload() {
      await session.clearStorageData();
      await withTimeout(clock, LOAD_WITHIN_MS, 'our own screens', contents.loadURL(START_PAGE));
      contents.navigationHistory.clear();
    },
    async clearClipboard() {
      electron.clipboard.clear();
      electron.clipboard.selection?.clear();
    },
    // Its partition is in memory, has no cache, and `reload` cleared its storage.
    leftovers: async () => (contents.navigationHistory.length() > 1 ? ['history'] : []),
    async clipboardLeftovers() {
      const { clipboard } = electron;
      const filled: string[] = [];
      if (await hasContent(clipboard)) filled.push('CLIPBOARD');
      if (clipboard.selection && (await hasContent(clipboard.selection))) filled.push('PRIMARY');
      return filled;
    },
    async printers() {
      if (contents.isDestroyed()) return [];
      return (await contents.getPrintersAsync()).map(({ name }) => name);
    },
    focus() {
      if (!contents.isDestroyed()) contents.focus();
    },
    comeForward,
    pressPart(backwards) {
      if (contents.isDestroyed()) return;
      const modifiers = backwards ? (['shift'] as const) : [];
      for (const type of ['keyDown', 'keyUp'] as const)
        contents.sendInputEvent({ type, keyCode: keyRules.part, modifiers: [...modifiers] });
    },
    place(guest) {
      const page = pageOf(guest);
      let raised = false;
      page.on('focus', () => {
        if (raised) focused = page;
        else restoreFocus();
      });
      /** Adding a view whose page is gone throws. */
      const isThere = (): boolean => !window.isDestroyed() && !page.isDestroyed();
      const dropFocus = (): void => {
        raised = false;
        if (focused === page) focused = contents;
      };
      const { width, height } = window.getContentBounds();
      guest.setBounds({ x: 0, y: 0, width, height });
      guest.setVisible(true);
      window.contentView.addChildView(guest, BENEATH);
      return {
        raise() {
          raised = true;
          if (isThere()) window.contentView.addChildView(guest);
        },
        lower() {
          dropFocus();
          if (window.isDestroyed()) return;
          if (isThere()) window.contentView.addChildView(guest, BENEATH);
          restoreFocus();
        },
        remove() {
          dropFocus();
          if (window.isDestroyed()) return;
          window.contentView.removeChildView(guest);
          restoreFocus();
        },
      };
    },
    close() {
      closing = true;
      if (!contents.isDestroyed()) contents.close({ waitForBeforeUnload: false });
      if (!window.isDestroyed()) window.destroy();
    },
  };
};

const hasContent = async (clipboard: OneClipboard): Promise<boolean> =>
  (await clipboard.read()).some((item) => item.types.length > 0);

const ABORTED = -3; // a newer load replaced this one

/** Serves our screens and cancels every request that is not for their own address, so none leaves the machine. */
const serveScreens = (
  session: BrowsingSession,
  serve: KioskViewOptions['serve'],
  onRefused: (what: string) => void,
): void => {
  session.protocol.handle(KIOSK_SCHEME, (request) => answerKioskRequest(request, serve));
  session.webRequest.onBeforeRequest((details, callback) => {
    // A `blob:` address is a picture that our screens created themselves, such as a preview.
    const ours = isKioskUrl(details.url) || details.url.startsWith(`blob:${KIOSK_ORIGIN}/`);
    if (!ours) onRefused('request');
    callback({ cancel: !ours });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
    onRefused('download');
  });
};

const holdToOwnOrigin = (contents: Contents, onRefused: (what: string) => void): void => {
  const hold = (event: { preventDefault(): void; readonly url: string; readonly isMainFrame: boolean }): void => {
    if (event.isMainFrame && isKioskUrl(event.url)) return;
    event.preventDefault();
    onRefused('navigation');
  };
  contents.on('will-navigate', hold);
  contents.on('will-redirect', hold);
  contents.on('will-frame-navigate', hold);
  contents.setWindowOpenHandler(() => {
    onRefused('window');
    return { action: 'deny' };
  });
};

const openWindow = (
  electron: Pick<ElectronApi, 'BaseWindow'>,
  options: KioskViewOptions,
  isClosing: () => boolean,
): KioskWindow => {
  const full = options.window === undefined;
  const window = new electron.BaseWindow({
    show: false,
    title: 'Point numérique',
    backgroundColor: '#FBF8F2', // the paper of our screens: no white flash
    autoHideMenuBar: true,
    // On Windows and Linux this only means full screen. The operating system does the locking (resources/os).
    kiosk: full,
    frame: !full,
    movable: !full,
    // `resizable: false` would fix it to its initial size, whatever the display (`NativeWindowViews::SetResizable`).
    resizable: true,
    hasShadow: false,
    minimizable: !full,
    maximizable: !full,
    closable: !full,
    ...(options.window === undefined ? {} : { ...options.window, useContentSize: true }),
  });
  // Ignore close requests from Alt+F4 and from the system's window list.
  window.on('close', (event) => {
    if (full && !isClosing()) event.preventDefault();
  });
  return window;
};

const layOver = (window: KioskWindow, view: ContentsView): void => {
  const fit = (): void => {
    const { width, height } = window.getContentBounds();
    view.setBounds({ x: 0, y: 0, width, height });
  };
  window.contentView.addChildView(view);
  // Not `resize`: on X11 it fires before the window has its new size (Electron's issue 42586).
  window.contentView.on('bounds-changed', fit);
  fit();
};
