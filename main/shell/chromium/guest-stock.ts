/** The guests of a session (a démarche, and a mailbox beside it), and the next one, which is kept warm. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import type { Endpoint, HostResolver } from '../../platform/network/resolve-host.ts';
import type { SocketOwner } from '../../platform/network/socket-owner.ts';
import type { AskKeys } from '../guest/certificate-pins.ts';
import { closedEgress, type GuestEgressDeps } from '../guest/guest-egress.ts';
import type { GuestLimits } from '../guest/guest-limits.ts';
import { watchSilence, type SilenceWatch } from '../guest/silence.ts';
import type { KeyCommand } from '../guest/reserved-keys.ts';
import type { Guest, GuestOptions, Rect } from '../port.ts';
import { startBrowser, type BrowserDeps, type BrowserProcess } from './browser-process.ts';
import { armChromiumGuest, type ArmedGuest } from './chromium-guest.ts';
import type { DisplayGuard } from './display-guard.ts';

export interface GuestDeps extends BrowserDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly openResolver: () => HostResolver;
  readonly randomName: () => string;
  /** Demonstration sites: the endpoint of a name, `null` for none, undefined when no rule matches. */
  readonly mapped: (host: string) => Endpoint | null | undefined;
  readonly trustedSpki: string | undefined;
  readonly guestLimits: GuestLimits;
  readonly keysOf: AskKeys;
  readonly validFrom: GuestEgressDeps['validFrom'];
  /** Whether the machine is on a network at all. */
  readonly isOnNetwork: () => boolean;
  /** The uid that owns a local socket connected to one of ours; undefined: none. */
  readonly socketOwner: SocketOwner;
  /** The uid of the browsers. */
  readonly browsersUid: number | undefined;
}

export interface GuestPlace {
  readonly display: DisplayGuard;
  /** Position of the kiosk view on the screen. */
  readonly screen: () => Rect;
  /** A guest died by itself, and is being ended. */
  readonly trackEnd: (end: Promise<unknown>) => Promise<void>;
}

export interface GuestStock {
  readonly silence: SilenceWatch['silence'];
  warmUp(): Promise<void>;
  open(options: GuestOptions): Promise<Guest>;
  onKey(command: KeyCommand): void;
  /** How many are open, without the warm one. */
  openCount(): number;
  end(): Promise<void>;
}

/**
 * The smallest window that Chromium allows: without a window manager, it hides nothing in the moment before it is
 * framed. With one it starts minimised and below our screens, and pages opened beside have the site's size at once.
 */
const BORN_AS = { width: 64, height: 64 } as const;
const CLOSES_WITHIN_MS = 5_000;

export const createGuestStock = (deps: GuestDeps, { display, screen, trackEnd }: GuestPlace): GuestStock => {
  const guests = new Set<ArmedGuest>();
  const silence = watchSilence(deps.clock);
  let warm: Promise<ArmedGuest> | undefined;
  /** The warm guest once it is ready; the audit does not report it. */
  let ready: ArmedGuest | undefined;
  let hasStarted = false;
  let closing = false;

  const make = async (): Promise<ArmedGuest> => {
    let browser: BrowserProcess | undefined;
    const egress = await closedEgress({
      ...deps,
      silence,
      mayUse: async (fromPort, proxyPort) =>
        (await deps.socketOwner(fromPort, proxyPort)) === (browser?.uid ?? deps.browsersUid),
    });
    try {
      const { x, y } = screen();
      browser = await startBrowser(deps, {
        role: 'guest',
        window: (await display.isCovered()) ? undefined : { ...BORN_AS, x, y },
        proxyPort: egress.port,
        ...(deps.trustedSpki === undefined ? {} : { trustedSpki: deps.trustedSpki }),
      });
      // Only the first, made in advance at the start: a line for each guest would count the visits, and time them.
      if (!hasStarted) deps.logger.log('shell.browser-started', { role: 'guest' });
      hasStarted = true;
      const { idleMs, keyboardToScreens } = display;
      const frames = await display.frames();
      const limits = deps.guestLimits;
      const armed = await armChromiumGuest(
        { ...deps, screen, frames, limits, egress, idleMs, keyboardToScreens },
        browser,
      );
      await display.keysTaken();
      guests.add(armed);
      return armed;
    } catch (error) {
      egress.stop();
      await browser?.end();
      throw error;
    }
  };

  const endOne = async (armed: ArmedGuest): Promise<void> => {
    await armed.end();
    guests.delete(armed);
  };

  /** Ended, and undefined, when it no longer does what we say. */
  const stillOurs = async (armed: ArmedGuest): Promise<ArmedGuest | undefined> => {
    try {
      await armed.stillOurs();
      return armed;
    } catch {
      await endOne(armed).catch(() => guests.delete(armed)); // its reason is logged; it may be gone already
      return undefined;
    }
  };

  return {
    silence: silence.silence,
    async warmUp() {
      if (closing) return;
      warm ??= make();
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
    },
    async open(options) {
      let armed: ArmedGuest | undefined;
      if (warm) {
        const warmed = warm;
        warm = undefined;
        ready = undefined;
        armed = await warmed.then(stillOurs, () => undefined); // it died while warm: start another one
      }
      if (closing) throw new Error('the shell is closing');
      armed ??= await make();
      const mine = armed;
      const guest = mine.take(options);
      return {
        ...guest,
        close: () => withTimeout(deps.clock, CLOSES_WITHIN_MS, 'closing the guest', endOne(mine)),
      };
    },
    onKey: (command) => guests.forEach((one) => one.onKey(command)),
    openCount: () => [...guests].filter((one) => one !== ready).length,
    async end() {
      closing = true;
      const waiting = warm;
      warm = undefined;
      await waiting?.catch(() => undefined); // it never started: nothing to end
      await Promise.all([...guests].map(endOne));
    },
  };
};
