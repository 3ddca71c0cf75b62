/**
 * The Chromium adapter of the Shell port: one browser for our screens, one for each guest, and the next guest kept
 * warm.
 */
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { isBrowserAccount } from '../../platform/accounts.ts';
import { ownerOf } from '../../platform/memory-folder.ts';
import { killProcess, mentions, processesMentioning } from '../../platform/processes.ts';
import type { HostResolver } from '../../platform/resolve-host.ts';
import type { SocketOwner } from '../../platform/socket-owner.ts';
import type { XFrames } from '../../platform/x-frames.ts';
import type { XIdle } from '../../platform/x-idle.ts';
import type { XKeysOptions } from '../../platform/x-keys.ts';
import type { XWindows } from '../../platform/x-windows.ts';
import type { Endpoint } from '../../platform/tls-keys.ts';
import type { AskKeys } from '../guest/certificate-pins.ts';
import type { GuestLimits } from '../guest/guest-limits.ts';
import type { Guest, GuestOptions, KioskViewOptions, Rect, Shell } from '../port.ts';
import { startBrowser, type BrowserDeps, type BrowserProcess } from './browser-process.ts';
import type { ArmedGuest } from './chromium-guest.ts';
import type { OpenedKioskView } from './chromium-kiosk-view.ts';
import { createEarlyScreens, type EarlyScreens } from '../early-screens.ts';
import { dataOf, profileMark, profilesIn, removeProfile } from './profile.ts';
import { GUEST_CLASS, KIOSK_CLASS } from './switches.ts';
import { startWindowWatch, type WindowWatch } from '../guest/window-watch.ts';

export interface ChromiumShellDeps extends Omit<BrowserDeps, 'inUse'> {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly openResolver: () => HostResolver;
  readonly randomName: () => string;
  readonly language: string;
  /** Demonstration sites: the endpoint of a name, `null` for none, undefined when no rule matches. */
  readonly mapped: (host: string) => Endpoint | null | undefined;
  readonly trustedSpki: string | undefined;
  /** The windows of our display. */
  readonly xWindows: () => Promise<XWindows>;
  /** The frames of the guests' windows on that display. */
  readonly xFrames: () => Promise<XFrames>;
  /** Activity of the input devices, from the first session on. */
  readonly openIdle: () => Promise<XIdle>;
  readonly hasWindowManager: () => Promise<boolean>;
  /** Grabs keys at the display. Returns the function that releases them. */
  readonly takeKeys: (options: XKeysOptions) => Promise<() => void>;
  readonly guestLimits: GuestLimits;
  /** Other folders where an earlier run may have put its profiles, if memory was or is missing. */
  readonly earlierFolders: readonly string[];
  /** The display's selections. They belong to no browser, and can be cleared even if ours is down. */
  readonly clipboard: { clear(): Promise<void>; leftovers(): Promise<readonly string[]> };
  readonly keysOf: AskKeys;
  /** Whether the machine is on a network at all. */
  readonly isOnNetwork: () => boolean;
  /** The uid that owns a local socket connected to one of ours; undefined: none. */
  readonly socketOwner: SocketOwner;
  /** The uid of the browsers. */
  readonly browsersUid: number | undefined;
}

const RESTART_AFTER_MS = [250, 1_000, 3_000, 10_000, 30_000] as const;
const CALM_AFTER_MS = 60_000;
/** From the document to its first picture, on a slow PC. */
const KEYS_AFTER_READY_MS = 400;
/** Our screens may never get ready (somebody pressed Escape while they loaded). */
const KEYS_AT_LATEST_MS = 5_000;
/**
 * The smallest window that Chromium allows: without a window manager, it hides nothing in the moment before it is
 * framed. With one it starts minimised and below our screens, and pages opened beside have the site's size at once.
 */
