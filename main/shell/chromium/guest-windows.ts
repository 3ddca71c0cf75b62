/**
 * The pages of a guest: the initial one, and those that its pages opened beside it. Each has its own window and frame.
 * The one shown last is in front; the others are hidden and keep running. To its listener the guest is one page.
 */
import type { Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import type { GuestPage } from '../guest/guest-page.ts';
import { IS_EMPTY } from '../guest/page-events.ts';
import type { GuestEvent } from '../port.ts';
import { originOf } from './empty-window.ts';
import type { GuestFrame } from './guest-frame.ts';
import type { PageBeside } from './one-page.ts';

type Navigated = Extract<GuestEvent, { kind: 'navigated' }>;

export interface GuestWindow {
  readonly targetId: string;
  readonly session: CdpSession;
  /** 0 is the initial page. */
  readonly number: number;
  page: GuestPage | undefined;
  frame: GuestFrame | undefined;
  /** It has been shown, because it loaded something or took long. */
  shown: boolean;
  at: Navigated | undefined;
  /** Another page holds it: every page of its origin may write into it while it is empty. */
  isHeld: boolean;
  emptySinceMs: number;
  /** It navigated to another page while hidden. */
  left: boolean;
  loading: GuestEvent | undefined;
  /** A load failure not reported yet, because the window was not shown yet. */
  failed: GuestEvent | undefined;
  hung: boolean;
  isForDocument: boolean;
  readonly dialogs: Set<string>;
  cancelTimer: () => void;
}

export interface GuestWindowsDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
  readonly emit: (event: GuestEvent) => void;
  /** Whether a page of this origin may be shown. */
  readonly mayShow: (origin: string) => boolean;
  /** Another window is in front. Resolves when it is in place and the previous one is hidden. */
  readonly onFront: (front: GuestWindow, before: GuestWindow) => Promise<void>;
}

export interface GuestWindows {
  readonly front: () => GuestWindow;
  /** Adds a window that is not shown yet. */
  add(page: Omit<PageBeside, 'resume'>): GuestWindow;
  isFull(): boolean;
  /** The window whose main frame has this id. */
  of(frameId: string): GuestWindow | undefined;
  handleEvent(window: GuestWindow, event: GuestEvent): void;
  /** Its window is now in its frame. */
  framed(window: GuestWindow, frame: GuestFrame): void;
  gone(targetId: string): void;
  /** What this frame requested is being downloaded: a window opened only for that has nothing to show. */
  tookDocument(frameId: string, goesOn: boolean): void;
  /** One of the pages waits for the answer to a dialog. Pages of the same process are then paused with it. */
  inDialog(): boolean;
  /** The window that a question of the guest came from, and its own id of the question. */
  asker(id: string): readonly [window: GuestWindow, id: string];
  /** Goes back one page; from the first page of a window, to the page that opened it. */
  goBack(window?: GuestWindow): Promise<void>;
  stop(): void;
}

/** More would be hard to find the way back through. */
const MOST_BESIDE = 3;
/** A window that a script only writes into emits no navigation: show it after this delay. */
const IN_SIGHT_AFTER_MS = 1_500;

/** How long a window that may not be shown empty may wait for its page. It takes the place of another one. */
const EMPTY_FOR_MS = 60_000;

const isBlank = (url: string): boolean => url === '' || url.startsWith('about:blank');

