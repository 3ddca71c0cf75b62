/**
 * The pages of a guest: the initial one, and those that its pages opened beside it. Each has its own window and frame.
 * The one shown last is in front; the others are hidden and keep running. To its listener the guest is one page.
 */
import type { Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import { isEmptyPage } from '../guest/empty-page.ts';
import type { GuestEvent } from '../port.ts';
import { originOf } from './empty-window.ts';
import type { GuestFrame } from './guest-frame.ts';
import { newGuestWindow, type Attached, type GuestWindow } from './guest-window.ts';
import type { PageBeside } from './one-page.ts';
import { createWindowStack, type WindowStackDeps } from './window-stack.ts';
import { trackActivity } from './windows-activity.ts';

export interface GuestWindowsDeps extends WindowStackDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
  /** Whether a page of this origin may be shown. */
  readonly mayShow: (origin: string) => boolean;
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

/** Shown while its page took long, and nobody can have written into it. */
const isWhite = ({ shown, number, at, isHeld }: GuestWindow): boolean => shown && number > 0 && !at && !isHeld;

const prefixedId = (window: GuestWindow, id: string): string => (window.number === 0 ? id : `${window.number}/${id}`);

export const createGuestWindows = (
  deps: GuestWindowsDeps,
  first: Attached & { readonly frame: GuestFrame },
): GuestWindows => {
  const { emit, root } = deps;
  let count = 0;
  const make = (one: Attached): GuestWindow => newGuestWindow(one, count++, deps.clock.monotonicMs());
  const all = new Map<string, GuestWindow>();
  /** The guest has ended: a window that reaches its frame only now would lie, empty, over the next screen. */
  let ended = false;
  const initial = make(first);
  Object.assign(initial, { frame: first.frame, shown: true });
  all.set(first.targetId, initial);
  const stack = createWindowStack(deps, initial);
  const { front } = stack;
  const activity = trackActivity(deps.clock, emit);

  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined); // the guest is closing
  const close = (window: GuestWindow): void => quietly(root.send('Target.closeTarget', { targetId: window.targetId }));

  const showIn = (window: GuestWindow, delayMs: number): void => {
    if (window.isForDocument && !window.at) return;
    window.cancelTimer();
    window.cancelTimer = deps.clock.after(delayMs, () =>
      window.at ? stack.show(window) : void showEmpty(window, delayMs > 0),
    );
  };
  /**
   * What a frame of another site writes would be seen under the host of the démarche. That frame may still lead the
   * window to a page of the journey: `waited` is false while there was no time for that.
   */
  const showEmpty = async (window: GuestWindow, waited: boolean): Promise<void> => {
    const origin = window.isHeld ? await originOf(deps.clock, window.session, window.targetId) : undefined;
    if (ended || window.shown || window.at || !all.has(window.targetId)) return;
    if (origin === undefined || deps.mayShow(origin)) return stack.show(window);
    if (waited && (!window.loading || deps.clock.monotonicMs() - window.emptySinceMs > EMPTY_FOR_MS))
      return void handlePageEvent(window, { kind: 'blocked', url: origin, reason: 'outside-journey' });
    showIn(window, IN_SIGHT_AFTER_MS);
  };
  /** A document that took long had its window shown empty. What an opener wrote into one stays in sight. */
  const closeAfterDocument = async (window: GuestWindow): Promise<void> => {
    // Nobody can write into a window without an opener, and it answers nothing before it has a page.
    if (window.shown && window.isHeld && (!(await isEmptyPage(window.session)) || window.at)) return;
    close(window);
  };
  /** It has an empty page again: another page than before may have made it. */
  const emptied = (window: GuestWindow): void => {
    window.at = undefined;
    window.failed = undefined;
    window.emptySinceMs = deps.clock.monotonicMs();
    window.isHeld = true;
    if (!window.shown) return;
    stack.unshow(window);
    showIn(window, 0);
  };

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
        if (!event.sameDocument) window.isAwaited = false;
        if (!event.sameDocument) activity.newDocument(window);
        if (window.number === 0 && !isFront && !event.sameDocument) window.left = true;
        if (!window.shown) stack.show(window);
        else if (isFront && window.number === 0) emit(event);
        else if (isFront) stack.emitPosition(window, event.sameDocument);
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
        window.isAwaited = event.loading;
        if (isFront) emit(event);
        return true;
      case 'blocked':
        // Out of sight before the event is emitted: the page below it would remove the listener's cover.
        if (isWhite(window)) stack.unshow(window);
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
      if (!all.has(window.targetId) || handlePageEvent(window, event) || activity.handleEvent(window, event)) return;
      if (event.kind === 'file-wanted')
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
      window.cancelTimer();
      window.page?.stop();
      for (const id of window.dialogs) emit({ kind: 'dialog-gone', id });
      activity.gone(window);
      stack.unshow(window, () => window.frame?.destroy());
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
