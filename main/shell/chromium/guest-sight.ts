/** Where our screens want a guest, and whether its window in front may be seen there now. */
import type { Rect } from '../port.ts';
import type { GuestWindow } from './guest-windows.ts';

export interface GuestSightDeps {
  /** Position of the kiosk view on the screen. */
  readonly screen: () => Rect;
  /** Undefined before the first window is held. */
  readonly front: () => Pick<GuestWindow, 'frame'> | undefined;
}

export interface GuestSight {
  /** In the kiosk view; undefined while our screens hide the guest. */
  at: Rect | undefined;
  /** Our screens want it, and nothing lies in it that nobody may see. */
  isFree(): boolean;
  /** Shows the window in front at its place. Does nothing while it must not be seen: `veil` shows it then. */
  place(): Promise<void>;
  /** The browser has drawn something of its own in a window, which nobody may see or press; false: it is gone. */
  veil(drawn: boolean): void;
}

export const createGuestSight = ({ screen, front }: GuestSightDeps): GuestSight => {
  let at: Rect | undefined;
  let veiled = false;
  const isFree = (): boolean => at !== undefined && !veiled;
  const place = async (): Promise<void> => {
    if (!at || !isFree()) return;
    const { x, y } = screen();
    await front()?.frame?.show({ ...at, x: x + at.x, y: y + at.y });
  };
  return {
    get at() {
      return at;
    },
    set at(rect) {
      at = rect;
    },
    isFree,
    place,
    veil(drawn) {
      veiled = drawn;
      if (drawn) front()?.frame?.hide();
      else void place().catch(() => undefined); // the window is gone
    },
  };
};
