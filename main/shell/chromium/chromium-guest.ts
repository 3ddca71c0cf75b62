/** A guest: one Chromium process whose page is armed before anyone may use it. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import type { XFrames } from '../../platform/x-frames.ts';
import { CdpLate } from '../guest/cdp-session.ts';
import type { AskKeys } from '../guest/certificate-pins.ts';
import { REFUSE_ALL, type ClosedEgress } from '../guest/guest-egress.ts';
import { createFreshInput } from '../guest/fresh-input.ts';
import { beginGuestPage, type GuestPage } from '../guest/guest-page.ts';
import { eventOfKey } from '../guest/key-events.ts';
import { onceASecond } from '../guest/once-a-second.ts';
import { openRequestGate } from '../guest/request-gate.ts';
import type { KeyCommand } from '../guest/reserved-keys.ts';
import type { Guest, GuestEvent, GuestOptions, Rect } from '../port.ts';
import { handlePrintRequests } from './print-requests.ts';
import { waitForBlankPage } from './blank-page.ts';
import type { BrowserProcess } from './browser-process.ts';
import { catchDownloads } from './downloads.ts';
import { frameWindow, type GuestFrame } from './guest-frame.ts';
import { createGuestSight } from './guest-sight.ts';
import { createGuestZoom } from './guest-zoom.ts';
import type { GuestWindow } from './guest-window.ts';
import { createGuestWindows, type GuestWindows } from './guest-windows.ts';
import { watchGuest, type Excess, type GuestLimits } from '../guest/guest-limits.ts';
import { restrictToOnePage, type PageBeside } from './one-page.ts';
import { trackStrayPages } from './stray-pages.ts';
import { trackWindowRequests } from './window-requests.ts';
import { downloadsOf } from './profile.ts';
import { GUEST_CLASS } from './switches.ts';
import { checkAnswers } from './silent-browser.ts';
import { SIZED_WITHIN_MS, windowSized } from './window-size.ts';

export interface ChromiumGuestDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly randomName: () => string;
  /** Position of the kiosk view on the screen. */
  readonly screen: () => Rect;
  /** The X frames that contain the guest's windows. */
  readonly frames: XFrames;
  readonly limits: GuestLimits;
  readonly keysOf: AskKeys;
  readonly egress: ClosedEgress;
  /** As in the port. */
  readonly idleMs: () => Promise<number | undefined>;
  /** Gives the keyboard focus to our screens. */
  readonly keyboardToScreens: () => Promise<void>;
}

/** Armed and waiting: it is assigned to a session later, without a restart. */
export interface ArmedGuest {
  /** Assigns the guest to a session. Called once. */
  take(options: GuestOptions): Guest;
  /** A reserved key was pressed for it. Ignored while it is hidden. */
  onKey(command: KeyCommand): void;
  end(): Promise<boolean>;
  readonly exited: Promise<void>;
}

/** The same id in every Chromium. */
const PDF_VIEWER = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/';

/** Window role that Chromium gives to windows without bars. */
const POPUP_ROLE = 'pop-up';

