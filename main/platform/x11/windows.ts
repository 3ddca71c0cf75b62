/** The windows of an X display: new ones, their owners, and hiding or closing one. No external program is run. */
import { atomOf, connectX, words, type XDisplay } from './connection.ts';
import { openXNames } from './names.ts';
import {
  CHANGE_ATTRIBUTES,
  DESTROY,
  EVENT_MASK,
  eventKind,
  GET_PROPERTY,
  readNumbers,
  readProperty,
  SEND_EVENT,
  UNMAP,
  WM_CLASS,
  xEvents,
  xMasks,
} from './requests.ts';

export interface WindowFacts {
  readonly pid: number | undefined;
  readonly class: string;
  /** `MENU`, `NORMAL`…: suffixes of `_NET_WM_WINDOW_TYPE_…`, limited to `wantedTypes`. */
  readonly types: readonly string[];
  /** Its role as its program declares it (`WM_WINDOW_ROLE`). */
  readonly role: string;
  /** It asks to stay above all others (`_NET_WM_STATE_ABOVE`). */
  readonly above: boolean;
}

export type XWindowEvent =
  /** The window manager's list of windows changed. */
  | { readonly kind: 'list-changed' }
  /** An override-redirect window appeared: a menu, list or tooltip. */
  | { readonly kind: 'unmanaged'; readonly id: number };

export interface XWindows {
  /** Windows on the window manager's list. */
  managed(): Promise<readonly number[]>;
  /** Undefined: it is gone. */
  factsOf(id: number): Promise<WindowFacts | undefined>;
  /** From now on the window keeps this name, whatever its program sets: any X client can read all window names. */
  keepName(id: number, name: string): void;
  hide(id: number): void;
  /** Moves the window onto the screen whenever a part of it is outside. */
  keepOnScreen(id: number): void;
  /** Like a click on its close button. */
  askToClose(id: number): void;
  destroy(id: number): void;
  isShown(id: number): Promise<boolean>;
  /** Whether another program has grabbed the pointer while no button is pressed: an open list, a captured mouse. */
  isPointerHeld(): Promise<boolean>;
  onEvent(listener: (event: XWindowEvent) => void): void;
  onEnd(listener: () => void): void;
  end(): void;
}

const NAMES = [
  '_NET_CLIENT_LIST',
  '_NET_WM_PID',
  '_NET_WM_WINDOW_TYPE',
  '_NET_WM_STATE',
  '_NET_WM_STATE_ABOVE',
  'WM_PROTOCOLS',
  'WM_DELETE_WINDOW',
  'WM_WINDOW_ROLE',
] as const;

/** A current window manager (EWMH) sets this property on the root. */
export const hasWindowManager = async (display: XDisplay): Promise<boolean> => {
  const x = await connectX(display);
  try {
    const check = (await atomOf(x, '_NET_SUPPORTING_WM_CHECK')) ?? 0;
    const reply = await x.ask(GET_PROPERTY, 0, words(x.root, check, 0, 0, 1));
    return reply !== undefined && reply.readUInt32LE(16) > 0;
  } finally {
    x.end();
  }
};

/** `wantedTypes` without their common prefix: `MENU`, `TOOLTIP`. */
export const openXWindows = async (display: XDisplay, wantedTypes: readonly string[]): Promise<XWindows> => {
  // Loaded here, because the browser is started first.
  const [{ openXPlaces }, { openXPointer }, { keepingOnScreen }] = await Promise.all([
    import('./places.ts'),
    import('./pointer.ts'),
    import('./on-screen.ts'),
  ]);
  const x = await connectX(display);
  const [list = 0, pid = 0, type = 0, state = 0, above = 0, protocols = 0, remove = 0, roleAtom = 0] =
    await Promise.all(NAMES.map((one) => atomOf(x, one)));
  const names = await openXNames(x);
  const types = new Map(
    await Promise.all(
      wantedTypes.map(async (one) => [(await atomOf(x, `_NET_WM_WINDOW_TYPE_${one}`)) ?? 0, one] as const),
    ),
  );
  x.tell(CHANGE_ATTRIBUTES, 0, words(x.root, EVENT_MASK, xMasks.substructureNotify | xMasks.propertyChange));
  return {
    managed: async () => readNumbers(await readProperty(x, x.root, list)),
    async factsOf(id) {
      const [owner, named, typed, states, role] = await Promise.all(
        [pid, WM_CLASS, type, state, roleAtom].map((atom) => readProperty(x, id, atom)),
      );
      if (owner === undefined || named === undefined || typed === undefined) return undefined;
      return {
        pid: readNumbers(owner)[0],
        class: named.toString('latin1').split('\0')[1] ?? '',
        role: role?.toString('latin1') ?? '',
        types: readNumbers(typed).flatMap((atom) => types.get(atom) ?? []),
        above: readNumbers(states).includes(above),
      };
    },
    keepName: names.keep,
    hide: (id) => x.tell(UNMAP, 0, words(id)),
    keepOnScreen: keepingOnScreen(x),
    askToClose(id) {
      const head = Buffer.from([xEvents.clientMessage, 32, 0, 0]);
      x.tell(SEND_EVENT, 0, Buffer.concat([words(id, 0), head, words(id, protocols, remove, 0, 0, 0, 0)]));
    },
    destroy: (id) => x.tell(DESTROY, 0, words(id)),
    isShown: openXPlaces(x).isViewable,
    isPointerHeld: openXPointer(x).isHeld,
    onEvent(listener) {
      x.onEvent((event) => {
        const kind = eventKind(event);
        if (kind === xEvents.propertyNotify && event.readUInt32LE(8) === list) listener({ kind: 'list-changed' });
        else if (kind === xEvents.mapNotify && event.readUInt8(12) === 1)
          listener({ kind: 'unmanaged', id: event.readUInt32LE(8) });
      });
    },
    onEnd: x.onEnd,
    end: x.end,
  };
};
