/** Keeps a window that a page opened, if a press requested it: frames it, arms its page and lets it run. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { XFrames } from '../../platform/x11/frames.ts';
import { CdpLate, type CdpSession } from '../guest/cdp-session.ts';
import type { beginGuestPage } from '../guest/guest-page.ts';
import type { GuestFrame } from './guest-frame.ts';
import type { GuestWindow } from './guest-window.ts';
import type { GuestWindows } from './guest-windows.ts';
import type { GuestZoom } from './guest-zoom.ts';
import type { PageBeside } from './one-page.ts';
import { GUEST_CLASS } from './switches.ts';
import type { WindowRequests } from './window-requests.ts';
import { SIZED_WITHIN_MS } from './window-size.ts';

export interface KeepBesideDeps {
  readonly clock: Clock;
  readonly frames: XFrames;
  readonly pid: number;
  readonly root: CdpSession;
  readonly windows: GuestWindows;
  readonly wanted: WindowRequests;
  readonly zoom: GuestZoom;
  /** Frames the next window of this role, as long as `isOpen`. */
  readonly newFrame: (isOpen: () => boolean, role: string) => Promise<GuestFrame>;
  readonly beginPage: (window: GuestWindow) => ReturnType<typeof beginGuestPage>;
}

/** Window role that Chromium gives to windows without bars. */
const POPUP_ROLE = 'pop-up';

/** False: nobody requested it, or it can't be kept. */
export const keepBeside = async (deps: KeepBesideDeps, beside: PageBeside): Promise<boolean> => {
  const { windows } = deps;
  // Its window may appear before its page's request is reported: the watch must not close it meanwhile.
  const decided = deps.frames.expect({ pid: deps.pid, class: GUEST_CLASS, role: POPUP_ROLE });
  const ask = await deps.wanted.next().finally(decided);
  if (!ask) return false;
  const window = windows.add(beside);
  const isOpen = (): boolean => windows.of(beside.targetId) !== undefined;
  // Framed as soon as it appears: until then nothing hides what the browser shows in it.
  const framed = deps.newFrame(isOpen, POPUP_ROLE);
  let runs = false;
  /** If it were closed while it is paused, its opener would stay paused for ever: then the caller closes it. */
  const close = (): void => {
    if (!runs) return windows.gone(beside.targetId);
    // It may have closed by itself.
    void deps.root.send('Target.closeTarget', { targetId: beside.targetId }).catch(() => undefined);
  };
  const giveUp = (): void => {
    if (!isOpen()) return; // its page closed it: some only see whether windows are allowed
    close();
    windows.gone(beside.targetId);
    ask.leadHere();
  };
  framed.then((frame) => windows.framed(window, frame), giveUp);
  const begun = await deps
    .beginPage(window)
    .catch((error: unknown) => (error instanceof CdpLate ? giveUp() : windows.gone(beside.targetId)));
  if (!begun) return false;
  window.page = begun;
  // On a slow site it answers late, but is armed anyway. Any other error means that it is gone, or that nothing may be
  // shown in it.
  begun.armed.catch((error: unknown) => error instanceof CdpLate || close());
  // Its first script reads the size, which comes with the frame. That usually takes some tens of milliseconds.
  await withTimeout(deps.clock, SIZED_WITHIN_MS, 'the frame of a window', framed).catch(() => undefined);
  if (!isOpen()) {
    begun.stop();
    return false;
  }
  runs = true;
  deps.zoom.applyTo(beside);
  beside.resume();
  return true;
};
