/**
 * Any top-level window that is not one of ours is put out of sight and closed. X tells of each new window by itself:
 * nothing is polled, and no program is started, so that a busy machine makes it little slower. The second lock, should a
 * browser open a window that the protocol does not show: a dialog of the system, a program started by somebody.
 */
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { XFrames } from '../../platform/x-frames.ts';
import type { WindowFacts, XWindows } from '../../platform/x-windows.ts';

export interface WindowWatchDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly windows: XWindows;
  /** Process numbers of our browsers: each may have one window, and those that a frame waits for. */
  readonly browsers: () => ReadonlySet<number>;
  /** Whether a window of one of our browsers may be that one. */
  readonly mayBeOurs: (id: number, facts: WindowFacts) => boolean;
  /** Ours too: they hold the windows of sites. Undefined before the first. */
  readonly frames: () => Pick<XFrames, 'isFrame' | 'windowsOf' | 'isAwaited'> | undefined;
}

export interface WindowWatch {
  stop(): void;
}

/** A window that was asked to close and stays is destroyed. */
const GOES_WITHIN_MS = 1_000;
/** What a list of choices, a date picker or a tooltip of a site is drawn with; they close by themselves. */
export const PASSING_TYPES = [
  'MENU',
  'COMBO',
  'DROPDOWN_MENU',
  'POPUP_MENU',
  'TOOLTIP',
  'DND',
  'NOTIFICATION',
] as const;

/** Chromium lays a menu of its own above all others; a list of choices of a page, drawn with the same type, it does not. */
const isMenuOfBrowser = ({ types, above }: WindowFacts): boolean => above && types.includes('MENU');

/** What is dragged follows the pointer everywhere, over the bar too; its page draws it as it likes, as large as the screen. */
const isDragged = ({ types }: WindowFacts): boolean => types.includes('DND');

export const startWindowWatch = async (deps: WindowWatchDeps): Promise<WindowWatch> => {
  const { windows } = deps;
  /** Windows that were there before us belong to whoever sits at this desktop. */
  const settled = new Set<number>(await windows.managed());
  /** The one window of each browser. */
  const ours = new Map<number, number>();
  let stopped = false;
  /** In its frame, a window is in the window manager's list no longer. */
  const isItsOwn = (pid: number, id: number): boolean => {
    const framed = deps.frames()?.windowsOf(pid);
    return framed && framed.size > 0 ? framed.has(id) : [undefined, id].includes(ours.get(pid));
  };

  const close = (id: number, windowClass: string): void => {
    windows.hide(id); // out of sight first: closing may take its time, and asks the owner's leave
    windows.askToClose(id);
    deps.logger.log('shell.window-closed', { type: windowClass === '' ? 'window' : windowClass });
    deps.clock.after(GOES_WITHIN_MS, () => stopped || windows.destroy(id));
  };

  const judge = async (id: number, managed: boolean): Promise<void> => {
    if (settled.has(id) || deps.frames()?.isFrame(id)) return;
    settled.add(id);
    const facts = await windows.factsOf(id);
    if (facts === undefined || stopped) return; // it went while we asked
    const isBrowser = facts.pid !== undefined && deps.browsers().has(facts.pid);
    if (!managed && isBrowser && isDragged(facts)) {
      windows.hide(id); // the drag goes on without its picture
      settled.delete(id); // and is hidden again, should it be shown again
      return;
    }
    if (!managed) {
      // The window manager's own pieces say nothing of themselves.
      const isPiece = facts.pid === undefined && facts.class === '';
      const passes = isPiece || (isBrowser && facts.types.length > 0 && !isMenuOfBrowser(facts));
      if (!passes) close(id, facts.class);
      return;
    }
    if (facts.pid === undefined || !isBrowser || !deps.mayBeOurs(id, facts)) return close(id, facts.class);
    if (deps.frames()?.isAwaited(facts.pid, facts.role) === true) return; // its frame takes it
    if (isItsOwn(facts.pid, id)) {
      ours.set(facts.pid, id);
      // Chromium calls it after the page: "Mon compte – Mme X". No switch of its own prevents it for a window without a bar.
      windows.keepName(id, 'point-numerique');
    } else close(id, facts.class);
  };

  const look = async (): Promise<void> => {
    const now = await windows.managed();
    for (const [pid, id] of ours) if (!now.includes(id)) ours.delete(pid);
    for (const id of settled) if (!now.includes(id)) settled.delete(id);
    await Promise.all(now.map((id) => judge(id, true)));
  };

  const quietly = (work: Promise<void>): void => void work.catch(() => undefined); // the end of X is told below
  windows.onEvent((event) => quietly(event.kind === 'list-changed' ? look() : judge(event.id, false)));
  windows.onEnd(() => stopped || deps.logger.log('shell.no-window-watch'));
  // What appeared between the first list and the first event.
  quietly(look());
  return {
    stop() {
      stopped = true;
      windows.end();
    },
  };
};
