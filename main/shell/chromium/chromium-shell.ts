/** The Chromium adapter of the Shell port: one browser for our screens, one for each guest, the next one kept warm. */
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { isBrowserAccount } from '../../platform/accounts.ts';
import { ownerOf } from '../../platform/memory-folder.ts';
import { killProcess, mentions, processesMentioning } from '../../platform/processes.ts';
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
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly randomName: () => string;
  readonly language: string;
  /** Demonstration sites: where a name leads, `null` for nowhere, undefined for a name that no rule is about. */
  readonly mapped: (host: string) => Endpoint | null | undefined;
  readonly trustedSpki: string | undefined;
  /** The windows of the display that we are shown on. */
  readonly xWindows: () => Promise<XWindows>;
  /** What holds the windows of guests on that display. */
  readonly xFrames: () => Promise<XFrames>;
  /** What the input devices say, asked from the first session on. */
  readonly openIdle: () => Promise<XIdle>;
  readonly hasWindowManager: () => Promise<boolean>;
  /** Takes keys at the display, for as long as the shell is there. The answer lets go of them. */
  readonly takeKeys: (options: XKeysOptions) => Promise<() => void>;
  readonly guestLimits: GuestLimits;
  /** Where an earlier run may have made its profiles, when memory was missing then or is there now. */
  readonly earlierFolders: readonly string[];
  /** The display's selections: no browser's own, and emptied whether ours lives or not. */
  readonly clipboard: { clear(): Promise<void>; leftovers(): Promise<readonly string[]> };
  readonly keysOf: AskKeys;
  /** Whether the machine is on a network at all. */
  readonly isOnNetwork: () => boolean;
  /** The account of a socket of this machine that speaks to one of ours; undefined: nobody's. */
  readonly socketOwner: (fromPort: number, toPort: number) => number | undefined;
  /** Under which the browsers run. */
  readonly browsersUid: number | undefined;
}

const RESTART_AFTER_MS = [250, 1_000, 3_000, 10_000, 30_000] as const;
const CALM_AFTER_MS = 60_000;
/** As small as Chromium makes a window: for the blink between its birth and being put away, it hides nothing. */
const BORN_AS = { width: 64, height: 64 } as const;
/** Until the kiosk view has asked how large the screen is. */
const FIRST_WINDOW: Rect = { x: 0, y: 0, width: 1280, height: 800 };

