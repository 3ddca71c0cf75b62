/**
 * The Electron adapter of the Shell port: one window, our screens, a guest above them, and the next guest made in
 * advance.
 */
import { join } from 'node:path';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { createEarlyScreens } from '../early-screens.ts';
import type { ClosedEgress } from '../guest/guest-egress.ts';
import type { SilenceWatch } from '../guest/silence.ts';
import type { GuestOptions, Shell } from '../port.ts';
import { guardApp } from './app-guards.ts';
import { electronDecoders } from './decoder.ts';
import type { ElectronApi, KioskWindow } from './electron-api.ts';
import { DOWNLOAD_PREFIX, ElectronGuest, type GuestDeps } from './guest.ts';
import { openElectronKioskView, type OpenedKioskView } from './kiosk-view.ts';
import { trackOwnContents } from './own-contents.ts';
import { createElectronSystemPrinter } from './system-printer.ts';
import { holdByX, xWindowOf, type XServer } from './x-locks.ts';

export interface ElectronShellDeps {
  readonly electron: ElectronApi;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Pick<Files, 'mkdir' | 'remove' | 'exists' | 'list'>;
  /** Removes a folder synchronously. */
  readonly removeNow: (path: string) => void;
  readonly randomId: () => string;
  readonly openEgress: () => Promise<ClosedEgress>;
  readonly silence: SilenceWatch['silence'];
  /** Guests' downloads are written here first; in memory where possible. Nothing else is kept in it. */
  readonly folder: string;
  /** The two bundled preloads. */
  readonly preloads: { readonly kiosk: string; readonly guest: string };
  readonly platform: NodeJS.Platform;
  /** Present on Linux. */
  readonly x?: XServer;
  readonly pid: number;
}

/** Electron never frees a browser context (its pull request 24964). The number is a guess, not measured. */
const WORN_AFTER_GUESTS = 40;

/**
 * The way out resolves the hosts of requests. Chromium's own lookups (WebRTC relays, `rel=dns-prefetch`) must fail:
 * port 9 is one that Chromium refuses to connect to.
 */
const NO_NAMES = { secureDnsMode: 'secure' as const, secureDnsServers: ['https://127.0.0.1:9/dns-query'] };

