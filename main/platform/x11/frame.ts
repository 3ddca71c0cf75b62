/**
 * A frame: a window of ours that contains one window of another program, as a window manager's frames do. The X server
 * redirects to us the contained window's own requests (move, resize, raise), and we grant none: it fills its frame, and
 * we place the frame. It cannot draw outside its frame, and disappears with the frame, however busy its program is.
 */
import type { Clock } from '../clock.ts';
import { words, type XConnection } from './connection.ts';
import type { XFocus } from './focus.ts';
import { createFrameWindow, type FrameWindowAtoms, type FrameWindowOptions } from './frame-window.ts';
import type { XNames } from './names.ts';
import { openXPlaces, type XRect } from './places.ts';
import {
  CHANGE_ATTRIBUTES,
  DESTROY,
  EVENT_MASK,
  eventKind,
  pair,
  SEND_EVENT,
  UNMAP,
  writeNumbers,
  xEvents,
  xMasks,
} from './requests.ts';
import type { XWindowClaim } from './window-claims.ts';

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

/** What the frames of one display share. */
export interface XFrameDisplay {
  readonly x: XConnection;
  readonly clock: Clock;
  readonly atoms: FrameWindowAtoms & {
    readonly state: number;
    readonly hidden: number;
    readonly dropProxy: number;
  };
  readonly options: FrameWindowOptions;
  readonly focus: XFocus;
  readonly names: XNames;
  /** The windows of the frames themselves. */
  readonly frameIds: Set<number>;
  /** By the window that gets the event. */
  readonly listeners: Map<number, (event: Buffer) => void>;
}

const REPARENT = 7;
const MAP = 8;
const DELETE_PROPERTY = 19;
const ATOM = 4;
const WINDOW = 33;
/** Delay before a moved frame is put back, so that an endless fight over its place leaves time for other work. */
const PUT_BACK_AFTER_MS = 15;

export const createXFrame = (
  { x, clock, atoms, options, focus, names, frameIds, listeners }: XFrameDisplay,
  claim: XWindowClaim,
  initialPlace: XRect,
): XFrame => {
  const { configure, placeOf, parentOf, isViewable } = openXPlaces(x);
  const id = createFrameWindow(x, atoms, options, initialPlace);
  frameIds.add(id);
  let held: number | undefined;
  let at = initialPlace;
  let shown = false;
  let wasEverShown = false;
  /** It was just shown, and has not received the focus yet. */
  let justShown = false;
  let cancelReply: (() => void) | undefined;
  let cancelTakeBack: (() => void) | undefined;
  let cancelPutBack: (() => void) | undefined;
  const keyboard = focus.keepFor(() => (shown ? held : undefined));

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
    if (shown || !wasEverShown) x.tell(DELETE_PROPERTY, 0, words(held, atoms.state));
    else writeNumbers(x, held, atoms.state, ATOM, atoms.hidden);
  };
  const putBack = async (): Promise<void> => {
    cancelPutBack = undefined;
    if (!shown) return;
    const now = await placeOf(id);
    if (!now || !shown) return;
    if (now.x !== at.x || now.y !== at.y || now.width !== at.width || now.height !== at.height) configure(id, at, true);
    fill();
  };

  const adopt = async (): Promise<boolean> => {
    const window = await claim.take();
    if (window === undefined) return false;
    if (held === undefined) {
      held = window;
      names.keep(window, options.name);
      const { propertyChange, structureNotify, focusChange } = xMasks;
      x.tell(CHANGE_ATTRIBUTES, 0, words(window, EVENT_MASK, propertyChange | structureNotify | focusChange));
      listeners.set(window, (event) => eventKind(event) === xEvents.focusOut && keyboard.look());
      writeNumbers(x, id, atoms.dropProxy, WINDOW, window);
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
    else if (
      kind === xEvents.clientMessage &&
      child === atoms.protocols &&
      event.readUInt32LE(12) === atoms.takeFocus
    ) {
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
      claim.drop();
      held = undefined;
      x.tell(DESTROY, 0, words(id));
    },
  };
};
