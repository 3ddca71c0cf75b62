/** Where our screens want a guest, and whether its window in front may be seen there now. */
import { isDeepStrictEqual } from 'node:util';
import type { Rect } from '../port.ts';
import type { GuestWindow } from './guest-window.ts';

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
  /** Where on the screen it is shown, or will be; undefined until our screens have told. */
  expected(): Rect | undefined;
  /**
   * Our screens hide it, and will show it at this place of the kiosk view: it gets that size already. False: nothing
   * has changed.
   */
  expect(later: Rect): boolean;
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
  let latest: Rect | undefined;
  let veiled = false;
  const isFree = (): boolean => {
    const window = front();
    return at !== undefined && !veiled && window !== undefined && !isForbidden(window);
  };
  const expected = (): Rect | undefined => {
    const { x, y } = screen();
    return latest && { ...latest, x: x + latest.x, y: y + latest.y };
  };
  const place = async (): Promise<void> => {
    const there = expected();
    if (there && isFree()) await front()?.frame?.show(there);
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
      latest = rect ?? latest;
    },
    expected,
    expect(later) {
      if (isDeepStrictEqual(later, latest)) return false;
      latest = later;
      const there = expected();
      if (there) front()?.frame?.place(there);
      return true;
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
