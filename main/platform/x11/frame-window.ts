/** The empty window of a frame, with what a window manager reads on it. */
import { words, type XConnection } from './connection.ts';
import type { XRect } from './places.ts';
import { EVENT_MASK, pair, STRING, WM_CLASS, WM_NAME, writeNumbers, writeText, xMasks } from './requests.ts';

export interface FrameWindowOptions {
  /** Window class of our frames, by which the window manager recognizes them. */
  readonly windowClass: string;
  readonly name: string;
  /** Whether the right mouse button is grabbed, so that no page can open its browser's context menu. */
  readonly keepsMenuButton: boolean;
  /** Whether requests of the framed window are redirected to us. Only the escape suite turns this off. */
  readonly redirects: boolean;
}

export interface FrameWindowAtoms {
  readonly pid: number;
  readonly protocols: number;
  readonly takeFocus: number;
}

const CREATE_WINDOW = 1;
const GRAB_BUTTON = 28;

const INPUT_OUTPUT = 1;
const BACK_PIXEL = 0x2;
const WHITE = 0xffffff;
const ATOM = 4;
const CARDINAL = 6;
const WM_HINTS = 35;
const WM_NORMAL_HINTS = 40;
const WM_SIZE_HINTS = 41;
/** Place and size flagged as chosen by the user: a window manager applies them unchanged. */
const CHOSEN_BY_A_PERSON = 0x3;
const SIZE_HINT_WORDS = 18;
const HAS_INPUT_HINT = 1;
/** The right button, with any modifier. The click is swallowed, and nothing freezes while we handle it. */
const MENU_BUTTON = { button: 3, anyModifier: 0x8000, pressMask: 1 << 2, async: 1 } as const;

/** Returns its id. It is not mapped. */
export const createFrameWindow = (
  x: XConnection,
  atoms: FrameWindowAtoms,
  { windowClass, name, keepsMenuButton, redirects }: FrameWindowOptions,
  at: XRect,
): number => {
  const id = x.newId();
  x.tell(
    CREATE_WINDOW,
    0,
    words(
      id,
      x.root,
      pair(at.x, at.y),
      pair(at.width, at.height),
      pair(0, INPUT_OUTPUT),
      0,
      BACK_PIXEL | EVENT_MASK,
      WHITE,
      xMasks.structureNotify | xMasks.substructureNotify | (redirects ? xMasks.substructureRedirect : 0),
    ),
  );
  if (keepsMenuButton) {
    const { button, anyModifier, pressMask, async } = MENU_BUTTON;
    const head = Buffer.from([pressMask, 0, async, async]);
    const chord = Buffer.from([button, 0, anyModifier & 0xff, anyModifier >> 8]);
    x.tell(GRAB_BUTTON, 0, Buffer.concat([words(id), head, words(0, 0), chord]));
  }
  writeText(x, id, WM_CLASS, STRING, Buffer.from(`${windowClass}\0${windowClass}\0`, 'latin1'));
  writeText(x, id, WM_NAME, STRING, Buffer.from(name, 'latin1'));
  writeNumbers(x, id, atoms.pid, CARDINAL, process.pid);
  writeNumbers(x, id, WM_HINTS, WM_HINTS, HAS_INPUT_HINT, 0, 0, 0, 0, 0, 0, 0, 0);
  writeNumbers(x, id, atoms.protocols, ATOM, atoms.takeFocus);
  const otherHints = Array<number>(SIZE_HINT_WORDS - 1).fill(0);
  writeNumbers(x, id, WM_NORMAL_HINTS, WM_SIZE_HINTS, CHOSEN_BY_A_PERSON, ...otherHints);
  return id;
};