export const armChromiumGuest = async (deps: ChromiumGuestDeps, browser: BrowserProcess): Promise<ArmedGuest> => {
  const { root } = browser;
  // eslint-disable-next-line prefer-const -- a window may open before the first one is held
  let windows: GuestWindows | undefined;
  const sight = createGuestSight({
    screen: deps.screen,
    front: () => windows?.front(),
    isForbidden: (window) => strays.has(window),
  });
  let policy = REFUSE_ALL;
  let listener: (event: GuestEvent) => void = () => undefined;
  let ended = false;
  let crashReported = false;
  const emit = (event: GuestEvent): void => {
    if (ended || (event.kind === 'crashed' && crashReported)) return;
    if (event.kind === 'crashed') crashReported = true;
    listener(event);
  };

  const strays = trackStrayPages({
    clock: deps.clock,
    goBack: async (window) => windows?.goBack(window),
    isOpen: (window) => !ended && windows?.of(window.targetId) !== undefined,
    onChange: () => sight.update(),
    onStuck() {
      deps.logger.log('guest.page-not-left');
      browser.kill(); // reported as a crash: the person may start again
    },
  });

  const endFor = (what: Excess): void => {
    if (ended) return;
    deps.logger.log('guest.took-too-much', { what });
    browser.kill(); // reported as a crash: the person may start again
  };

  /** Emitted once our screens have the focus, so that the next key goes to them. */
  const keyboardLeaves = (event: Extract<GuestEvent, { kind: 'keyboard-left' }>): void => {
    if (!sight.at) return;
    void deps
      .keyboardToScreens()
      .catch(() => undefined) // the display is gone
      .then(() => emit(event));
  };
  /** A window that opened and was closed took the focus with it, and the browser does not give it back. */
  const keyboardBack = (): void => windows?.front().frame?.keepKeyboard();

  const prints = handlePrintRequests({
    clock: deps.clock,
    root,
    onWanted: () => strays.any() || emit({ kind: 'print-wanted' }),
    onDialog: sight.veil,
    onStuck: () => emit({ kind: 'crashed' }),
    onFailed: () => deps.logger.log('guest.print-not-taken'),
  });
  const wanted = trackWindowRequests(deps.clock);
  let keepBeside: (page: PageBeside) => Promise<boolean> = async () => false;
  const page = await restrictToOnePage({
    clock: deps.clock,
    root,
    keepBeside: (beside) => keepBeside(beside),
    onGoneBeside: (targetId) => windows?.gone(targetId),
    onIntruder: (type) => {
      deps.logger.log('shell.window-closed', { type });
      keyboardBack();
    },
    onGone: () => emit({ kind: 'crashed' }),
    onPrintDialog: prints.begin,
  });
  const newFrame = (isOpen: () => boolean, role?: string): Promise<GuestFrame> =>
    // From here on the X server keeps its position, whatever the page or its browser requests.
    frameWindow(deps, { pid: browser.pid, role, at: sight.expected() }, isOpen);
  const held = createGuestWindows(
    {
      clock: deps.clock,
      root,
      emit: (event) => emit(event),
      mayShow: (origin) => policy.decide({ kind: 'main-frame', url: origin }).allow,
      onFront: (front, before) => bringForward(front, before),
    },
    { ...page, frame: await newFrame(() => !ended) },
  );
  windows = held;
  const handleIn = (frameId: string, event: GuestEvent): void => {
    const window = held.of(frameId);
    if (window) held.handleEvent(window, event);
  };
  await openRequestGate({
    session: root,
    policy: { decide: (request) => policy.decide(request), pinsFor: (host) => policy.pinsFor?.(host) ?? [] },
    keysOf: deps.keysOf,
    isMainFrame: (frameId) => held.of(frameId) !== undefined,
    isIntruder: page.isIntruder,
    resolve: deps.egress.resolve,
    onBlocked(request, verdict, frameId) {
      if (request.kind === 'main-frame') {
        const { url } = request;
        if (verdict.reason === 'certificate') handleIn(frameId, { kind: 'load-failed', url, fault: 'certificate' });
        else handleIn(frameId, { kind: 'blocked', url, reason: verdict.reason });
        handleIn(frameId, { kind: 'loading', loading: false });
      } else deps.logger.log('guest.request-refused', { kind: request.kind, reason: verdict.reason });
    },
    onFault: (url, fault, frameId) => handleIn(frameId, { kind: 'load-failed', url, fault }),
    onAsked: (document, frameId) => held.of(frameId)?.page?.documentAsked(document),
  });
  const mayShow = (url: string): boolean => {
    if (url === '' || url.startsWith('about:blank')) return true; // still empty: its content is checked when it comes
    const verdict = policy.decide({ kind: 'main-frame', url });
    if (verdict.allow || verdict.instead !== undefined || verdict.unlessDocument === true) return true;
    emit({ kind: 'blocked', url, reason: verdict.reason });
    return false;
  };
  const freshInput = createFreshInput(deps);
  const beginPage = (window: GuestWindow): ReturnType<typeof beginGuestPage> =>
    beginGuestPage({
      session: window.session,
      mainFrameId: window.targetId,
      clock: deps.clock,
      randomName: deps.randomName,
      freshInput,
      tunnelFault: deps.egress.faultAt,
      pagesAreTold: true,
      isOfSite: (url) => policy.decide({ kind: 'main-frame', url }).allow,
      isPaused: () => prints.isTaking() || held.inDialog(),
      mayFrame(url) {
        // Allowed: an empty frame, the error page of a refused frame, and Chromium's own viewer around an allowed PDF.
        if (url === 'about:blank' || url.startsWith('chrome-error:') || url.startsWith(PDF_VIEWER)) return true;
        const verdict = policy.decide({ kind: 'frame', url });
        if (!verdict.allow) deps.logger.log('guest.request-refused', { kind: 'frame', reason: verdict.reason });
        return verdict.allow;
      },
      mayOpen(url) {
        const may = mayShow(url);
        if (!may) wanted.refuse();
        return may;
      },
      opensBeside({ windowFeatures }, leadHere) {
        if (!held.isFull()) return wanted.wants(windowFeatures, leadHere);
        wanted.refuse();
        return false;
      },
      onUnasked: onceASecond(deps.clock, () => deps.logger.log('guest.window-unasked')),
      emit(event) {
        if (event.kind === 'keyboard-left') return window === held.front() ? keyboardLeaves(event) : undefined;
        // Pages that need no request (a blob, a history entry) are checked once they are there.
        if (event.kind === 'navigated') {
          if (event.url.startsWith('data:text/html,<title>point-numerique')) return; // our own blank page
          const isEmpty = window.number > 0 && event.url.startsWith('about:blank');
          const verdict = isEmpty ? undefined : policy.decide({ kind: 'main-frame', url: event.url });
          if (verdict && !verdict.allow) {
            if (strays.arrived(window))
              held.handleEvent(window, { kind: 'blocked', url: event.url, reason: verdict.reason });
            return;
          }
          strays.left(window);
        }
        if (strays.mayTell(window, event)) held.handleEvent(window, event);
      },
    });
  const initial = held.front();
  const first = await beginPage(initial);
  initial.page = first;
  await first.armed;
  await waitForBlankPage(initial.session, deps.clock);
  const closeTarget = (targetId: string): void =>
    void root.send('Target.closeTarget', { targetId }).catch(() => undefined); // it may have closed by itself
  keepBeside = async (beside) => {
    // Its window may appear before its page's request is reported: the watch must not close it meanwhile.
    const decided = deps.frames.expect({ pid: browser.pid, class: GUEST_CLASS, role: POPUP_ROLE });
    const ask = await wanted.next().finally(decided);
    if (!ask) return false;
    const window = held.add(beside);
    const isOpen = (): boolean => held.of(beside.targetId) !== undefined;
    // Framed as soon as it appears: until then nothing hides what the browser shows in it.
    const framed = newFrame(isOpen, POPUP_ROLE);
    const giveUp = (): void => {
      if (!isOpen()) return; // its page closed it: some only see whether windows are allowed
      held.gone(beside.targetId);
      ask.leadHere();
    };
    framed.then(
      (frame) => held.framed(window, frame),
      () => {
        closeTarget(beside.targetId);
        giveUp();
      },
    );
    const begun = await beginPage(window).catch((error: unknown) =>
      error instanceof CdpLate ? giveUp() : held.gone(beside.targetId),
    );
    if (!begun) return false;
    window.page = begun;
    // Its first script reads the size, which comes with the frame. That usually takes some tens of milliseconds.
    await withTimeout(deps.clock, SIZED_WITHIN_MS, 'the frame of a window', framed).catch(() => undefined);
    zoom.applyTo(beside);
    beside.resume();
    // On a slow site it answers late, but is armed anyway. Any other error means that it is gone, or that nothing may
    // be shown in it.
    begun.armed.catch((error: unknown) => error instanceof CdpLate || closeTarget(beside.targetId));
    return true;
  };
  await catchDownloads({
    root,
    folder: downloadsOf(browser.profile),
    take: browser.takeDownload,
    emit,
    onDocument: held.tookDocument,
  });
  void browser.exited.then(() => emit({ kind: 'crashed' }));

  const zoom = createGuestZoom({ place: sight.expected, front: held.front });

  /**
   * The X server gives the window the focus, but inside the browser nothing would have it, and the first Tab would only
   * reach the page. So call this before the window gets the focus.
   */
  const giveKeysInside = async (): Promise<void> => {
    if (sight.at) await held.front().session.send('Page.bringToFront');
  };

  const bringForward = async (front: GuestWindow, before: GuestWindow): Promise<void> => {
    const inside = front.number > 0 && giveKeysInside();
    const lies = sight.place();
    before.frame?.hide(); // in the same moment, so that two are never visible at once
    await Promise.all([inside, lies]);
    await zoom.apply();
  };

  let stopWatch = (): void => undefined;
  const end = async (): Promise<boolean> => {
    ended = true;
    deps.egress.stop();
    held.stop();
    stopWatch();
    return browser.end();
  };

  const frontPage = (): GuestPage => {
    const { page: shown } = held.front();
    if (!shown) throw new Error('the page in front was never armed');
    return shown;
  };

  /** For what the person takes from it. */
  const journeyPage = (): GuestPage => {
    if (strays.has(held.front())) throw new Error('the page in front is outside the journey');
    return frontPage();
  };

  const take = (options: GuestOptions): Guest => {
    policy = options.policy;
    deps.egress.open(policy);
    listener = options.on;
    stopWatch = watchGuest({ clock: deps.clock, limits: deps.limits, use: browser.use, onExcess: endFor });
    const onSilent = (): void => {
      if (ended) return;
      deps.logger.log('guest.browser-silent');
      browser.kill(); // heard as a crash
    };
    /** The browser has the size that a hidden guest was told. */
    let sizing = Promise.resolve();
    return {
      id: page.targetId,
      async show(rect) {
        const sized = sight.at?.width === rect.width && sight.at.height === rect.height;
        const comes = sight.at === undefined;
        sight.at = rect;
        if (comes) await giveKeysInside();
        // Hidden meanwhile. Otherwise go on with the latest place: a second call of this size leaves the zoom to us.
        if (!sight.at) return;
        await sight.place();
        if (!sized) await zoom.apply();
        if (comes) prints.returned();
      },
      async hide(later) {
        if (sight.at !== undefined) {
          sight.at = undefined;
          // A hidden window that had the focus leaves it to no window.
          void deps.keyboardToScreens().catch(() => undefined); // the display is gone
          held.front().frame?.hide();
          checkAnswers({ clock: deps.clock, root, onSilent });
        }
        if (!later || !sight.expect(later)) return;
        sizing = windowSized({ ...deps, root }, held.front().targetId, later).then(() => zoom.applyTo(held.front()));
      },
      picture: async () => (sight.isFree() ? frontPage().picture() : undefined),
      async focus() {
        if (sight.isFree()) held.front().frame?.takeKeyboard();
      },
      navigate: (url) => sizing.then(() => frontPage().navigate(url)),
      goBack: () => held.goBack(),
      reload: () => frontPage().reload(),
      setZoom: zoom.set,
      printToPdf: async () => (await prints.taken(journeyPage().printPaper)) ?? journeyPage().printToPdf(),
      printAsked: prints.last,
      async answerFiles(id, paths) {
        const [asker, own] = held.asker(id);
        await asker.page?.answerFiles(own, paths);
      },
      async answerDialog(id, accept, text) {
        const [asker, own] = held.asker(id);
        await asker.page?.answerDialog(own, accept, text);
      },
      pointAt: (selector) => frontPage().pointAt(selector),
      async signedInSites() {
        const { cookies } = await root.send('Storage.getCookies', {});
        return [...new Set(cookies.filter((one) => one.httpOnly).map((one) => one.domain.replace(/^\./, '')))];
      },
      async close() {
        await end();
      },
    };
  };

  const onKey = (command: KeyCommand): void => {
    if (!sight.at) return;
    const event = eventOfKey(command);
    if (event.kind === 'keyboard-left') keyboardLeaves(event);
    else emit(event);
  };
  return { take, onKey, end, exited: browser.exited };
};
