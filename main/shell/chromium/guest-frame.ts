/**
 * Puts a guest's window into a frame of ours. The guest is not shown before it is in the frame, nor while it is out of
 * it.
 */
import { sleep, type Clock } from '../../platform/clock.ts';
import type { XFrame } from '../../platform/x11/frame.ts';
import type { XFrames } from '../../platform/x11/frames.ts';
import type { XRect } from '../../platform/x11/places.ts';
import { GUEST_CLASS } from './switches.ts';

/** Class by which the kiosk's window manager recognizes frames: `resources/os/linux/openbox/rc.xml`. */
export const FRAME_CLASS = 'point-numerique-site';

export interface GuestFrame {
  /** Resolves when it is in place, or when a newer call replaced this one. */
  show(at: XRect): Promise<void>;
  /** Gives it that place and size while it is hidden. */
  place(at: XRect): void;
  /** Gives the site the focus, whichever window has it. */
  takeKeyboard(): void;
  /** For the next moments, gives it the focus whenever no window has it. */
  keepKeyboard(): void;
  /** At once, however busy the browser is. */
  hide(): void;
  destroy(): void;
}

/** Five seconds in all, for a slow window manager. */
const TRIES = 250;
const AGAIN_AFTER_MS = 20;
/** Attempts between two requests to a busy window manager: the first may only be late. */
const RETRY_EVERY = 10;

const waitForAdoption = async (clock: Clock, frame: XFrame, isOpen: () => boolean): Promise<void> => {
  for (let attempt = 0; attempt < TRIES && isOpen(); attempt++) {
    if (await frame.adopt()) return;
    await sleep(clock, AGAIN_AFTER_MS);
  }
  throw new Error('the window of the guest never came into its frame');
};

/** `isOpen`: the page of the window is still there. A frame that waited on would take the window of the next page. */
export const frameWindow = async (
  { clock, frames }: { readonly clock: Clock; readonly frames: XFrames },
  window: { readonly pid: number; readonly role: string | undefined; readonly at: XRect | undefined },
  isOpen: () => boolean,
): Promise<GuestFrame> => {
  const frame = frames.make({ ...window, class: GUEST_CLASS });
  try {
    await waitForAdoption(clock, frame, isOpen);
  } catch (error) {
    frame.destroy();
    throw error;
  }
  let wish = 0;
  return {
    async show(at) {
      const mine = ++wish;
      for (let attempt = 0; attempt < TRIES && mine === wish; attempt++) {
        if (attempt % RETRY_EVERY === 0) frame.show(at);
        if (await frame.isPlaced()) return frame.focus();
        await sleep(clock, AGAIN_AFTER_MS);
      }
    },
    place: (at) => frame.place(at),
    takeKeyboard: () => frame.takeKeyboard(),
    keepKeyboard: () => frame.keepKeyboard(),
    hide() {
      wish += 1;
      frame.hide();
    },
    destroy() {
      wish += 1;
      frame.destroy();
    },
  };
};
