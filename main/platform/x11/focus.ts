/** Reads which window has the keyboard focus of a display, and gives the focus to a window. */
import type { Clock } from '../clock.ts';
import { words, type XConnection } from './connection.ts';
import { GET_INPUT_FOCUS } from './requests.ts';

export interface XFocus {
  /** `atMs`: the server timestamp of the event that caused the request. */
  give(id: number, atMs?: number): void;
  /** `visibleWindow` returns the window that should have the focus; undefined while it should not. */
  keepFor(visibleWindow: () => number | undefined): FocusKeeper;
}

export interface FocusKeeper {
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
const CHECK_AFTER_MS = 60;
const MAX_CHECKS = 50;

/** `isSomebodys`: whether the window belongs to a program, and is not one on which a window manager parks the focus. */
export const openXFocus = (
  x: XConnection,
  {
    clock,
    isSomebodys: isProgramWindow,
  }: { readonly clock: Clock; readonly isSomebodys: (id: number) => Promise<boolean> },
): XFocus => {
  const give = (id: number, atMs = 0): void => x.tell(SET_FOCUS, REVERT_TO_POINTER_ROOT, words(id, atMs));
  const isFree = async (): Promise<boolean> => {
    const focus = (await x.ask(GET_INPUT_FOCUS, 0, words()))?.readUInt32LE(8) ?? 0;
    return focus <= POINTER_ROOT || focus === x.root || !(await isProgramWindow(focus));
  };
  return {
    give,
    keepFor(inSight) {
      let stop = (): void => undefined;
      const look = async (looks: number): Promise<void> => {
        if (inSight() === undefined) return;
        const free = await isFree();
        const id = inSight();
        if (id === undefined) return;
        if (free) give(id);
        if (looks > 1) schedule(looks - 1);
      };
      const schedule = (looks: number): void => {
        stop();
        stop = clock.after(CHECK_AFTER_MS, () => void look(looks).catch(() => undefined)); // the display is gone
      };
      return { look: () => schedule(MAX_CHECKS), stop: () => stop() };
    },
  };
};
