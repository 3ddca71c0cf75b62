/**
 * Frames: windows of ours that each contain one window of another program, as a window manager's frames do. The X
 * server redirects to us the contained window's own requests (move, resize, raise), and we grant none: it fills its
 * frame, and we place the frame. It cannot draw outside its frame, and disappears with the frame, however busy its
 * program is.
 */
import type { Clock } from './clock.ts';
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
  /** Reparents the window into the frame, wherever it is. Returns whether the server now has it inside. */
  adopt(): Promise<boolean>;
  /** Places the frame there, above all others of its layer, and puts it back whenever something moves it. */
  show(at: XRect): void;
  /** Places it without making it visible, so that a page which loads meanwhile has its final size. */
  place(at: XRect): void;
  /** Gives it the focus, once each time it is shown, so that a person who never clicks can type there too. */
  focus(): void;
  /** Gives it the focus, whichever window has it. */
  takeKeyboard(): void;
  /** For the next moments, gives it the focus whenever no window has it, as long as it is visible. */
  keepKeyboard(): void;
  hide(): void;
  /** Whether it is visible, at the place given to `show`. */
  isPlaced(): Promise<boolean>;
  /** Destroys the frame and the window in it. */
  destroy(): void;
}

export interface FramedKind {
  readonly pid: number;
  readonly class: string;
  /** The window's role as its program declares it (`WM_WINDOW_ROLE`); any when absent. */
  readonly role?: string | undefined;
}

export interface XFrames {
  /**
   * Makes a frame for the next window of this kind that is not framed yet. `at`: where it will be shown, if that is
   * known.
   */
  make(of: FramedKind & { readonly at?: XRect | undefined }): XFrame;
  /** Gives the focus to a window that is in no frame. Does nothing when there is none. */
  giveKeyboardTo(of: FramedKind): Promise<void>;
  isFrame(id: number): boolean;
  /** The windows of this process that are in a frame. */
  windowsOf(pid: number): ReadonlySet<number>;
  /** A frame may be made for a window of this kind: it is awaited until the returned function is called. */
  expect(of: FramedKind): () => void;
  /** Whether a window of this process and role is expected, or a frame still waits for it. */
  isAwaited(pid: number, role: string): boolean;
  onEnd(listener: () => void): void;
  end(): void;
}

export interface XFramesOptions {
  readonly clock: Clock;
  /** Window class of our frames, by which the window manager recognizes them. */
  readonly windowClass: string;
  readonly name: string;
  /** Whether the right mouse button is grabbed, so that no page can open its browser's context menu. */
  readonly keepsMenuButton: boolean;
  /** Whether requests of the framed window are redirected to us. Only the escape suite turns this off. */
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
/** Place and size flagged as chosen by the user: a window manager applies them unchanged. */
const CHOSEN_BY_A_PERSON = 0x3;
const SIZE_HINT_WORDS = 18;
const HAS_INPUT_HINT = 1;
/** The right button, with any modifier. The click is swallowed, and nothing freezes while we handle it. */
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
/** Delay before a moved frame is put back, so that an endless fight over its place leaves time for other work. */
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

  /** Windows that already have a frame. */
  const framedIds = new Set<number>();
  const managed = async (): Promise<readonly number[]> => readNumbers(await readProperty(x, x.root, list));
  /** Only windows on the window manager's list: it would take back one that it has not finished managing. */
  const find = async (of: FramedKind): Promise<number | undefined> => {
    const known = await managed();
    const tree = known.length > 0 ? undefined : await x.ask(QUERY_TREE, 0, words(x.root));
    for (const id of tree ? readNumbers(tree.subarray(32)) : known) {
      // Without a window manager, the tree also contains a browser's helper windows, which are never mapped.
      if (framedIds.has(id) || (tree && !(await isViewable(id)))) continue;
      const [owner, named, role] = await Promise.all(
        [pidAtom, WM_CLASS, roleAtom].map((atom) => readProperty(x, id, atom)),
      );
      if (readNumbers(owner)[0] !== of.pid || named?.toString('latin1').split('\0')[1] !== of.class) continue;
      if (of.role === undefined || role?.toString('latin1') === of.role) return id;
    }
    return undefined;
  };
  /**
   * Asks the window manager to release a window (ICCCM 4.1.4). If we reparented it without asking, openbox would put an
   * iconic one back on the root, out of our frame.
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
  /** Framed windows, by process id. */
  const framed = new Map<number, Set<number>>();
  /** Frames that still wait for their window, in the order in which they were made. */
  const waiting = new Set<FramedKind>();
  const expected = new Set<FramedKind>();
  const isNext = (of: FramedKind): boolean =>
    [...waiting].find((one) => one.pid === of.pid && one.class === of.class && one.role === of.role) === of;
  const focus = openXFocus(x, {
    clock,
    async isSomebodys(id) {
      const known = await managed();
      return known.length === 0 || known.includes(id) || [...framed.values()].some((ids) => ids.has(id));
    },
  });
  /** By process id, an unframed window that was given the focus. */
  const unframed = new Map<number, number>();

