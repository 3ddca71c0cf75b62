/** Who has the keyboard of a display, and giving it to a window. */
import type { Clock } from './clock.ts';
import { words, type XConnection } from './x-connection.ts';
import { GET_INPUT_FOCUS } from './x-requests.ts';

export interface XFocus {
  /** `atMs`: the server's own time, of whoever asked for it. */
  give(id: number, atMs?: number): void;
  /** `inSight`: the window that is to have it; undefined while it is not to. */
  keepFor(inSight: () => number | undefined): KeptFocus;
}

export interface KeptFocus {
  /** Whenever nobody has the keyboard in the next moments, it is given to the window. */
  look(): void;
  stop(): void;
}

const SET_FOCUS = 42;
const REVERT_TO_POINTER_ROOT = 1;
const POINTER_ROOT = 1;
/** A window that goes leaves the keyboard to nobody; a busy window manager says so, or does it once more, this much later. */
const LOOK_AFTER_MS = 60;
const LOOKS = 50;

/** `isSomebodys`: a window of a program, and not one that a window manager keeps the keyboard with. */
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