export const createGuestWindows = (
  deps: GuestWindowsDeps,
  first: { readonly targetId: string; readonly session: CdpSession; readonly frame: GuestFrame },
): GuestWindows => {
  const { emit, root } = deps;
  let count = 0;
  const make = (one: { readonly targetId: string; readonly session: CdpSession }): GuestWindow => ({
    targetId: one.targetId,
    session: one.session,
    number: count++,
    page: undefined,
    frame: undefined,
    shown: false,
    at: undefined,
    isHeld: false,
    emptySinceMs: deps.clock.monotonicMs(),
    left: false,
    loading: undefined,
    failed: undefined,
    hung: false,
    isForDocument: false,
    dialogs: new Set(),
    cancelTimer: () => undefined,
  });
  const all = new Map<string, GuestWindow>();
  /** The guest has ended: a window that reaches its frame only now would lie, empty, over the next screen. */
  let ended = false;
  const initial = make(first);
  Object.assign(initial, { frame: first.frame, shown: true });
  all.set(first.targetId, initial);
  /** In the order in which they were shown. */
  const shown: GuestWindow[] = [initial];
  const front = (): GuestWindow => shown.at(-1) ?? initial;

  /** Several pages may send or play: only the first start and the last end are reported. */
  const activity = { sending: new Set<GuestWindow>(), media: new Set<GuestWindow>() };
  const reportActivity = (kind: 'sending' | 'media', window: GuestWindow, goesOn: boolean): void => {
    const those = activity[kind];
    const before = those.size > 0;
    if (goesOn) those.add(window);
    else those.delete(window);
    if (those.size > 0 === before) return;
    emit(kind === 'sending' ? { kind, sending: goesOn } : { kind, playing: goesOn });
  };

  /** When the person last typed into a page that still holds it: what another window sends is not that text. */
  const written = new Map<GuestWindow, number>();

  /** Emits the position as the listener sees it. */
  const emitPosition = (window: GuestWindow, sameDocument: boolean): void => {
    const { url, canGoBack } = window.at ?? { url: initial.at?.url ?? '', canGoBack: false };
    if (url === '') return;
    const back = window.number > 0 || canGoBack;
    const beside = window.left ? {} : { beside: true as const };
    window.left = false;
    emit({ ...window.at, kind: 'navigated', url, sameDocument, canGoBack: back, ...beside });
  };
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined); // the guest is closing
  const close = (window: GuestWindow): void => quietly(root.send('Target.closeTarget', { targetId: window.targetId }));

  const bringToFront = (window: GuestWindow): void => {
    if (window.shown || !window.frame || !all.has(window.targetId)) return;
    window.cancelTimer();
    const before = front();
    window.shown = true;
    shown.push(window);
    quietly(deps.onFront(window, before));
    emitPosition(window, false);
    if (window.failed) emit(window.failed);
    else if (window.loading) emit(window.loading);
  };
  const showIn = (window: GuestWindow, delayMs: number): void => {
    if (window.isForDocument && !window.at) return;
    window.cancelTimer();
    window.cancelTimer = deps.clock.after(delayMs, () =>
      window.at ? bringToFront(window) : void showEmpty(window, delayMs > 0),
    );
  };
  /**
   * What a frame of another site writes would be seen under the host of the démarche. That frame may still lead the
   * window to a page of the journey: `waited` is false while there was no time for that.
   */
  const showEmpty = async (window: GuestWindow, waited: boolean): Promise<void> => {
    const origin = window.isHeld ? await originOf(deps.clock, window.session, window.targetId) : undefined;
    if (ended || window.shown || window.at || !all.has(window.targetId)) return;
    if (origin === undefined || deps.mayShow(origin)) return bringToFront(window);
    if (waited && (!window.loading || deps.clock.monotonicMs() - window.emptySinceMs > EMPTY_FOR_MS))
      return void handlePageEvent(window, { kind: 'blocked', url: origin, reason: 'outside-journey' });
    showIn(window, IN_SIGHT_AFTER_MS);
  };
  /** A document that took long had its window shown empty. What an opener wrote into one stays in sight. */
  const closeAfterDocument = async (window: GuestWindow): Promise<void> => {
    // Nobody can write into a window without an opener, and it answers nothing before it has a page.
    if (window.shown && window.isHeld) {
      const { result } = await window.session.send('Runtime.evaluate', { expression: IS_EMPTY, returnByValue: true });
      if (result.value !== true || window.at) return;
    }
    close(window);
  };
  /** Takes it out of sight. The one shown before it is in front again, and `then` runs once that is seen. */
  const unshow = (window: GuestWindow, then: () => void = () => undefined): void => {
    const wasFront = window === front();
    if (window.shown) shown.splice(shown.indexOf(window), 1);
    window.shown = false;
    if (!wasFront) return then();
    const now = front();
    quietly(deps.onFront(now, window).finally(then));
    emit(now.loading ?? { kind: 'loading', loading: false });
    emitPosition(now, false);
    if (now.hung) emit({ kind: 'unresponsive' });
  };
  /** It has an empty page again: another page than before may have made it. */
  const emptied = (window: GuestWindow): void => {
    window.at = undefined;
    window.failed = undefined;
    window.emptySinceMs = deps.clock.monotonicMs();
    window.isHeld = true;
    if (!window.shown) return;
    unshow(window);
    showIn(window, 0);
  };

  const prefixedId = (window: GuestWindow, id: string): string => (window.number === 0 ? id : `${window.number}/${id}`);

  /** Handles the events about a page's URL and state, which are emitted for the front page only. */
  const handlePageEvent = (window: GuestWindow, event: GuestEvent): boolean => {
    const isFront = window === front();
    switch (event.kind) {
      case 'navigated':
        if (window.number > 0 && isBlank(event.url)) {
          if (!event.sameDocument) emptied(window);
          return true;
        }
        window.at = event;
        window.failed = undefined;
        if (!event.sameDocument) written.delete(window);
        if (window.number === 0 && !isFront && !event.sameDocument) window.left = true;
        if (!window.shown) bringToFront(window);
        else if (isFront && window.number === 0) emit(event);
        else if (isFront) emitPosition(window, event.sameDocument);
        return true;
      case 'load-failed':
        window.failed = event;
        if (!window.shown) void showEmpty(window, true);
        else if (isFront) emit(event);
        return true;
      case 'unresponsive':
      case 'responsive':
        window.hung = event.kind === 'unresponsive';
        if (isFront) emit(event);
        return true;
      case 'loading':
        window.loading = event.loading ? event : undefined;
        if (isFront) emit(event);
        return true;
      case 'blocked':
        if (isFront || !window.shown) emit(event);
        if (!window.shown) close(window);
        return true;
      default:
        return false;
    }
  };

  return {
    front,
    isFull: () => all.size > MOST_BESIDE,
    add(page) {
      const window = make(page);
      window.isHeld = page.hasOpener;
      all.set(page.targetId, window);
      return window;
    },
    of: (frameId) => all.get(frameId),
    handleEvent(window, event) {
      if (!all.has(window.targetId) || handlePageEvent(window, event)) return;
      if (event.kind === 'sending') reportActivity('sending', window, event.sending);
      else if (event.kind === 'media') reportActivity('media', window, event.playing);
      else if (event.kind === 'sent') {
        if ((written.get(window) ?? 0) <= event.requestedMs) written.delete(window);
        if (written.size === 0) emit(event);
      } else if (event.kind === 'written') {
        written.set(window, deps.clock.monotonicMs());
        emit(event);
      } else if (event.kind === 'file-wanted')
        emit({ ...event, request: { ...event.request, id: prefixedId(window, event.request.id) } });
      else if (event.kind === 'dialog' || event.kind === 'dialog-gone') {
        const id = prefixedId(window, event.id);
        if (event.kind === 'dialog') window.dialogs.add(id);
        else window.dialogs.delete(id);
        emit({ ...event, id });
      } else emit(event);
    },
    framed(window, frame) {
      window.frame = frame;
      if (ended || !all.has(window.targetId)) return frame.destroy(); // it closed meanwhile
      showIn(window, window.at || window.failed ? 0 : IN_SIGHT_AFTER_MS);
    },
    gone(targetId) {
      const window = all.get(targetId);
      if (!window || window === initial) return;
      all.delete(targetId);
      written.delete(window);
      window.cancelTimer();
      window.page?.stop();
      for (const id of window.dialogs) emit({ kind: 'dialog-gone', id });
      for (const kind of ['sending', 'media'] as const) reportActivity(kind, window, false);
      unshow(window, () => window.frame?.destroy());
    },
    tookDocument(frameId, goesOn) {
      const window = all.get(frameId);
      if (!window || window === initial || (window.shown && window.at)) return;
      if (!window.shown) {
        window.cancelTimer();
        window.isForDocument = true;
      }
      // Only at the end: closing earlier would cancel the download.
      if (!goesOn) quietly(closeAfterDocument(window));
    },
    inDialog: () => [...all.values()].some(({ page }) => page?.inDialog() === true),
    asker(id) {
      const [, number, own = id] = /^(\d+)\/(.*)$/s.exec(id) ?? [];
      const window = [...all.values()].find((one) => one.number === Number(number ?? 0));
      return [window ?? front(), own];
    },
    async goBack(window = front()) {
      if (!(await window.page?.goBack()) && window !== initial) close(window);
    },
    stop() {
      ended = true;
      for (const window of all.values()) {
        window.cancelTimer();
        window.page?.stop();
        window.frame?.destroy();
      }
    },
  };
};