const BORN_AS = { width: 64, height: 64 } as const;
/** Used until the kiosk view knows the size of the screen. */
const FIRST_WINDOW: Rect = { x: 0, y: 0, width: 1280, height: 800 };

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
  const inUse = new Set<string>();
  /** Browser ends in progress that nothing awaits (a browser died by itself): the audit waits for them. */
  const pendingEnds = new Set<Promise<unknown>>();
  const trackEnd = async (end: Promise<unknown>): Promise<void> => {
    pendingEnds.add(end);
    await end;
    pendingEnds.delete(end);
  };
  const deps = { ...given, spawn, inUse };
  let watch: WindowWatch | undefined;
  let releaseKeys: Promise<() => void> | undefined;
  const guests = new Set<ArmedGuest>();
  let warm: Promise<ArmedGuest> | undefined;
  /** The warm guest once it is ready; the audit does not report it. */
  let ready: ArmedGuest | undefined;
  let kiosk: BrowserProcess | undefined;
  let current: OpenedKioskView['view'] | undefined;
  let pressPart: OpenedKioskView['pressPart'] | undefined;
  let early: { readonly view: Promise<OpenedKioskView['view']>; readonly hear: EarlyScreens['hear'] } | undefined;
  let area: Rect = FIRST_WINDOW;
  let askedWindowManager: Promise<boolean> | undefined;
  let openedFrames: Promise<XFrames> | undefined;
  let idle: Promise<XIdle> | undefined;
  let currentFrames: XFrames | undefined;
  /** On a developer's desktop, whose window manager knows nothing of our windows. */
  let inWindow = false;
  let closing = false;

  const shared = {
    language: deps.language,
    ...(deps.trustedSpki === undefined ? {} : { trustedSpki: deps.trustedSpki }),
  };

  const idleMs = async (): Promise<number | undefined> => (await (idle ??= deps.openIdle())).idleMs();

  /** Without the watch the kiosk keeps running and logs it: every other lock still works. */
  const watchWindows = async (): Promise<WindowWatch | undefined> => {
    try {
      const windows = await deps.xWindows();
      return await startWindowWatch({
        clock: deps.clock,
        logger: deps.logger,
        windows,
        browsers: () => browsers,
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
        onSite: (command) => guests.forEach((one) => one.onKey(command)),
        onPart(key) {
          // If no window had the focus, our screens now get it.
          void keyboardToScreens()
            .catch(() => undefined) // the display is gone
            .then(() => pressPart?.(key === 'previous-part'));
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
  const takeKeysOnce = (): Promise<unknown> => {
    if (closing || inWindow || !kiosk) return Promise.resolve(); // on a desktop, the other windows are the user's
    return (releaseKeys ??= takeReservedKeys());
  };

  /** If the query fails, assume a window manager: an installed kiosk has one. */
  const isManaged = (): Promise<boolean> =>
    (askedWindowManager ??= deps.hasWindowManager().then(
      (there) => {
        if (!there) deps.logger.log('shell.no-window-manager');
        return there;
      },
      () => true,
    ));

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
    if (kiosk) await (await frames()).giveKeyboardTo({ pid: kiosk.pid, class: KIOSK_CLASS });
  };

  /** A new window starts minimised and below our screens. Asked each time: a window manager may die. */
  const isCovered = (): Promise<boolean> =>
    inWindow ? Promise.resolve(false) : deps.hasWindowManager().catch(() => false);

  let hasStartedGuest = false;
  const newGuest = async (): Promise<ArmedGuest> => {
    // Loaded here, so that our own screens do not wait for code that only guests need.
    const [{ armChromiumGuest }, { closedEgress }] = await Promise.all([
      import('./chromium-guest.ts'),
      import('../guest/guest-egress.ts'),
    ]);
    let browser: BrowserProcess | undefined;
    const egress = await closedEgress({
      ...deps,
      mayUse: async (fromPort, proxyPort) =>
        (await deps.socketOwner(fromPort, proxyPort)) === (browser?.uid ?? deps.browsersUid),
    });
    try {
      browser = await startBrowser(deps, {
        role: 'guest',
        window: (await isCovered()) ? undefined : { ...BORN_AS, x: area.x, y: area.y },
        proxyPort: egress.port,
        ...shared,
      });
      // Only the first, made in advance at the start: a line for each guest would count the visits, and time them.
      if (!hasStartedGuest) deps.logger.log('shell.browser-started', { role: 'guest' });
      hasStartedGuest = true;
      const armed = await armChromiumGuest(
        {
          ...deps,
          screen: () => area,
          frames: await frames(),
          limits: deps.guestLimits,
          egress,
          idleMs,
          keyboardToScreens,
        },
        browser,
      );
      await takeKeysOnce();
      guests.add(armed);
      return armed;
    } catch (error) {
      egress.stop();
      await browser?.end();
      throw error;
    }
  };

  const end = async (armed: ArmedGuest): Promise<void> => {
    await armed.end();
    guests.delete(armed);
  };

  const warmUp = async (): Promise<void> => {
    if (closing) return;
    warm ??= newGuest();
    const mine = warm;
    try {
      const armed = await mine;
      if (warm === mine) ready = armed;
      // A warm guest that dies is replaced on the next request, not in a loop.
      void armed.exited.then(() => {
        if (warm === mine) warm = undefined;
        if (ready === armed) ready = undefined;
        guests.delete(armed);
        return trackEnd(armed.end());
      });
    } catch {
      if (warm === mine) warm = undefined;
    }
  };

  const openKiosk = async (options: KioskViewOptions): Promise<OpenedKioskView['view']> => {
    inWindow = options.window !== undefined;
    const managed = isManaged(); // in parallel with the browser's start
    const started = startBrowser(deps, { role: 'kiosk-view', window: area, language: deps.language });
    const viewing = import('./chromium-kiosk-view.ts'); // loaded while the browser starts
    kiosk = await started;
    const { openChromiumKioskView } = await viewing;
    deps.logger.log('shell.browser-started', { role: 'kiosk-view' });
    const opened = await openChromiumKioskView({ ...deps, isManaged: await managed }, kiosk, options);
    area = opened.area;
    pressPart = opened.pressPart;
    return opened.view;
  };

  return {
    name: 'chromium',
    async purge() {
      const places = [...new Set([deps.folder, ...deps.earlierFolders])];
      await deps.accounts?.endStrays();
      const orphans = places.flatMap((place) => profilesIn(place).orphans.map((name) => `${place}/${name}`));
      const unused = profilesIn(deps.folder).ours.map((name) => `${deps.folder}/${name}`);
      for (const profile of [...orphans, ...unused.filter((one) => !inUse.has(one))]) {
        for (const pid of processesMentioning(profile)) killProcess(pid, 'SIGKILL');
        const owner = ownerOf(dataOf(profile));
        if (owner && isBrowserAccount(owner.uid)) await deps.accounts?.end(owner.uid);
        await removeProfile({ files: deps.files, wait: (ms) => sleep(deps.clock, ms) }, profile);
      }
      return orphans.length > 0;
    },
    prepare(screens) {
      const { options, hear } = createEarlyScreens(screens);
      early = { view: openKiosk(options), hear };
      early.view.catch(() => undefined); // reported by `openKioskView`
    },
    async openKioskView(options) {
      void idleMs(); // starts to listen
      let deaths = 0;
      let bornAtMs = deps.clock.monotonicMs();
      let reviving = false;
      const guarded: KioskViewOptions = {
        ...options,
        onReady() {
          deps.clock.after(KEYS_AFTER_READY_MS, () => void takeKeysOnce());
          options.onReady();
        },
        onClosed: () => void revive(),
      };
      const revive = async (): Promise<void> => {
        if (closing || reviving) return;
        reviving = true;
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
        reviving = false;
      };
      // In a window on a desktop, the other windows belong to the user.
      if (options.window === undefined) {
        watch ??= await watchWindows();
        deps.clock.after(KEYS_AT_LATEST_MS, () => void takeKeysOnce());
      }
      const begun = early;
      early = undefined;
      if (begun) {
        current = await begun.view;
        deps.clock.after(0, () => begun.hear(guarded)); // deferred, so that the caller has the view first
      } else {
        current = await openKiosk(guarded);
      }
      // The returned view outlives any single browser.
      return {
        send: (text) => current?.send(text),
        reload: async () => current?.reload(),
        // A view that died took its data with it; its profile is checked by `leftovers` of the shell.
        leftovers: async () => (await current?.leftovers()) ?? [],
        clearClipboard: deps.clipboard.clear,
        clipboardLeftovers: deps.clipboard.leftovers,
      };
    },
    async openGuest(options: GuestOptions): Promise<Guest> {
      let armed: ArmedGuest | undefined;
      if (warm) {
        const warmed = warm;
        warm = undefined;
        ready = undefined;
        armed = await warmed.catch(() => undefined); // it died while warm: start another one
      }
      armed ??= await newGuest();
      const mine = armed;
      const guest = mine.take(options);
      return {
        ...guest,
        close: () => withTimeout(deps.clock, 5_000, 'closing the guest', end(mine)),
      };
    },
    warmUp,
    idleMs,
    async leftovers() {
      await Promise.all(pendingEnds);
      const found: string[] = [];
      const open = [...guests].filter((one) => one !== ready).length;
      if (open > 0) found.push(`guest: ${open} still open`);
      const { ours, orphans } = profilesIn(deps.folder);
      const folders = ours.filter((name) => !inUse.has(`${deps.folder}/${name}`)).length + orphans.length;
      if (folders > 0) found.push(`profile folders: ${folders}`);
      // A helper process that outlived its browser has its profile on the command line, even if the folder is gone. The
      // order matters: a starting browser (the next guest) creates new processes all the time.
      const mark = profileMark(deps.folder);
      const all = processesMentioning(mark);
      const ofUse = new Set([...inUse].flatMap(processesMentioning));
      // `mentions` drops processes that have just exited: reloading our own screens starts a new process.
      const strays = new Set(all.filter((pid) => !ofUse.has(pid) && mentions(pid, mark)));
      // A process that left its group and changed its environment still has its browser's account.
      for (const pid of deps.accounts?.strays() ?? []) strays.add(pid);
      if (strays.size > 0) found.push(`browser processes: ${strays.size}`);
      return found;
    },
    async close() {
      closing = true;
      watch?.stop();
      (await releaseKeys)?.();
      await early?.view.catch(() => undefined); // its failure was reported by `openKioskView`
      const waiting = warm;
      warm = undefined;
      await waiting?.catch(() => undefined); // it never started: nothing to end
      await Promise.all([...guests].map(end));
      await kiosk?.end();
      kiosk = undefined;
      (await openedFrames?.catch(() => undefined))?.end(); // no frames: nothing to end
      (await idle)?.end();
    },
  };
};
