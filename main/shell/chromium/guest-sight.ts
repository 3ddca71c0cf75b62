/** Where our screens want a guest, and whether its window in front may be seen there now. */
import type { Rect } from '../port.ts';
import type { GuestWindow } from './guest-windows.ts';

export interface GuestSightDeps {
  /** Position of the kiosk view on the screen. */
  readonly screen: () => Rect;
  /** Undefined before the first window is held. */
  readonly front: () => GuestWindow | undefined;
  /** What the window shows must not be seen. */
  readonly isForbidden: (window: GuestWindow) => boolean;
}

export interface GuestSight {
  /** In the kiosk view; undefined while our screens hide the guest. */
  at: Rect | undefined;
  /** Our screens want it, and nothing lies in it that nobody may see. */
  isFree(): boolean;
  /** Shows the window in front at its place. Does nothing while it must not be seen: `update` shows it then. */
  place(): Promise<void>;
  /** Shows or hides the window in front at once: `isForbidden` has changed. */
  update(): void;
  /** The browser has drawn something of its own in a window, which nobody may see or press; false: it is gone. */
  veil(drawn: boolean): void;
}

export const createGuestSight = ({ screen, front, isForbidden }: GuestSightDeps): GuestSight => {
  let at: Rect | undefined;
  let veiled = false;
  const isFree = (): boolean => {
    const window = front();
    return at !== undefined && !veiled && window !== undefined && !isForbidden(window);
  };
  const place = async (): Promise<void> => {
    if (!at || !isFree()) return;
    const { x, y } = screen();
    await front()?.frame?.show({ ...at, x: x + at.x, y: y + at.y });
  };
  const update = (): void => {
    if (isFree())
      void place().catch(() => undefined); // the window is gone
    else front()?.frame?.hide();
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
    update,
    veil(drawn) {
      veiled = drawn;
      update();
    },
  };
};
