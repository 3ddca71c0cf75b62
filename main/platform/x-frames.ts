/**
 * Frames: windows of our own that each hold one window of another program, as a window manager's would. The X server itself
 * hands us what the held window asks for itself (a place, a size, to be raised), and none of it is done: it fills its frame,
 * and the frame lies where we say. It can't draw outside its frame, and is out of sight as soon as the frame is, however
 * busy its program.
 */
import type { Clock } from './clock.ts';
import { countInsistence } from './insistence.ts';
import { atomOf, connectX, padded, words, type XDisplay } from './x-connection.ts';
import { openXFocus } from './x-focus.ts';
import { openXNames } from './x-names.ts';
import { openXPlaces, type XRect } from './x-places.ts';
import {
  CHANGE_ATTRIBUTES,
  CHANGE_PROPERTY,
  DESTROY,
  EVENT_MASK,
  eventKind,
  QUERY_TREE,
  readNumbers,
  readProperty,
  SEND_EVENT,
  UNMAP,
  WM_CLASS,
  xEvents,
  xMasks,
} from './x-requests.ts';

export interface XFrame {
  /** Takes the window in, wherever it is. Answers whether the server now has it inside. */
  adopt(): Promise<boolean>;
  /** From now on it lies there, before all others of its layer, and is put back when anybody moves it. */
  show(at: XRect): void;
  /** Gives it the keyboard, once each time that it came into sight: who presses nothing with a mouse types there too. */
  focus(): void;
  /** Gives it the keyboard, whoever has it. */
  takeKeyboard(): void;
  /** Gives it the keyboard whenever nobody has it in the next moments, as long as it is in sight. */
  keepKeyboard(): void;
  hide(): void;
  /** In sight, and where it was told to be. */
  isPlaced(): Promise<boolean>;
  /** With what it holds. */
  destroy(): void;
}

export interface FramedKind {
  readonly pid: number;
  readonly class: string;
  /** What its program says that the window is for (`WM_WINDOW_ROLE`); any, where absent. */
  readonly role?: string;
}

export interface XFrames {
  /** For the next window of this kind that no frame has. `onInsisting`: it asks for other places without end, and keeps the display busy. */
  make(of: FramedKind & { readonly onInsisting?: () => void }): XFrame;
  /** Gives the keyboard to a window that is in no frame. Nothing happens when there is none. */
  giveKeyboardTo(of: FramedKind): Promise<void>;
  isFrame(id: number): boolean;
  /** The windows of this process that are in a frame. */
  windowsOf(pid: number): ReadonlySet<number>;
  /** Whether a frame was made for a window of this process and role, and has none yet. */
  isAwaited(pid: number, role: string): boolean;
  onEnd(listener: () => void): void;
  end(): void;
}

export interface XFramesOptions {
  readonly clock: Clock;
  /** What our frames are called for the window manager. */
  readonly windowClass: string;
  readonly name: string;
  /** Whether the button of menus is kept from what a frame holds: no page can then have its browser's menu shown. */
  readonly keepsMenuButton: boolean;
  /** Whether the wishes of what a frame holds come to us. Left out by the escape suite alone. */
  readonly redirects: boolean;
}

const CREATE_WINDOW = 1;
const REPARENT = 7;
const MAP = 8;
const GRAB_BUTTON = 28;
const DELETE_PROPERTY = 19;

const INPUT_OUTPUT = 1;
const BACK_PIXEL = 0x2;
const WHITE = 0xffffff;
const ATOM = 4;
const CARDINAL = 6;
const STRING = 31;
const WINDOW = 33;
const WM_HINTS = 35;
const WM_NAME = 39;
const WM_NORMAL_HINTS = 40;
const WM_SIZE_HINTS = 41;
/** Place and size as a person would choose them: a window manager takes them as they are. */
const CHOSEN_BY_A_PERSON = 0x3;
const SIZE_HINT_WORDS = 18;
const HAS_INPUT_HINT = 1;
/** The right one, whatever else is pressed; what is pressed goes nowhere, and nothing waits for us. */
const MENU_BUTTON = { button: 3, anyModifier: 0x8000, pressMask: 1 << 2, async: 1 } as const;
const NAMES = [
  '_NET_WM_PID',
  '_NET_WM_STATE',
  '_NET_WM_STATE_HIDDEN',
  '_NET_CLIENT_LIST',
  'WM_PROTOCOLS',
  'WM_TAKE_FOCUS',
  'XdndProxy',
  'WM_WINDOW_ROLE',
] as const;
/** A frame that somebody moves without end is put back without end, but leaves time for the rest. */
const PUT_BACK_AFTER_MS = 15;

