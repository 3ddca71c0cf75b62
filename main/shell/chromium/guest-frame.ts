/** The window of a guest inside a frame of ours. Until it is there, and whenever it would get out, no guest is shown. */
import { sleep, type Clock } from '../../platform/clock.ts';
import type { XFrame, XFrames } from '../../platform/x-frames.ts';
import type { XRect } from '../../platform/x-places.ts';
import { GUEST_CLASS } from './switches.ts';

/** What the window managers of kiosks go by: `resources/os/linux/openbox/rc.xml`. */
export const FRAME_CLASS = 'point-numerique-site';

export interface GuestFrame {
  /** Resolves when it lies there, or when the wish was replaced by another one. */
  show(at: XRect): Promise<void>;
  /** Gives the site the keyboard, whoever has it. */
  takeKeyboard(): void;
  /** Gives it the keyboard whenever nobody has it in the next moments. */
  keepKeyboard(): void;
  /** At once, however busy the browser is. */
  hide(): void;
  destroy(): void;
}

/** A window manager answers in its own time; this is five seconds of patience. */
const TRIES = 250;
const AGAIN_AFTER_MS = 20;
/** Between two wishes to a window manager that is busy: the first may only be late. */
const TELL_AGAIN_EACH = 10;

const adopted = async (clock: Clock, frame: XFrame): Promise<void> => {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (await frame.adopt()) return;
    await sleep(clock, AGAIN_AFTER_MS);
  }
  throw new Error('the window of the guest never came into its frame');
};

export const frameWindow = async (
  { clock, frames }: { readonly clock: Clock; readonly frames: XFrames },
  window: { readonly pid: number; readonly role?: string },
  onInsisting: () => void,
): Promise<GuestFrame> => {
  const frame = frames.make({ ...window, class: GUEST_CLASS, onInsisting });
  try {
    await adopted(clock, frame);
  } catch (error) {
    frame.destroy();
    throw error;
  }
  let wish = 0;
  return {
    async show(at) {
      const mine = ++wish;
      for (let attempt = 0; attempt < TRIES && mine === wish; attempt++) {
        if (attempt % TELL_AGAIN_EACH === 0) frame.show(at);
        if (await frame.isPlaced()) return frame.focus();
        await sleep(clock, AGAIN_AFTER_MS);
      }
    },
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
