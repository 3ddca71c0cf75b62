/** A guest: one Chromium process whose page is armed before anyone may use it. */
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import type { XFrames } from '../../platform/x11/frames.ts';
import type { AskKeys } from '../guest/certificate-pins.ts';
import { createFreshInput } from '../guest/fresh-input.ts';
import type { ClosedEgress } from '../guest/guest-egress.ts';
import { watchGuest, type GuestLimits } from '../guest/guest-limits.ts';
import { openRequestGate, type RequestGate, type RequestGateDeps } from '../guest/request-gate.ts';
import type { KeyCommand } from '../guest/reserved-keys.ts';
import type { BlockReason, Guest, GuestEvent, GuestOptions, Rect } from '../port.ts';
import { waitForBlankPage } from './blank-page.ts';
import type { BrowserProcess } from './browser-process.ts';
import { catchDownloads } from './downloads.ts';
import { frameWindow, type GuestFrame } from './guest-frame.ts';
import { createGuestKeyboard } from './guest-keyboard.ts';
import { createGuestSight } from './guest-sight.ts';
import type { GuestWindow } from './guest-window.ts';
import { createGuestWindows, type GuestWindows } from './guest-windows.ts';
import { createGuestZoom } from './guest-zoom.ts';
import { createJourneyRules, type JourneyRules } from './journey-rules.ts';
import { keepBeside } from './keep-beside.ts';
import { restrictToOnePage, type PageBeside } from './one-page.ts';
import { beginPageIn } from './page-in-window.ts';
import { handlePrintRequests } from './print-requests.ts';
import { downloadsOf } from './profile.ts';
import { requireOurCache, requireOurProxy, requireOurUrls, requireOurWebRtc } from './require-our-switches.ts';
import { createSessionGuest } from './session-guest.ts';
import { trackStrayPages } from './stray-pages.ts';
import { trackWindowRequests } from './window-requests.ts';

export interface ChromiumGuestDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly randomName: () => string;
  readonly files: Pick<Files, 'exists'>;
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
  /** Rejects when the browser, while it waited, has stopped sending through our proxy: it must be ended. */
  stillOurs(): Promise<void>;
  /** Assigns the guest to a session. Called once. */
  take(options: GuestOptions): Guest;
  /** A reserved key was pressed for it. Ignored while it is hidden. */
  onKey(command: KeyCommand): void;
  end(): Promise<boolean>;
  readonly exited: Promise<void>;
}

const refusedPage = (url: string, reason: BlockReason, egress: ClosedEgress): GuestEvent =>
  reason === 'certificate'
    ? { kind: 'load-failed', url, fault: egress.certificateRefused(new URL(url).hostname, 'pinned'), kept: true }
    : { kind: 'blocked', url, reason };

interface GateParts
  extends Pick<ChromiumGuestDeps, 'keysOf' | 'egress' | 'logger'>, Pick<RequestGateDeps, 'isIntruder'> {
  readonly clock: Clock;
  readonly root: BrowserProcess['root'];
  readonly rules: JourneyRules;
  readonly held: GuestWindows;
}

/** What is refused or fails is told to the window that asked for it. */
const gateOf = ({ clock, root, rules, held, keysOf, egress, logger, isIntruder }: GateParts): RequestGateDeps => {
  const handleIn = (frameId: string, event: GuestEvent): void => {
    const window = held.of(frameId);
    if (window) held.handleEvent(window, event);
  };
  return {
    clock,
    session: root,
    policy: rules,
    keysOf,
    isMainFrame: (frameId) => held.of(frameId) !== undefined,
    isIntruder,
    resolve: egress.resolve,
    onBlocked(request, verdict, frameId) {
      if (request.kind === 'main-frame') {
        handleIn(frameId, refusedPage(request.url, verdict.reason, egress));
        handleIn(frameId, { kind: 'loading', loading: false });
      } else logger.log('guest.request-refused', { kind: request.kind, reason: verdict.reason });
    },
    onFault: (url, fault, frameId) => handleIn(frameId, { kind: 'load-failed', url, fault }),
    onAsked: (document, frameId) => held.of(frameId)?.page?.documentAsked(document),
  };
};