const NONE: ReadonlySet<number> = new Set();

const pair = (low: number, high: number): number => (((high & 0xffff) << 16) | (low & 0xffff)) >>> 0;

export const openXFrames = async (display: XDisplay, options: XFramesOptions): Promise<XFrames> => {
  const { clock } = options;
  const x = await connectX(display);
  const [pidAtom = 0, state = 0, hidden = 0, list = 0, protocols = 0, takeFocus = 0, dropProxy = 0, roleAtom = 0] =
    await Promise.all(NAMES.map((one) => atomOf(x, one)));
  const names = await openXNames(x);
  const listeners = new Map<number, (event: Buffer) => void>();
  x.onEvent((event) => listeners.get(event.readUInt32LE(4))?.(event));

  const setNumbers = (id: number, property: number, type: number, ...values: readonly number[]): void =>
    x.tell(CHANGE_PROPERTY, 0, words(id, property, type, 32, values.length, ...values));
  const setText = (id: number, property: number, text: string): void => {
    const bytes = Buffer.alloc(padded(text.length));
    bytes.write(text, 'latin1');
    x.tell(CHANGE_PROPERTY, 0, Buffer.concat([words(id, property, STRING, 8, text.length), bytes]));
  };
  const { configure, placeOf, parentOf, isViewable } = openXPlaces(x);

  /** Each is for one frame. */
  const taken = new Set<number>();
  const managed = async (): Promise<readonly number[]> => readNumbers(await readProperty(x, x.root, list));
  /** One that a window manager is just taking in would be taken back by it: the list is what it has done with. */
  const find = async (of: FramedKind): Promise<number | undefined> => {
    const known = await managed();
    const tree = known.length > 0 ? undefined : await x.ask(QUERY_TREE, 0, words(x.root));
    for (const id of tree ? readNumbers(tree.subarray(32)) : known) {
      // Without a window manager, a browser's helpers are in the tree too: they are never mapped.
      if (taken.has(id) || (tree && !(await isViewable(id)))) continue;
      const [owner, named, role] = await Promise.all(
        [pidAtom, WM_CLASS, roleAtom].map((atom) => readProperty(x, id, atom)),
      );
      if (readNumbers(owner)[0] !== of.pid || named?.toString('latin1').split('\0')[1] !== of.class) continue;
      if (of.role === undefined || role?.toString('latin1') === of.role) return id;
    }
    return undefined;
  };
  /**
   * Asks the window manager to let go of a window (ICCCM 4.1.4). Taken from its hands instead, openbox gives an iconic one
   * back to the root, out of our frame.
   */
  const withdraw = (id: number): void => {
    x.tell(UNMAP, 0, words(id));
    const head = Buffer.from([xEvents.unmapNotify, 0, 0, 0]);
    const event = Buffer.concat([head, words(x.root, id, 0, 0, 0, 0, 0)]);
    x.tell(
      SEND_EVENT,
      0,
      Buffer.concat([words(x.root, xMasks.substructureRedirect | xMasks.substructureNotify), event]),
    );
  };
  const frameIds = new Set<number>();
  /** By the process number, the windows that frames hold. */
  const framed = new Map<number, Set<number>>();
  /** Frames that have no window yet. */
  const waiting = new Set<FramedKind>();
  const focus = openXFocus(x, {
    clock,
    async isSomebodys(id) {
      const known = await managed();
      return known.length === 0 || known.includes(id) || [...framed.values()].some((ids) => ids.has(id));
    },
  });
  /** By the process number, a window that no frame holds and that was given the keyboard. */
  const loose = new Map<number, number>();

  const make: XFrames['make'] = (of) => {
    const id = x.newId();
    frameIds.add(id);
    waiting.add(of);
    const insists = countInsistence(clock, () => of.onInsisting?.());
    /** The window that it is for; once let go by the window manager, no list has it. */
    let seen: number | undefined;
    let held: number | undefined;
    let at: XRect = { x: 0, y: 0, width: 64, height: 64 };
    let shown = false;
    /** It has just come into sight: what is typed next is for it. */
    let fresh = false;
    let answering: (() => void) | undefined;
    let taking: (() => void) | undefined;
    let returning: (() => void) | undefined;
    const keyboard = focus.keepFor(() => (shown ? held : undefined));

    x.tell(
      CREATE_WINDOW,
      0,
      words(
        id,
        x.root,
        0,
        pair(at.width, at.height),
        pair(0, INPUT_OUTPUT),
        0,
        BACK_PIXEL | EVENT_MASK,
        WHITE,
        xMasks.structureNotify | xMasks.substructureNotify | (options.redirects ? xMasks.substructureRedirect : 0),
      ),
    );
    if (options.keepsMenuButton) {
      const { button, anyModifier, pressMask, async } = MENU_BUTTON;
      const head = Buffer.from([pressMask, 0, async, async]);
      const chord = Buffer.from([button, 0, anyModifier & 0xff, anyModifier >> 8]);
      x.tell(GRAB_BUTTON, 0, Buffer.concat([words(id), head, words(0, 0), chord]));
    }
    setText(id, WM_CLASS, `${options.windowClass}\0${options.windowClass}\0`);
    setText(id, WM_NAME, options.name);
    setNumbers(id, pidAtom, CARDINAL, process.pid);
    setNumbers(id, WM_HINTS, WM_HINTS, HAS_INPUT_HINT, 0, 0, 0, 0, 0, 0, 0, 0);
    setNumbers(id, protocols, ATOM, takeFocus);
    setNumbers(id, WM_NORMAL_HINTS, WM_SIZE_HINTS, CHOSEN_BY_A_PERSON, ...Array<number>(SIZE_HINT_WORDS - 1).fill(0));

    /** What a window manager tells a window that it did not move, or whose frame it moved (ICCCM 4.1.5). */
    const tellPlace = (): void => {
      answering = undefined;
      if (held === undefined) return;
      const head = Buffer.from([xEvents.configureNotify, 0, 0, 0]);
      const place = words(held, held, 0, pair(at.x, at.y), pair(at.width, at.height), 0, 0);
      x.tell(SEND_EVENT, 0, Buffer.concat([words(held, xMasks.structureNotify), head, place]));
    };
    const fill = (): void => {
      if (held === undefined) return;
      x.tell(MAP, 0, words(held));
      configure(held, { ...at, x: 0, y: 0 }, false);
      tellPlace();
    };
    const sayWhetherHidden = (): void => {
      if (held === undefined) return;
      // A window manager's word: Chromium then draws nothing, and the page knows that it is not seen.
      if (shown) x.tell(DELETE_PROPERTY, 0, words(held, state));
      else setNumbers(held, state, ATOM, hidden);
    };
    const putBack = async (): Promise<void> => {
      returning = undefined;
      if (!shown) return;
      const now = await placeOf(id);
      if (!now || !shown) return;
      if (now.x !== at.x || now.y !== at.y || now.width !== at.width || now.height !== at.height)
        configure(id, at, true);
      fill();
    };

    const adopt = async (): Promise<boolean> => {
      const window = (seen ??= await find(of));
      if (window === undefined) return false;
      taken.add(window);
      if ((await managed()).includes(window)) {
        withdraw(window);
        return false;
      }
      if (held === undefined) {
        held = window;
        waiting.delete(of);
        framed.set(of.pid, (framed.get(of.pid) ?? new Set()).add(window));
        names.keep(window, options.name);
        const { propertyChange, structureNotify, focusChange } = xMasks;
        x.tell(CHANGE_ATTRIBUTES, 0, words(window, EVENT_MASK, propertyChange | structureNotify | focusChange));
        listeners.set(window, (event) => eventKind(event) === xEvents.focusOut && keyboard.look());
        setNumbers(id, dropProxy, WINDOW, window);
      }
      x.tell(REPARENT, 0, words(window, id, 0));
      sayWhetherHidden();
      fill();
      return (await parentOf(window)) === id;
    };
    /** Whoever took it out: it comes back, as often as that happens. */
    const takeBack = (): void => {
      taking?.();
      taking = clock.after(PUT_BACK_AFTER_MS, () => {
        void adopt().then(
          (inside) => inside || held === undefined || takeBack(),
          () => undefined,
        );
      });
    };

    listeners.set(id, (event) => {
      const kind = eventKind(event);
      const child = event.readUInt32LE(8);
      if (kind === xEvents.mapRequest && child === held) x.tell(MAP, 0, words(child));
      // Many a second, from a page that insists: each is refused by the server, and answered now and then.
      else if (kind === xEvents.configureRequest && child === held) {
        insists();
        answering ??= clock.after(PUT_BACK_AFTER_MS, tellPlace);
      } else if (kind === xEvents.configureNotify && child === id)
        returning ??= clock.after(PUT_BACK_AFTER_MS, () => void putBack().catch(() => undefined)); // the window is gone
      else if (kind === xEvents.reparentNotify && child === held && event.readUInt32LE(12) !== id) takeBack();
      // A window manager that let it go may put it away once more.
      else if (kind === xEvents.unmapNotify && child === held) x.tell(MAP, 0, words(child));
      // A window manager that was asked to show it before it was asked to put it away.
      else if (kind === xEvents.mapNotify && child === id && !shown) x.tell(UNMAP, 0, words(id));
      else if (kind === xEvents.clientMessage && child === protocols && event.readUInt32LE(12) === takeFocus) {
        if (held !== undefined) focus.give(held, event.readUInt32LE(16));
      }
    });

    const takeKeyboard = (): void => {
      if (held !== undefined) focus.give(held);
    };
    return {
      adopt,
      focus() {
        if (!fresh) return;
        fresh = false;
        takeKeyboard();
        keyboard.look();
      },
      takeKeyboard,
      keepKeyboard: keyboard.look,
      show(wished) {
        at = wished;
        const wasShown = shown;
        if (!wasShown) fresh = true;
        shown = true;
        configure(id, at, true);
        fill();
        if (!wasShown) sayWhetherHidden();
        x.tell(MAP, 0, words(id));
      },
      hide() {
        shown = false;
        x.tell(UNMAP, 0, words(id));
        sayWhetherHidden();
      },
      async isPlaced() {
        const [now, seen] = await Promise.all([placeOf(id), isViewable(held ?? id)]);
        return seen && now?.x === at.x && now.y === at.y && now.width === at.width && now.height === at.height;
      },
      destroy() {
        answering?.();
        returning?.();
        taking?.();
        keyboard.stop();
        listeners.delete(id);
        frameIds.delete(id);
        if (held !== undefined) listeners.delete(held);
        waiting.delete(of);
        if (seen !== undefined) taken.delete(seen);
        if (held !== undefined) framed.get(of.pid)?.delete(held);
        held = undefined;
        x.tell(DESTROY, 0, words(id));
      },
    };
  };

  return {
    make,
    async giveKeyboardTo(of) {
      // Known from the second time on: then it is done at once, before whatever is asked next.
      const id = loose.get(of.pid) ?? (await find(of));
      if (id !== undefined) loose.set(of.pid, id);
      if (id !== undefined) focus.give(id);
    },
    isFrame: (id) => frameIds.has(id),
    windowsOf: (pid) => framed.get(pid) ?? NONE,
    isAwaited: (pid, role) => [...waiting].some((one) => one.pid === pid && one.role === role),
    onEnd: x.onEnd,
    end: x.end,
  };
};
