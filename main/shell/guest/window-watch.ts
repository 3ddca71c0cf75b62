/**
 * Hides and closes any top-level window that is not ours. The X server reports each new window, so there is no polling
 * and no external program, and a busy machine slows it down little. It is the second lock, for windows that the
 * DevTools protocol does not report: a system dialog, or a program that was started.
 */
import type { Logger } from '../../log/logger.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import type { XFrames } from '../../platform/x11/frames.ts';
import type { WindowFacts, XWindows } from '../../platform/x11/windows.ts';

export interface WindowWatchDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly windows: XWindows;
  /** Pids of our browsers: each may have one window, plus those that a frame waits for. */
  readonly browsers: () => ReadonlySet<number>;
  /** Whether a window of one of our browsers may be its own window. */
  readonly mayBeOurs: (id: number, facts: WindowFacts) => boolean;
  /** Our frames, which contain the windows of sites. Undefined before the first one. */
  readonly frames: () => Pick<XFrames, 'isFrame' | 'windowsOf' | 'isAwaited'> | undefined;
  /** A page of one of our browsers has captured the mouse. */
  readonly onCapture?: () => void;
}

export interface WindowWatch {
  stop(): void;
}

/** A window that does not close in this time is destroyed. */
const CLOSE_TIMEOUT_MS = 1_000;
const LOOK_AGAIN_MS = 100;
/** Window types of a site's select lists, date pickers and tooltips; they close by themselves. */
export const PASSING_TYPES = [
  'MENU',
  'COMBO',
  'DROPDOWN_MENU',
  'POPUP_MENU',
  'TOOLTIP',
  'DND',
  'NOTIFICATION',
] as const;

/** Chromium's own menus ask to stay above all others; a page's select lists, which have the same type, do not. */
const isMenuOfBrowser = ({ types, above }: WindowFacts): boolean => above && types.includes('MENU');

/**
 * The drag image follows the pointer everywhere, even over the bar; the page draws it, up to the size of the screen.
 */
const isDragged = ({ types }: WindowFacts): boolean => types.includes('DND');

/**
 * Chromium says "press Esc to show your pointer" over a page that has captured the mouse, and no page can prevent that.
 * The suggestions under a text field are the same type of window, but hold no mouse.
 */
const mayBeNotice = ({ types, above }: WindowFacts): boolean => above && types.includes('NOTIFICATION');

export const startWindowWatch = async (deps: WindowWatchDeps): Promise<WindowWatch> => {
  const { windows } = deps;
  /** Windows that existed before we started belong to the user of the desktop. */
  const judged = new Set<number>(await windows.managed());
  /** The one window of each browser. */
  const ours = new Map<number, number>();
  let stopped = false;
  // `onEnd` below reports the end of the connection
  const quietly = (work: Promise<void>): void => void work.catch(() => undefined);
  /** A framed window is no longer on the window manager's list. */
  const isItsOwn = (pid: number, id: number): boolean => {
    const framed = deps.frames()?.windowsOf(pid);
    return framed && framed.size > 0 ? framed.has(id) : [undefined, id].includes(ours.get(pid));
  };

  /**
   * The X server gives the id of a window that has gone to the next one: a window of ours must not be destroyed for it.
   */
  const destroy = async (id: number, { pid }: WindowFacts): Promise<void> => {
    const now = await windows.factsOf(id);
    if (stopped || now === undefined) return;
    if (now.pid === pid) return windows.destroy(id);
    judged.delete(id);
    await look();
  };
  const close = (id: number, facts: WindowFacts): void => {
    windows.hide(id); // hide first: closing is slow, and the owner may refuse it
    windows.askToClose(id);
    deps.logger.log('shell.window-closed', { type: facts.class === '' ? 'window' : facts.class });
    deps.clock.after(CLOSE_TIMEOUT_MS, () => quietly(destroy(id, facts)));
  };

  /** As long as the notice is there, a page may give the mouse back and capture it again without another one. */
  const lookUnderNotice = async (id: number): Promise<void> => {
    while (!stopped && (await windows.isShown(id))) {
      if (await windows.isPointerHeld()) {
        deps.onCapture?.();
        // Chromium would use a hidden one again, and the next capture would show none.
        return windows.destroy(id);
      }
      await sleep(deps.clock, LOOK_AGAIN_MS);
    }
  };

  const judge = async (id: number, managed: boolean): Promise<void> => {
    if (judged.has(id) || deps.frames()?.isFrame(id)) return;
    judged.add(id);
    const facts = await windows.factsOf(id);
    if (facts === undefined || stopped) return; // it is gone already
    const isBrowser = facts.pid !== undefined && deps.browsers().has(facts.pid);
    if (!managed && isBrowser && isDragged(facts)) {
      windows.hide(id); // the drag continues without its image
      judged.delete(id); // check it again if it is shown again
      return;
    }
    if (!managed && isBrowser && mayBeNotice(facts)) {
      judged.delete(id); // check it again if it is shown again
      return lookUnderNotice(id);
    }
    if (!managed) {
      // The window manager's own windows have no pid and no class.
      const isPiece = facts.pid === undefined && facts.class === '';
      const passes = isPiece || (isBrowser && facts.types.length > 0 && !isMenuOfBrowser(facts));
      if (!passes) close(id, facts);
      // Where a site is enlarged for a person's text size, Chromium places its lists as if they were enlarged too: the
      // last options would be below the screen.
      else if (isBrowser) windows.keepOnScreen(id);
      return;
    }
    if (facts.pid === undefined || !isBrowser || !deps.mayBeOurs(id, facts)) return close(id, facts);
    if (deps.frames()?.isAwaited(facts.pid, facts.role) === true) {
      judged.delete(id); // its frame will adopt it; otherwise it is judged with the next change
      return;
    }
    if (isItsOwn(facts.pid, id)) {
      ours.set(facts.pid, id);
      // Chromium puts the page's title into the window name: "Mon compte – Mme X". No switch prevents that for a window
      // without bars.
      windows.keepName(id, 'point-numerique');
    } else close(id, facts);
  };

  const look = async (): Promise<void> => {
    const now = await windows.managed();
    for (const [pid, id] of ours) if (!now.includes(id)) ours.delete(pid);
    for (const id of judged) if (!now.includes(id)) judged.delete(id);
    await Promise.all(now.map((id) => judge(id, true)));
  };

  windows.onEvent((event) => quietly(event.kind === 'list-changed' ? look() : judge(event.id, false)));
  windows.onEnd(() => stopped || deps.logger.log('shell.no-window-watch'));
  // Windows that appeared between the first list and the first event.
  quietly(look());
  return {
    stop() {
      stopped = true;
      windows.end();
    },
  };
};
