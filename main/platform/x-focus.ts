/** Reads which window has the keyboard focus of a display, and gives the focus to a window. */
import type { Clock } from './clock.ts';
import { words, type XConnection } from './x-connection.ts';
import { GET_INPUT_FOCUS } from './x-requests.ts';

export interface XFocus {
  /** `atMs`: the server timestamp of the event that caused the request. */
  give(id: number, atMs?: number): void;
  /** `inSight` returns the window that should have the focus; undefined while it should not. */
  keepFor(inSight: () => number | undefined): KeptFocus;
}

export interface KeptFocus {
  /** For the next moments, gives the focus to the window whenever no program's window has it. */
  look(): void;
  stop(): void;
}

const SET_FOCUS = 42;
const REVERT_TO_POINTER_ROOT = 1;
const POINTER_ROOT = 1;
/**
 * When a window closes, no window has the focus. A busy window manager may clear the focus, or clear it again, this
 * much later.
 */
const LOOK_AFTER_MS = 60;
const LOOKS = 50;

/** `isSomebodys`: whether the window belongs to a program, and is not one on which a window manager parks the focus. */
export const openXFocus = (
  x: XConnection,
  { clock, isSomebodys }: { readonly clock: Clock; readonly isSomebodys: (id: number) => Promise<boolean> },
): XFocus => {
  const give = (id: number, atMs = 0): void => x.tell(SET_FOCUS, REVERT_TO_POINTER_ROOT, words(id, atMs));
  const isNobodys = async (): Promise<boolean> => {
    const focus = (await x.ask(GET_INPUT_FOCUS, 0, words()))?.readUInt32LE(8) ?? 0;
    return focus <= POINTER_ROOT || focus === x.root || !(await isSomebodys(focus));
  };
  return {
    give,
    keepFor(inSight) {
      let stop = (): void => undefined;
      const look = async (looks: number): Promise<void> => {
        if (inSight() === undefined) return;
        const nobodys = await isNobodys();
        const id = inSight();
        if (id === undefined) return;
        if (nobodys) give(id);
        if (looks > 1) soon(looks - 1);
      };
      const soon = (looks: number): void => {
        stop();
        stop = clock.after(LOOK_AFTER_MS, () => void look(looks).catch(() => undefined)); // the display is gone
      };
      return { look: () => soon(LOOKS), stop: () => stop() };
    },
  };
};
