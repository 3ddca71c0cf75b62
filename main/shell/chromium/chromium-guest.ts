/** A guest: one Chromium process whose one page is armed before anyone may use it. */
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import type { XFrames } from '../../platform/x-frames.ts';
import type { AskKeys } from '../guest/certificate-pins.ts';
import { openGuestPage } from '../guest/guest-page.ts';
import { openRequestGate, type AskedDocument } from '../guest/request-gate.ts';
import type { Guest, GuestEvent, GuestOptions, GuestPolicy, Rect } from '../port.ts';
import { hearAskedPrints } from './asked-prints.ts';
import type { BrowserProcess } from './browser-process.ts';
import { catchDownloads } from './downloads.ts';
import { openGuestEgress, type GuestEgress, type GuestEgressDeps } from './guest-egress.ts';
import { frameWindow } from './guest-frame.ts';
import { watchGuest, type Excess, type GuestLimits } from '../guest/guest-limits.ts';
import { holdToOnePage } from './one-page.ts';
import { downloadsOf } from './profile.ts';
import { stillAnswers } from './silent-browser.ts';

export interface ChromiumGuestDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly randomName: () => string;
  /** Where the kiosk view lies on the screen. */
  readonly screen: () => Rect;
  /** What holds the guest's window, on the screen and away from it. */
  readonly frames: XFrames;
  readonly limits: GuestLimits;
  readonly keysOf: AskKeys;
  readonly egress: ClosedEgress;
}

/** Armed and waiting: who uses it is decided later, without restarting anything. */
export interface ArmedGuest {
  /** Gives the guest to a session. Once. */
  take(options: GuestOptions): Guest;
  /** Somebody pressed a key for it. Heard only while it is shown. */
  onZoomKey(zoom: 'zoom-in' | 'zoom-out' | 'zoom-reset'): void;
  end(): Promise<boolean>;
  readonly exited: Promise<void>;
}

/** The same in every Chromium. */
const PDF_VIEWER = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/';

const REFUSE_ALL: GuestPolicy = { decide: () => ({ allow: false, reason: 'outside-journey' }) };

/** The way out of a guest that is not there yet; it opens when somebody takes the guest. */
export interface ClosedEgress extends GuestEgress {
  open(policy: GuestPolicy): void;
}

export const closedEgress = async (
  deps: Omit<GuestEgressDeps, 'policy' | 'onRefused'> & { readonly logger: Logger },
): Promise<ClosedEgress> => {
  let policy = REFUSE_ALL;
  const egress = await openGuestEgress({
    ...deps,
    policy: () => policy,
    onRefused: (reason) => deps.logger.log('guest.request-refused', { kind: 'connection', reason }),
  });
  return { ...egress, open: (next) => void (policy = next) };
};