/** `prepareApp` must have run, and Electron must be ready. */
export const createElectronShell = (deps: ElectronShellDeps): Shell => {
  const own = trackOwnContents();
  const guests = new Set<ElectronGuest>();
  const ended = new Set<ElectronGuest>();
  /** Guests being created. Each may have its download folder already. */
  const making = new Set<Promise<ElectronGuest>>();
  let kiosk: OpenedKioskView | undefined;
  let warm: Promise<ElectronGuest | undefined> | undefined;
  let closing = false;
  let made = 0;
  let ownWindow: number | undefined;
  let releaseX: Promise<() => void> | undefined;
  let atSystemEnd = (): void => undefined;
  const idle = deps.x?.openIdle();
  // On X, a page can reset the system's idle counter (`platform/x11/idle.ts`). Elsewhere it counts whole seconds.
  const idleMs = async (): Promise<number | undefined> =>
    idle ? idle.idleMs() : deps.electron.powerMonitor.getSystemIdleTime() * 1_000;

  /** How many network processes have died. */
  let networksLost = 0;
  const resolveNoNames = (): void => deps.electron.app.configureHostResolver(NO_NAMES);
  guardApp({
    electron: deps.electron,
    logger: deps.logger,
    own,
    // The guests' cookies died with it, and the new process does not ask us about certificates: the person must start
    // again.
    onNetworkLost() {
      networksLost += 1;
      resolveNoNames();
      for (const guest of guests) guest.lose();
    },
  });
  resolveNoNames();
  deps.electron.app.on('second-instance', () => kiosk?.comeForward());

  const holdKiosk = (x: XServer): Promise<() => void> =>
    holdByX({
      ...deps,
      x,
      ownWindow: () => ownWindow,
      siteHasKeyboard: () => [...guests].some((guest) => guest.hasKeyboard),
      onSite: (command) => guests.forEach((guest) => guest.onKey(command)),
      onPart(key) {
        kiosk?.focus(); // no page may have had the focus
        kiosk?.pressPart(key === 'previous-part');
      },
    });

  const onClosing: GuestDeps['onClosing'] = (guest, closed) => {
    ended.add(guest);
    closed.then(() => guests.delete(guest)).catch(() => undefined); // the error is that of who closes it
  };
  const makeGuest = async (): Promise<ElectronGuest> => {
    if (kiosk === undefined) throw new Error('a guest lies over the kiosk view: open that first');
    const { place, focus: keyboardToScreens } = kiosk;
    const ours = { own, preload: deps.preloads.guest, place, idleMs, keyboardToScreens, onClosing };
    const lostBefore = networksLost;
    const guest = await ElectronGuest.open({ ...deps, ...ours });
    guests.add(guest);
    if (networksLost > lostBefore) {
      await guest.close();
      return makeGuest();
    }
    made += 1;
    // Only the first, made in advance at the start: a line for each guest would count the visits, and time them.
    if (made === 1) deps.logger.log('shell.browser-started', { role: 'guest' });
    return guest;
  };
  const newGuest = (): Promise<ElectronGuest> => {
    const guest = makeGuest();
    making.add(guest);
    return guest.finally(() => making.delete(guest));
  };

  const takeWarm = async (): Promise<ElectronGuest | undefined> => {
    const taken = warm;
    warm = undefined; // before awaiting, so that no other caller takes the same guest
    const guest = await taken;
    if (guest === undefined) return undefined;
    if (guest.usable) return guest;
    await guest.close();
    return undefined;
  };

  const strayFolders = async (): Promise<readonly string[]> => {
    await Promise.allSettled(making);
    const found = await deps.files.list(deps.folder);
    if (!found.ok) return [];
    const known = new Set([...guests, ...ended].map(({ id }) => `${DOWNLOAD_PREFIX}${id}`));
    return found.value.map(({ name }) => name).filter((name) => name.startsWith(DOWNLOAD_PREFIX) && !known.has(name));
  };

  return {
    name: 'electron',
    decoderOf: electronDecoders({ ...deps, env: process.env }),
    systemPrinter: createElectronSystemPrinter({ ...deps, own, printers: async () => (await kiosk?.printers()) ?? [] }),
    // Profiles are in memory and died with an interrupted run. Its downloads did not.
    async purge() {
      const strays = await strayFolders();
      await Promise.all(strays.map((name) => deps.files.remove(join(deps.folder, name))));
      return strays.length > 0;
    },
    prepare: () => undefined, // Electron is running already: nothing to start ahead of the view
    async openKioskView(options) {
      void idle?.idleMs(); // the first call starts listening
      const onWindow = (window: KioskWindow): void => {
        ownWindow = deps.x && xWindowOf(window.getNativeWindowHandle());
        // At sign-off Windows notifies only windows, and may end the program as soon as they return (`WM_ENDSESSION`).
        window.on('session-end', () => {
          for (const { folder } of guests) deps.removeNow(folder);
          atSystemEnd();
        });
      };
      // In windowed mode on a developer's desktop, leave the other windows and the keys alone.
      if (options.window === undefined && deps.x) releaseX ??= holdKiosk(deps.x);
      const early = createEarlyScreens(options);
      kiosk = await openElectronKioskView({ ...deps, own, preload: deps.preloads.kiosk, onWindow }, early.options);
      deps.logger.log('shell.browser-started', { role: 'kiosk-view' });
      deps.clock.after(0, () => early.hear(options)); // by then the caller has the view and can reply
      return kiosk;
    },
    async openGuest(options: GuestOptions) {
      const guest = (await takeWarm()) ?? (await newGuest());
      guest.bind(options);
      return guest;
    },
    async warmUp() {
      if (closing) return;
      warm ??= newGuest().catch(() => undefined); // `openGuest` tries again, and reports a failure
      const mine = warm;
      if ((await mine) === undefined && warm === mine) warm = undefined;
    },
    onSystemEnd: (listener) => void (atSystemEnd = listener),
    worn: () => made >= WORN_AFTER_GUESTS,
    idleMs,
    silence: deps.silence,
    resetLockKeys: async () => releaseX && deps.x?.resetLockKeys().catch(() => undefined), // the display is gone
    async leftovers() {
      const found: string[] = [];
      for (const guest of ended) {
        const residue = await guest.residue();
        if (residue.length === 0) ended.delete(guest);
        found.push(...residue);
      }
      const ready = await warm;
      const open = [...guests].filter((guest) => guest !== ready && !ended.has(guest));
      if (open.length > 0) found.push(`guest: ${open.length} still open`);
      const strays = await strayFolders();
      if (strays.length > 0) found.push(`download folders: ${strays.length} too many`);
      return found;
    },
    async close() {
      closing = true;
      (await releaseX)?.();
      idle?.end();
      await Promise.allSettled(making);
      warm = undefined;
      await Promise.all([...guests].map((guest) => guest.close()));
      kiosk?.close();
      kiosk = undefined;
    },
  };
};