export const armChromiumGuest = async (deps: ChromiumGuestDeps, browser: BrowserProcess): Promise<ArmedGuest> => {
  const { root } = browser;
  // eslint-disable-next-line prefer-const -- a window may open before the first one is held
  let windows: GuestWindows | undefined;
  const sight = createGuestSight({
    screen: deps.screen,
    front: () => windows?.front(),
    isForbidden: (window) => strays.has(window),
  });
  let listener: (event: GuestEvent) => void = ({ kind }) => kind === 'crashed' && browser.kill(); // nobody has it yet
  let ended = false;
  let crashReported = false;
  const emit = (event: GuestEvent): void => {
    if (ended || (event.kind === 'crashed' && crashReported)) return;
    if (event.kind === 'crashed') crashReported = true;
    listener(event);
  };

  /** Reported as a crash: the person may start again. */
  const kill = (log: () => void): void => {
    if (ended) return;
    log();
    browser.kill();
  };

  const rules = createJourneyRules({ logger: deps.logger, emit });
  const strays = trackStrayPages({
    clock: deps.clock,
    goBack: async (window) => windows?.goBack(window),
    isOpen: (window) => !ended && windows?.of(window.targetId) !== undefined,
    onChange: () => sight.update(),
    onStuck: () => kill(() => deps.logger.log('guest.page-not-left')),
  });
  const keyboard = createGuestKeyboard({
    sight,
    front: () => windows?.front(),
    keyboardToScreens: deps.keyboardToScreens,
    emit,
  });
  const prints = handlePrintRequests({
    clock: deps.clock,
    root,
    onWanted: () => strays.any() || emit({ kind: 'print-wanted' }),
    onDialog: sight.veil,
    onStuck: () => emit({ kind: 'crashed' }),
    onFailed: () => deps.logger.log('guest.print-not-taken'),
  });
  const wanted = trackWindowRequests(deps.clock);
  let keep: (page: PageBeside) => Promise<boolean> = async () => false;
  const page = await restrictToOnePage({
    clock: deps.clock,
    root,
    keepBeside: (beside) => keep(beside),
    onGoneBeside: (targetId) => windows?.gone(targetId),
    onIntruder: (type) => {
      deps.logger.log('shell.window-closed', { type });
      keyboard.returns();
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
      emit,
      mayShow: (origin) => rules.refusal(origin) === undefined,
      onFront: (front, before) => bringForward(front, before),
    },
    { ...page, frame: await newFrame(() => !ended) },
  );
  windows = held;
  const freshInput = createFreshInput(deps);
  const pagesBehind =
    (gate: RequestGate) =>
    (window: GuestWindow): ReturnType<typeof beginPageIn> =>
      beginPageIn({ ...deps, freshInput, rules, windows: held, wanted, strays, prints, keyboard, gate }, window);
  const zoom = createGuestZoom({ place: sight.expected, front: held.front });
  const initial = held.front();
  let webRtcChecked = false;
  try {
    const gate = await openRequestGate(gateOf({ ...deps, root, rules, held, isIntruder: page.isIntruder }));
    const beginPage = pagesBehind(gate);
    const { armed } = (initial.page = await beginPage(initial));
    await armed;
    await waitForBlankPage(initial.session, deps.clock);
    await requireOurProxy(deps, initial.session);
    await requireOurCache(deps, browser.profile);
    await requireOurUrls(deps, initial.session);
    webRtcChecked = await requireOurWebRtc(deps, initial.session);
    const besideDeps = { ...deps, pid: browser.pid, root, windows: held, wanted, zoom, newFrame, beginPage };
    keep = (beside) => keepBeside(besideDeps, beside);
    await catchDownloads({
      root,
      folder: downloadsOf(browser.profile),
      take: browser.takeDownload,
      emit,
      onDocument: held.tookDocument,
    });
  } catch (error) {
    ended = true;
    held.stop(); // its frame, and the timers of its page
    throw error;
  }
  void browser.exited.then(() => emit({ kind: 'crashed' }));

  const bringForward = async (front: GuestWindow, before: GuestWindow): Promise<void> => {
    const inside = front.number > 0 && keyboard.enters();
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

  const take = (options: GuestOptions): Guest => {
    rules.open(options.policy);
    deps.egress.open(options.policy);
    listener = options.on;
    crashReported = false;
    stopWatch = watchGuest({
      clock: deps.clock,
      limits: deps.limits,
      use: browser.use,
      onExcess: (what) => kill(() => deps.logger.log('guest.took-too-much', { what })),
    });
    return createSessionGuest(page.targetId, {
      ...deps,
      root,
      windows: held,
      sight,
      zoom,
      prints,
      strays,
      keyboard,
      onSilent: () => kill(() => deps.logger.log('guest.browser-silent')),
      end,
    });
  };

  const stillOurs = async (): Promise<void> => {
    await requireOurProxy(deps, initial.session);
    if (!webRtcChecked) await requireOurWebRtc(deps, initial.session); // the network has come since
  };

  return { stillOurs, take, onKey: keyboard.onKey, end, exited: browser.exited };
};