export const createChromiumShell = (given: ChromiumShellDeps): Shell => {
  const browsers = new Set<number>();
  /** Known from its first moment: its window may come before it answers. */
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
  /** Ends under way that nobody waits for (a browser died by itself): the audit lets them finish. */
  const ends = new Set<Promise<unknown>>();
  const ended = async (end: Promise<unknown>): Promise<void> => {
    ends.add(end);
    await end;
    ends.delete(end);
  };
  const deps = { ...given, spawn, inUse };
  let watch: WindowWatch | undefined;
  let letGoOfKeys: Promise<() => void> | undefined;
  const guests = new Set<ArmedGuest>();
  let warm: Promise<ArmedGuest> | undefined;
  /** The warm guest once it is ready: expected by the audit. */
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
  let closing = false;

  const shared = {
    language: deps.language,
    ...(deps.trustedSpki === undefined ? {} : { trustedSpki: deps.trustedSpki }),
  };

  const idleMs = async (): Promise<number | undefined> => (await (idle ??= deps.openIdle())).idleMs();

  /** A kiosk that cannot hear of windows goes on, and says so: each of the other locks still holds. */
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
      });
    } catch {
      deps.logger.log('shell.no-window-watch');
      return undefined;
    }
  };

  /** Like the watch: without it the filter inside the pages holds what it can. */
  const takeReservedKeys = async (): Promise<() => void> => {
    const onEnd = (): void => deps.logger.log('shell.no-key-grabs');
    try {
      const { reservedKeys } = await import('../guest/reserved-key-grabs.ts');
      const keys = reservedKeys({
        isSite: (windowClass) => windowClass === GUEST_CLASS,
        onSite: (command) => guests.forEach((one) => one.onKey(command)),
        onPart(key) {
          // Where nobody had the keyboard, our screens have it from now on.
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

  /** One that can't be asked is taken to be there: an installed kiosk has one. */
  const isManaged = (): Promise<boolean> =>
    (askedWindowManager ??= deps.hasWindowManager().then(
      (there) => {
        if (!there) deps.logger.log('shell.no-window-manager');
        return there;
      },
      () => true,
    ));

  /** One that was lost (the display closed and came back) is opened anew for the next guest. */
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

  const newGuest = async (): Promise<ArmedGuest> => {
    // Only now: our own screens are not to wait for what no guest needs yet.
    const [{ armChromiumGuest }, { closedEgress }] = await Promise.all([
      import('./chromium-guest.ts'),
      import('../guest/guest-egress.ts'),
    ]);
    let browser: BrowserProcess | undefined;
    const egress = await closedEgress({
      ...deps,
      mayUse: (fromPort, proxyPort) => deps.socketOwner(fromPort, proxyPort) === (browser?.uid ?? deps.browsersUid),
    });
    try {
      browser = await startBrowser(deps, {
        role: 'guest',
        window: { ...BORN_AS, x: area.x, y: area.y },
        proxyPort: egress.port,
        ...shared,
      });
      deps.logger.log('shell.browser-started', { role: 'guest' });
      const armed = await armChromiumGuest(
        { ...deps, screen: () => area, frames: await frames(), limits: deps.guestLimits, egress, keyboardToScreens },
        browser,
      );
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
      // A warm guest that dies is replaced when somebody asks, not in a loop.
      void armed.exited.then(() => {
        if (warm === mine) warm = undefined;
        if (ready === armed) ready = undefined;
        guests.delete(armed);
        return ended(armed.end());
      });
    } catch {
      if (warm === mine) warm = undefined;
    }
  };

  const openKiosk = async (options: KioskViewOptions): Promise<OpenedKioskView['view']> => {
    const managed = isManaged(); // asked while the browser starts
    const started = startBrowser(deps, { role: 'kiosk-view', window: area, language: deps.language });
    const viewing = import('./chromium-kiosk-view.ts'); // read while the browser starts
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
      early.view.catch(() => undefined); // told by whoever opens the view
    },
    async openKioskView(options) {
      void idleMs(); // listens from now on
      let deaths = 0;
      let bornAtMs = deps.clock.monotonicMs();
      let reviving = false;
      const guarded: KioskViewOptions = {
        ...options,
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
          if (kiosk) await ended(kiosk.end());
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
      // In a window on somebody's desktop, the other windows are theirs.
      if (options.window === undefined) {
        watch ??= await watchWindows();
        // Thousands of small words to the display: our screens are not to wait for it.
        letGoOfKeys ??= takeReservedKeys();
      }
      const begun = early;
      early = undefined;
      if (begun) {
        current = await begun.view;
        deps.clock.after(0, () => begun.hear(guarded)); // the caller then has what it answers with
      } else {
        current = await openKiosk(guarded);
      }
      // What callers hold outlives any one browser.
      return {
        send: (text) => current?.send(text),
        reload: async () => current?.reload(),
        // A view that died took what it held with it: its profile is the other step's to look for.
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
        armed = await warmed.catch(() => undefined); // it died while it waited: another one is made
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
      await Promise.all(ends);
      const found: string[] = [];
      const open = [...guests].filter((one) => one !== ready).length;
      if (open > 0) found.push(`guest: ${open} still open`);
      const { ours, orphans } = profilesIn(deps.folder);
      const folders = ours.filter((name) => !inUse.has(`${deps.folder}/${name}`)).length + orphans.length;
      if (folders > 0) found.push(`profile folders: ${folders}`);
      // A helper that outlived its browser: its command line tells whose it was, even when the folder is gone.
      // In this order: a browser that is just starting (the next guest) has a new process at every moment.
      const mark = profileMark(deps.folder);
      const all = processesMentioning(mark);
      const ofUse = new Set([...inUse].flatMap(processesMentioning));
      // Nor one that has just ended: our own screens were loaded afresh, in a process of their own.
      const strays = new Set(all.filter((pid) => !ofUse.has(pid) && mentions(pid, mark)));
      // One that left its group and its surroundings behind still has the account that its browser had.
      for (const pid of deps.accounts?.strays() ?? []) strays.add(pid);
      if (strays.size > 0) found.push(`browser processes: ${strays.size}`);
      return found;
    },
    async close() {
      closing = true;
      watch?.stop();
      (await letGoOfKeys)?.();
      await early?.view.catch(() => undefined); // its failure was told where it was opened
      const waiting = warm;
      warm = undefined;
      await waiting?.catch(() => undefined); // it never came up: nothing to end
      await Promise.all([...guests].map(end));
      await kiosk?.end();
      kiosk = undefined;
      (await openedFrames?.catch(() => undefined))?.end(); // no frames: nothing to end
      (await idle)?.end();
    },
  };
};