  const make: XFrames['make'] = (of) => {
    const id = x.newId();
    frameIds.add(id);
    waiting.add(of);
    /** The window for this frame. It is remembered because the window manager's list drops it on release. */
    let target: number | undefined;
    let held: number | undefined;
    let at: XRect = of.at ?? { x: 0, y: 0, width: 64, height: 64 };
    let shown = false;
    let wasEverShown = false;
    /** It was just shown, and has not received the focus yet. */
    let justShown = false;
    let cancelReply: (() => void) | undefined;
    let cancelTakeBack: (() => void) | undefined;
    let cancelPutBack: (() => void) | undefined;
    const keyboard = focus.keepFor(() => (shown ? held : undefined));

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

    /**
     * The synthetic ConfigureNotify that a window manager sends to a window that it did not move, or whose frame it
     * moved (ICCCM 4.1.5).
     */
    const notifyPlace = (): void => {
      cancelReply = undefined;
      if (held === undefined) return;
      const head = Buffer.from([xEvents.configureNotify, 0, 0, 0]);
      const place = words(held, held, 0, pair(at.x, at.y), pair(at.width, at.height), 0, 0);
      x.tell(SEND_EVENT, 0, Buffer.concat([words(held, xMasks.structureNotify), head, place]));
    };
    const fill = (): void => {
      if (held === undefined) return;
      x.tell(MAP, 0, words(held));
      configure(held, { ...at, x: 0, y: 0 }, false);
      notifyPlace();
    };
    const updateHiddenState = (): void => {
      if (held === undefined) return;
      // _NET_WM_STATE_HIDDEN: Chromium then stops drawing, and the page's visibility is `hidden`. Before it was ever
      // shown, it would keep the page from getting its size. Its frame is not mapped, so nobody sees what it draws.
      if (shown || !wasEverShown) x.tell(DELETE_PROPERTY, 0, words(held, state));
      else setNumbers(held, state, ATOM, hidden);
    };
    const putBack = async (): Promise<void> => {
      cancelPutBack = undefined;
      if (!shown) return;
      const now = await placeOf(id);
      if (!now || !shown) return;
      if (now.x !== at.x || now.y !== at.y || now.width !== at.width || now.height !== at.height)
        configure(id, at, true);
      fill();
    };

    const adopt = async (): Promise<boolean> => {
      // One frame at a time: two that search at once would find the same window.
      if (target === undefined && isNext(of)) target = await find(of);
      const window = target;
      if (window === undefined) return false;
      framedIds.add(window);
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
      updateHiddenState();
      // A window manager may have put it back on the root. There it must not be mapped, nor moved to a frame's 0,0.
      if ((await parentOf(window)) !== id) return false;
      fill();
      return true;
    };
    /** Takes the window back into the frame, as often as something takes it out. */
    const takeBack = (): void => {
      cancelTakeBack?.();
      cancelTakeBack = clock.after(PUT_BACK_AFTER_MS, () => {
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
      // An insistent page sends many of these a second: we grant none, and only reply now and then.
      else if (kind === xEvents.configureRequest && child === held)
        cancelReply ??= clock.after(PUT_BACK_AFTER_MS, notifyPlace);
      else if (kind === xEvents.configureNotify && child === id)
        cancelPutBack ??= clock.after(PUT_BACK_AFTER_MS, () => void putBack().catch(() => undefined)); // it is gone
      else if (kind === xEvents.reparentNotify && child === held && event.readUInt32LE(12) !== id) takeBack();
      // A window manager that released it may unmap it once more.
      else if (kind === xEvents.unmapNotify && child === held) x.tell(MAP, 0, words(child));
      // The window manager may handle our map request after our unmap.
      else if (kind === xEvents.mapNotify && child === id && !shown) x.tell(UNMAP, 0, words(id));
      else if (kind === xEvents.clientMessage && child === protocols && event.readUInt32LE(12) === takeFocus) {
        if (held !== undefined) focus.give(held, event.readUInt32LE(16));
      }
    });

    const takeKeyboard = (): void => {
      if (held !== undefined) focus.give(held);
    };
    const place = (wished: XRect): void => {
      at = wished;
      configure(id, at, true);
      fill();
    };
    return {
      adopt,
      place,
      focus() {
        if (!justShown) return;
        justShown = false;
        takeKeyboard();
        keyboard.look();
      },
      takeKeyboard,
      keepKeyboard: keyboard.look,
      show(wished) {
        const wasShown = shown;
        if (!wasShown) justShown = true;
        shown = wasEverShown = true;
        place(wished);
        if (!wasShown) updateHiddenState();
        x.tell(MAP, 0, words(id));
      },
      hide() {
        shown = false;
        x.tell(UNMAP, 0, words(id));
        updateHiddenState();
      },
      async isPlaced() {
        const [now, seen] = await Promise.all([placeOf(id), isViewable(held ?? id)]);
        return seen && now?.x === at.x && now.y === at.y && now.width === at.width && now.height === at.height;
      },
      destroy() {
        cancelReply?.();
        cancelPutBack?.();
        cancelTakeBack?.();
        keyboard.stop();
        listeners.delete(id);
        frameIds.delete(id);
        if (held !== undefined) listeners.delete(held);
        waiting.delete(of);
        if (target !== undefined) framedIds.delete(target);
        if (held !== undefined) framed.get(of.pid)?.delete(held);
        held = undefined;
        x.tell(DESTROY, 0, words(id));
      },
    };
  };

  return {
    make,
    async giveKeyboardTo(of) {
      // Cached after the first time: the focus is then given at once, before the caller's next request.
      const id = unframed.get(of.pid) ?? (await find(of));
      if (id !== undefined) unframed.set(of.pid, id);
      if (id !== undefined) focus.give(id);
    },
    isFrame: (id) => frameIds.has(id),
    windowsOf: (pid) => framed.get(pid) ?? NONE,
    expect(of) {
      expected.add(of);
      return () => void expected.delete(of);
    },
    isAwaited: (pid, role) => [...waiting, ...expected].some((one) => one.pid === pid && one.role === role),
    onEnd: x.onEnd,
    end: x.end,
  };
};
