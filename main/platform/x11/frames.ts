/** The frames of a display, one for each window of a site's browser (`frame.ts`). */
import type { Clock } from '../clock.ts';
import { atomOf, connectX, type XDisplay } from './connection.ts';
import { openXFocus } from './focus.ts';
import { createXFrame, type XFrame } from './frame.ts';
import type { FrameWindowOptions } from './frame-window.ts';
import { openXNames } from './names.ts';
import type { XRect } from './places.ts';
import { openXWindowClaims, type FramedKind, type XWindowClaims } from './window-claims.ts';

export interface XFrames extends Pick<XWindowClaims, 'windowsOf' | 'expect' | 'isAwaited'> {
  /**
   * Makes a frame for the next window of this kind that is not framed yet. `at`: where it will be shown, if that is
   * known.
   */
  make(of: FramedKind & { readonly at?: XRect | undefined }): XFrame;
  /** Gives the focus to a window that is in no frame. Does nothing when there is none. */
  giveKeyboardTo(of: FramedKind): Promise<void>;
  isFrame(id: number): boolean;
  onEnd(listener: () => void): void;
  end(): void;
}

export interface XFramesOptions extends FrameWindowOptions {
  readonly clock: Clock;
}

const NAMES = [
  '_NET_WM_PID',
  '_NET_WM_STATE',
  '_NET_WM_STATE_HIDDEN',
  'WM_PROTOCOLS',
  'WM_TAKE_FOCUS',
  'XdndProxy',
] as const;

export const openXFrames = async (display: XDisplay, options: XFramesOptions): Promise<XFrames> => {
  const { clock } = options;
  const x = await connectX(display);
  const [pid = 0, state = 0, hidden = 0, protocols = 0, takeFocus = 0, dropProxy = 0] = await Promise.all(
    NAMES.map((one) => atomOf(x, one)),
  );
  const claims = await openXWindowClaims(x);
  const names = await openXNames(x);
  const focus = openXFocus(x, { clock, isSomebodys: claims.isOfProgram });
  const frameIds = new Set<number>();
  const listeners = new Map<number, (event: Buffer) => void>();
  x.onEvent((event) => listeners.get(event.readUInt32LE(4))?.(event));
  const atoms = { pid, state, hidden, protocols, takeFocus, dropProxy };
  const shared = { x, clock, atoms, options, focus, names, frameIds, listeners };
  /** By process id, an unframed window that was given the focus. */
  const unframed = new Map<number, number>();

  return {
    make: ({ at = { x: 0, y: 0, width: 64, height: 64 }, ...of }) => createXFrame(shared, claims.make(of), at),
    async giveKeyboardTo(of) {
      // Cached after the first time: the focus is then given at once, before the caller's next request.
      const id = unframed.get(of.pid) ?? (await claims.find(of));
      if (id !== undefined) unframed.set(of.pid, id);
      if (id !== undefined) focus.give(id);
    },
    isFrame: (id) => frameIds.has(id),
    windowsOf: claims.windowsOf,
    expect: claims.expect,
    isAwaited: claims.isAwaited,
    onEnd: x.onEnd,
    end: x.end,
  };
};
