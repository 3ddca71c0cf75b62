/** Where the keys go: to the site in front, or to our screens. */
import { eventOfKey } from '../guest/key-events.ts';
import type { KeyCommand } from '../guest/reserved-keys.ts';
import type { GuestEvent } from '../port.ts';
import type { GuestSight } from './guest-sight.ts';
import type { GuestWindow } from './guest-window.ts';

export interface GuestKeyboardDeps {
  readonly sight: GuestSight;
  readonly front: () => GuestWindow | undefined;
  /** Gives the keyboard focus to our screens. */
  readonly keyboardToScreens: () => Promise<void>;
  readonly emit: (event: GuestEvent) => void;
}

type KeyboardLeft = Extract<GuestEvent, { kind: 'keyboard-left' }>;

export interface GuestKeyboard {
  /** The person leaves the site with a key. Emitted once our screens have the focus: the next key goes there. */
  leaves(event: KeyboardLeft): void;
  /** A window that opened and was closed took the focus with it, and the browser does not give it back. */
  returns(): void;
  /**
   * The X server gives the window the focus, but inside the browser nothing would have it, and the first Tab would only
   * reach the page. So call this before the window gets the focus.
   */
  enters(): Promise<void>;
  /** A reserved key was pressed. Ignored while the guest is hidden. */
  onKey(command: KeyCommand): void;
}

export const createGuestKeyboard = ({ sight, front, keyboardToScreens, emit }: GuestKeyboardDeps): GuestKeyboard => {
  const leaves = (event: KeyboardLeft): void => {
    if (!sight.at) return;
    void keyboardToScreens()
      .catch(() => undefined) // the display is gone
      .then(() => emit(event));
  };
  return {
    leaves,
    returns: () => front()?.frame?.keepKeyboard(),
    async enters() {
      if (sight.at) await front()?.session.send('Page.bringToFront');
    },
    onKey(command) {
      if (!sight.at) return;
      const event = eventOfKey(command);
      if (event.kind === 'keyboard-left') leaves(event);
      else emit(event);
    },
  };
};