export const armChromiumGuest = async (deps: ChromiumGuestDeps, browser: BrowserProcess): Promise<ArmedGuest> => {
  const { root } = browser;
  let shownAt: Rect | undefined;
  let policy = REFUSE_ALL;
  let listener: (event: GuestEvent) => void = () => undefined;
  let ended = false;
  let crashTold = false;
  const emit = (event: GuestEvent): void => {
    if (ended || (event.kind === 'crashed' && crashTold)) return;
    if (event.kind === 'crashed') crashTold = true;
    listener(event);
  };

  const endFor = (what: Excess): void => {
    if (ended) return;
    deps.logger.log('guest.took-too-much', { what });
    browser.kill(); // heard as a crash: the person may begin again
  };

  const prints = hearAskedPrints({
    clock: deps.clock,
    root,
    onWanted: () => emit({ kind: 'print-wanted' }),
    onDialog: (open) => veil(open),
    onStuck: () => emit({ kind: 'crashed' }),
    onFailed: () => deps.logger.log('guest.print-not-taken'),
  });
  const page = await holdToOnePage({
    clock: deps.clock,
    root,
    onIntruder: (type) => deps.logger.log('shell.window-closed', { type }),
    onGone: () => emit({ kind: 'crashed' }),
    onPrintDialog: prints.begin,
  });
  // From here on the X server keeps its place, whatever the page or its browser asks for.
  const frame = await frameWindow({ clock: deps.clock, frames: deps.frames }, browser.pid, () => endFor('places'));
  let onAsked: (document: AskedDocument) => void = () => undefined;
  await openRequestGate({
    session: root,
    policy: { decide: (request) => policy.decide(request), pinsFor: (host) => policy.pinsFor?.(host) ?? [] },
    keysOf: deps.keysOf,
    mainFrameId: () => page.targetId,
    isIntruder: page.isIntruder,
    resolve: deps.resolve,
    onBlocked(request, verdict) {
      if (request.kind === 'main-frame' && verdict.reason === 'certificate') {
        emit({ kind: 'load-failed', url: request.url, fault: 'certificate' });
        emit({ kind: 'loading', loading: false });
      } else if (request.kind === 'main-frame') {
        emit({ kind: 'blocked', url: request.url, reason: verdict.reason });
        emit({ kind: 'loading', loading: false });
      } else deps.logger.log('guest.request-refused', { kind: request.kind, reason: verdict.reason });
    },
    onFault: (url, fault) => emit({ kind: 'load-failed', url, fault }),
    onAsked: (document) => onAsked(document),
  });
  const guestPage = await openGuestPage({
    session: page.session,
    mainFrameId: page.targetId,
    clock: deps.clock,
    randomName: deps.randomName,
    tunnelFault: deps.egress.faultAt,
    pagesAreTold: true,
    isPrinting: prints.isTaking,
    mayFrame(url) {
      // Nothing; what stands in place of a frame that was refused; Chromium's own viewer around a PDF that was let through.
      if (url === 'about:blank' || url.startsWith('chrome-error:') || url.startsWith(PDF_VIEWER)) return true;
      const verdict = policy.decide({ kind: 'frame', url });
      if (!verdict.allow) deps.logger.log('guest.request-refused', { kind: 'frame', reason: verdict.reason });
      return verdict.allow;
    },
    mayOpen(url) {
      const verdict = policy.decide({ kind: 'main-frame', url });
      if (verdict.allow || verdict.instead !== undefined || verdict.unlessDocument === true) return true;
      emit({ kind: 'blocked', url, reason: verdict.reason });
      return false;
    },
    onUnasked: () => deps.logger.log('guest.window-unasked'),
    emit(event) {
      // What needs no request (a blob, a history entry) is judged when it is there.
      if (event.kind === 'navigated') {
        if (event.url.startsWith('data:text/html,<title>point-numerique')) return; // our own blank page
        const verdict = policy.decide({ kind: 'main-frame', url: event.url });
        if (!verdict.allow) {
          emit({ kind: 'blocked', url: event.url, reason: verdict.reason });
          void guestPage.goBack().catch(() => undefined);
          return;
        }
      }
      emit(event);
    },
  });
  await catchDownloads({ root, folder: downloadsOf(browser.profile), take: browser.takeDownload, emit });
  onAsked = guestPage.documentAsked;
  void browser.exited.then(() => emit({ kind: 'crashed' }));

  let zoom = 1;
  const place = async (rect: Rect): Promise<void> => {
    const { x, y } = deps.screen();
    await frame.show({ ...rect, x: x + rect.x, y: y + rect.y });
  };
  /** Nobody is to see, or press, the browser's own dialog. */
  const veil = (drawn: boolean): void => {
    if (drawn) frame.hide();
    else if (shownAt) void place(shownAt).catch(() => undefined);
  };
  const applyZoom = async (): Promise<void> => {
    if (!shownAt) return;
    if (zoom === 1) {
      await page.session.send('Emulation.clearDeviceMetricsOverride');
      return;
    }
    await page.session.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(shownAt.width / zoom),
      height: Math.round(shownAt.height / zoom),
      deviceScaleFactor: zoom,
      // Drawn larger, in all of its window: the protocol would only make the page narrower, in a corner of it.
      scale: zoom,
      dontSetVisibleSize: true,
      mobile: false,
    });
  };

  let stopWatch = (): void => undefined;
  const end = async (): Promise<boolean> => {
    ended = true;
    deps.egress.stop();
    guestPage.stop();
    stopWatch();
    frame.destroy();
    return browser.end();
  };

  const take = (options: GuestOptions): Guest => {
    policy = options.policy;
    deps.egress.open(policy);
    listener = options.on;
    stopWatch = watchGuest({
      clock: deps.clock,
      limits: deps.limits,
      use: browser.use,
      onExcess: endFor,
    });
    const onSilent = (): void => {
      if (ended) return;
      deps.logger.log('guest.browser-silent');
      browser.kill(); // heard as a crash
    };
    return {
      id: page.targetId,
      async show(rect) {
        const sized = shownAt?.width === rect.width && shownAt.height === rect.height;
        shownAt = rect;
        await place(rect);
        if (zoom !== 1 && !sized) await applyZoom();
      },
      async hide() {
        if (shownAt === undefined) return;
        shownAt = undefined;
        frame.hide();
        stillAnswers({ clock: deps.clock, root, onSilent });
      },
      navigate: guestPage.navigate,
      goBack: guestPage.goBack,
      reload: guestPage.reload,
      async setZoom(factor) {
        zoom = factor;
        await applyZoom();
      },
      printToPdf: guestPage.printToPdf,
      printAsked: async () => (await prints.last()) ?? guestPage.printToPdf(),
      answerFiles: guestPage.answerFiles,
      answerDialog: guestPage.answerDialog,
      pointAt: guestPage.pointAt,
      async signedInSites() {
        const { cookies } = await root.send('Storage.getCookies', {});
        return [...new Set(cookies.filter((one) => one.httpOnly).map((one) => one.domain.replace(/^\./, '')))];
      },
      async close() {
        await end();
      },
    };
  };

  return { take, onZoomKey: (kind) => void (shownAt && emit({ kind })), end, exited: browser.exited };
};
