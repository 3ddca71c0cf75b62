/**
 * The Chromium adapter of the Shell port: one browser for our screens, which is restarted when it dies, one for each
 * guest, and the next guest kept warm.
 */
import { sleep } from '../../platform/clock.ts';
import type { KioskView, KioskViewOptions, Rect, Shell } from '../port.ts';
import { startBrowser, type BrowserProcess } from './browser-process.ts';
import type { RemainsDeps } from './browser-remains.ts';
import type { OpenedKioskView } from './chromium-kiosk-view.ts';
import { createDisplayGuard, type DisplayDeps } from './display-guard.ts';
import { createEarlyScreens, type EarlyScreens } from '../early-screens.ts';
import type { GuestDeps, GuestStock } from './guest-stock.ts';

export interface ChromiumShellDeps extends Omit<GuestDeps, 'inUse'>, Omit<RemainsDeps, 'inUse'>, DisplayDeps {
  /** The display's selections. They belong to no browser, and can be cleared even if ours is down. */
  readonly clipboard: { clear(): Promise<void>; leftovers(): Promise<readonly string[]> };
  /** Whether the browser on disk is no longer the one that was started. */
  readonly isReplaced: () => boolean;
}

const RESTART_AFTER_MS = [250, 1_000, 3_000, 10_000, 30_000] as const;
const CALM_AFTER_MS = 60_000;
/** Used until the kiosk view knows the size of the screen. */
const FIRST_WINDOW: Rect = { x: 0, y: 0, width: 1280, height: 800 };

type View = OpenedKioskView['view'];

export const createChromiumShell = (given: ChromiumShellDeps): Shell => {
  const browsers = new Set<number>();
  /** Registered at once: its window may appear before it answers. */
  const spawn: ChromiumShellDeps['spawn'] = (program, args, options) => {
    const child = given.spawn(program, args, options);
    const { pid } = child;
    if (pid !== undefined) {
      browsers.add(pid);
      child.once('exit', () => browsers.delete(pid));
    }
    return child;
  };
  const deps = { ...given, spawn, inUse: new Set<string>() };
  /** Browser ends in progress that nothing awaits (a browser died by itself): the audit waits for them. */
  const pendingEnds = new Set<Promise<unknown>>();
  const trackEnd = async (end: Promise<unknown>): Promise<void> => {
    pendingEnds.add(end);
    await end;
    pendingEnds.delete(end);
  };
  let kiosk: BrowserProcess | undefined;
  let current: View | undefined;
  let pressPart: OpenedKioskView['pressPart'] | undefined;
  let early: { readonly view: Promise<View>; readonly hear: EarlyScreens['hear'] } | undefined;
  let area: Rect = FIRST_WINDOW;
  let inWindow = false;
  let closing = false;

  const display = createDisplayGuard(deps, {
    browsers: () => browsers,
    screensPid: () => kiosk?.pid,
    inWindow: () => inWindow,
    onSiteKey: (command) => void guests?.then((stock) => stock.onKey(command)),
    onPartKey: (backwards) => pressPart?.(backwards),
  });
  let guests: Promise<GuestStock> | undefined;
  let silence: GuestStock['silence'] = () => undefined;
  /** Loaded for the first guest, so that our own screens do not wait for code that only guests need. */
  const guestStock = (): Promise<GuestStock> =>
    (guests ??= import('./guest-stock.ts').then(({ createGuestStock }) => {
      const stock = createGuestStock(deps, { display, screen: () => area, trackEnd });
      ({ silence } = stock);
      return stock;
    }));

  const openKiosk = async (options: KioskViewOptions): Promise<View> => {
    inWindow = options.window !== undefined;
    const managed = display.isManaged(); // in parallel with the browser's start
    const started = startBrowser(deps, { role: 'kiosk-view', window: area });
    const viewing = import('./chromium-kiosk-view.ts'); // loaded while the browser starts
    kiosk = await started;
    const { openChromiumKioskView } = await viewing;
    deps.logger.log('shell.browser-started', { role: 'kiosk-view' });
    const opened = await openChromiumKioskView({ ...deps, isManaged: await managed }, kiosk, options);
    area = opened.area;
    pressPart = opened.pressPart;
    return opened.view;
  };

  /** The same options, with a browser that is started again whenever it dies. */
  const restarted = (options: KioskViewOptions): KioskViewOptions => {
    let deaths = 0;
    let bornAtMs = deps.clock.monotonicMs();
    let restarting = false;
    const restart = async (): Promise<void> => {
      if (closing || restarting) return;
      restarting = true;
      options.onClosed();
      current = undefined;
      while (!closing) {
        if (deps.clock.monotonicMs() - bornAtMs > CALM_AFTER_MS) deaths = 0;
        deps.logger.log('shell.browser-died', { role: 'kiosk-view', deaths });
        if (kiosk) await trackEnd(kiosk.end());
        await sleep(deps.clock, RESTART_AFTER_MS[Math.min(deaths, RESTART_AFTER_MS.length - 1)] ?? 30_000);
        deaths += 1;
        try {
          bornAtMs = deps.clock.monotonicMs();
          current = await openKiosk(guarded);
          deps.logger.log('shell.browser-restarted', { role: 'kiosk-view' });
          break;
        } catch {
          /* the next turn waits longer */
        }
      }
      restarting = false;
    };
    const guarded: KioskViewOptions = {
      ...options,
      onReady() {
        display.screensReady();
        options.onReady();
      },
      onClosed: () => void restart(),
    };
    return guarded;
  };

  /** Outlives any single browser. */
  const lastingView: KioskView = {
    send: (text) => current?.send(text),
    reload: async () => current?.reload(),
    // A view that died took its data with it; its profile is checked by `leftovers` of the shell.
    leftovers: async () => (await current?.leftovers()) ?? [],
    clearClipboard: deps.clipboard.clear,
    clipboardLeftovers: deps.clipboard.leftovers,
  };

  return {
    name: 'chromium',
    purge: async () => (await import('./browser-remains.ts')).purgeRemains(deps),
    prepare(screens) {
      const { options, hear } = createEarlyScreens(screens);
      early = { view: openKiosk(options), hear };
      early.view.catch(() => undefined); // reported by `openKioskView`
    },
    async openKioskView(options) {
      void display.idleMs(); // starts to listen
      const guarded = restarted(options);
      if (options.window === undefined) await display.begin();
      const begun = early;
      early = undefined;
      if (begun) {
        current = await begun.view;
        deps.clock.after(0, () => begun.hear(guarded)); // deferred, so that the caller has the view first
      } else {
        current = await openKiosk(guarded);
      }
      return lastingView;
    },
    openGuest: async (options) => (await guestStock()).open(options),
    warmUp: async () => (await guestStock()).warmUp(),
    idleMs: display.idleMs,
    resetLockKeys: display.resetLockKeys,
    silence: () => silence(),
    worn() {
      if (!deps.isReplaced()) return false;
      deps.logger.log('shell.browser-replaced');
      return true;
    },
    async leftovers() {
      await Promise.all(pendingEnds);
      const { findRemains } = await import('./browser-remains.ts');
      const open = (await guests)?.openCount() ?? 0;
      return [...(open > 0 ? [`guest: ${open} still open`] : []), ...findRemains(deps)];
    },
    async close() {
      closing = true;
      await display.stop();
      await early?.view.catch(() => undefined); // its failure was reported by `openKioskView`
      await (await guests)?.end();
      await kiosk?.end();
      kiosk = undefined;
      await display.end();
    },
  };
};
