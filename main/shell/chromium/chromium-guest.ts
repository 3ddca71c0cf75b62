/** A guest: one Chromium process whose one page is armed before anyone may use it. */
import type { Clock } from '../../platform/clock.ts';
import { sleep } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import type { AskKeys } from '../guest/certificate-pins.ts';
import { openGuestPage } from '../guest/guest-page.ts';
import { openRequestGate } from '../guest/request-gate.ts';
import type { Guest, GuestEvent, GuestOptions, GuestPolicy, Rect } from '../port.ts';
import type { BrowserProcess } from './browser-process.ts';
import { watchGuest, type GuestLimits } from './guest-limits.ts';
import { holdToOnePage } from './one-page.ts';
import { downloadsOf } from './profile.ts';

export interface ChromiumGuestDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly randomName: () => string;
  /** Where the kiosk view lies on the screen. */
  readonly screen: () => Rect;
  /** A window manager puts away what it is asked to; without one, a window is moved out of sight. */
  readonly isManaged: boolean;
  readonly limits: GuestLimits;
  readonly keysOf: AskKeys;
}

/** Armed and waiting: who uses it is decided later, without restarting anything. */
export interface ArmedGuest {
  /** Gives the guest to a session. Once. */
  take(options: GuestOptions): Guest;
  end(): Promise<boolean>;
  readonly exited: Promise<void>;
}

/** A window manager answers in its own time; this is two seconds of patience. */
const PLACE_TRIES = 100;
const PLACE_AGAIN_AFTER_MS = 20;

const REFUSE_ALL: GuestPolicy = { decide: () => ({ allow: false, reason: 'outside-journey' }) };

export const armChromiumGuest = async (deps: ChromiumGuestDeps, browser: BrowserProcess): Promise<ArmedGuest> => {
  const { root } = browser;
  let policy = REFUSE_ALL;
  let listener: (event: GuestEvent) => void = () => undefined;
  let ended = false;
  let crashTold = false;
  const emit = (event: GuestEvent): void => {
    if (ended || (event.kind === 'crashed' && crashTold)) return;
    if (event.kind === 'crashed') crashTold = true;
    listener(event);
  };

  const page = await holdToOnePage({
    clock: deps.clock,
    root,
    onIntruder: (type) => deps.logger.log('shell.window-closed', { type }),
    onGone: () => emit({ kind: 'crashed' }),
  });
  const setBounds = (bounds: Record<string, number | 'normal' | 'minimized'>): Promise<unknown> =>
    root.send('Browser.setWindowBounds', { windowId: page.windowId, bounds });
  const putAway = (): Promise<unknown> => {
    const { x, y, width, height } = deps.screen();
    return setBounds(deps.isManaged ? { windowState: 'minimized' } : { left: x + width, top: y + height });
  };
  // Chromium asks the window manager to bring a new window forward, whatever its rule says: it is sent back at once.
  await putAway();
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
  });
  const guestPage = await openGuestPage({
    session: page.session,
    mainFrameId: page.targetId,
    clock: deps.clock,
    randomName: deps.randomName,
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
  const downloads = new Map<string, { readonly name: string; readonly url: string }>();
  root.on('Browser.downloadWillBegin', ({ guid, suggestedFilename, url }) => {
    downloads.set(guid, { name: suggestedFilename, url });
    emit({ kind: 'download-started', suggestedName: suggestedFilename });
  });
  root.on('Browser.downloadProgress', ({ guid, state }) => {
    const download = downloads.get(guid);
    if (!download || state === 'inProgress') return;
    downloads.delete(guid);
    if (state === 'completed') {
      emit({
        kind: 'download-done',
        path: `${downloadsOf(browser.profile)}/${guid}`,
        suggestedName: download.name,
        url: download.url,
      });
    } else emit({ kind: 'download-failed', suggestedName: download.name });
  });
  await root.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: downloadsOf(browser.profile),
    eventsEnabled: true,
  });
  void browser.exited.then(() => emit({ kind: 'crashed' }));

  let shownAt: Rect | undefined;
  let zoom = 1;
  /** One wish at a time, the latest: a window that is coming back refuses a size, and the refusal must not be its last word. */
  let placing: Promise<void> = Promise.resolve();
  const place = (): Promise<void> => {
    placing = placing.then(settlePlace, settlePlace);
    return placing;
  };
  const settlePlace = async (): Promise<void> => {
    const wished = shownAt;
    if (wished === undefined) {
      await putAway();
      return;
    }
    const { x, y } = deps.screen();
    const bounds = { left: x + wished.x, top: y + wished.y, width: wished.width, height: wished.height };
    for (let attempt = 0; attempt < PLACE_TRIES && shownAt === wished && !ended; attempt++) {
      const { bounds: now } = await root.send('Browser.getWindowBounds', { windowId: page.windowId });
      if (
        now.windowState === 'normal' &&
        now.left === bounds.left &&
        now.top === bounds.top &&
        now.width === bounds.width &&
        now.height === bounds.height
      )
        return;
      if (now.windowState === 'normal') await setBounds(bounds).catch(() => undefined);
      else await setBounds({ windowState: 'normal' }).catch(() => undefined);
      if (attempt > 1) await sleep(deps.clock, PLACE_AGAIN_AFTER_MS);
    }
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
    guestPage.stop();
    stopWatch();
    return browser.end();
  };

  const take = (options: GuestOptions): Guest => {
    policy = options.policy;
    listener = options.on;
    stopWatch = watchGuest({
      clock: deps.clock,
      limits: deps.limits,
      use: browser.use,
      onExcess(what) {
        deps.logger.log('guest.took-too-much', { what });
        browser.kill(); // heard as a crash: the person may begin again
      },
    });
    return {
      id: page.targetId,
      async show(rect) {
        const sized = shownAt?.width === rect.width && shownAt.height === rect.height;
        shownAt = rect;
        await place();
        if (zoom !== 1 && !sized) await applyZoom();
      },
      async hide() {
        if (shownAt === undefined) return;
        shownAt = undefined;
        await place();
      },
      navigate: guestPage.navigate,
      goBack: guestPage.goBack,
      reload: guestPage.reload,
      async setZoom(factor) {
        zoom = factor;
        await applyZoom();
      },
      printToPdf: guestPage.printToPdf,
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

  return { take, end, exited: browser.exited };
};
