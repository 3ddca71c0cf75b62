/** The windows of an X display: who comes, whose each is, and putting one out of sight. No program is started for it. */
import { atomOf, connectX, padded, words, type XDisplay } from './x-connection.ts';

export interface WindowFacts {
  readonly pid: number | undefined;
  readonly class: string;
  /** `MENU`, `NORMAL`…: the ends of `_NET_WM_WINDOW_TYPE_…` that were asked for. */
  readonly types: readonly string[];
}

export type XWindowEvent =
  /** The window manager took one in, or let one go. */
  | { readonly kind: 'list-changed' }
  /** Drawn without asking the window manager: menus, lists, tooltips. */
  | { readonly kind: 'unmanaged'; readonly id: number };

export interface XWindows {
  /** Those that the window manager keeps. */
  managed(): Promise<readonly number[]>;
  /** Undefined: it is gone. */
  factsOf(id: number): Promise<WindowFacts | undefined>;
  /** From now on the window is called this, whatever its program calls it: the display reads the names of all windows to whoever asks. */
  keepName(id: number, name: string): void;
  hide(id: number): void;
  /** As somebody who presses its cross. */
  askToClose(id: number): void;
  destroy(id: number): void;
  onEvent(listener: (event: XWindowEvent) => void): void;
  onEnd(listener: () => void): void;
  end(): void;
}

const CHANGE_ATTRIBUTES = 2;
const DESTROY = 4;
const UNMAP = 10;
const CHANGE_PROPERTY = 18;
const GET_PROPERTY = 20;
const SEND_EVENT = 25;
const DESTROY_NOTIFY = 17;
const MAP_NOTIFY = 19;
const PROPERTY_NOTIFY = 28;
const CLIENT_MESSAGE = 33;
const EVENT_MASK = 0x800;
const STRUCTURE_NOTIFY = 1 << 17;
const SUBSTRUCTURE_NOTIFY = 1 << 19;
const PROPERTY_CHANGE = 1 << 22;
const MOST_WORDS = 1_024;

const NAMES = [
  '_NET_CLIENT_LIST',
  '_NET_WM_PID',
  '_NET_WM_WINDOW_TYPE',
  'WM_PROTOCOLS',
  'WM_DELETE_WINDOW',
  'UTF8_STRING',
  '_NET_WM_NAME',
  '_NET_WM_ICON_NAME',
] as const;
const STRING = 31;
const WM_ICON_NAME = 37;
const WM_NAME = 39;
const WM_CLASS = 67;
const CHANGED = 0;

/** A window manager of today names a window of its own on the root. */
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

/** `wantedTypes` without their common beginning: `MENU`, `TOOLTIP`. */
export const openXWindows = async (display: XDisplay, wantedTypes: readonly string[]): Promise<XWindows> => {
  const x = await connectX(display);
  const [list = 0, pid = 0, type = 0, protocols = 0, remove = 0, utf8 = 0, name = 0, iconName = 0] = await Promise.all(
    NAMES.map((one) => atomOf(x, one)),
  );
  /** What tells a window's name, and how it is written. */
  const nameAtoms = new Map([
    [name, utf8],
    [iconName, utf8],
    [WM_NAME, STRING],
    [WM_ICON_NAME, STRING],
  ]);
  const keptNames = new Map<number, Buffer>();
  const types = new Map(
    await Promise.all(
      wantedTypes.map(async (one) => [(await atomOf(x, `_NET_WM_WINDOW_TYPE_${one}`)) ?? 0, one] as const),
    ),
  );
  /** Empty when the window has no such property; undefined when it is gone. */
  const property = async (id: number, atom: number): Promise<Buffer | undefined> => {
    const reply = await x.ask(GET_PROPERTY, 0, words(id, atom, 0, 0, MOST_WORDS));
    return reply?.subarray(32, 32 + (reply.readUInt32LE(16) * reply.readUInt8(1)) / 8);
  };
  const numbers = (bytes: Buffer | undefined): readonly number[] =>
    Array.from({ length: Math.floor((bytes?.length ?? 0) / 4) }, (_, i) => bytes?.readUInt32LE(i * 4) ?? 0);

  /** One that has no such name is left without. */
  const rename = async (id: number, atom: number): Promise<void> => {
    const [kept, written] = [keptNames.get(id), nameAtoms.get(atom)];
    if (kept === undefined || written === undefined) return;
    const now = await property(id, atom);
    if (now === undefined || now.length === 0 || now.equals(kept)) return;
    const text = Buffer.concat([kept], padded(kept.length));
    x.tell(CHANGE_PROPERTY, 0, Buffer.concat([words(id, atom, written, 8, kept.length), text]));
  };
  const renameQuietly = (id: number, atom: number): void => void rename(id, atom).catch(() => undefined);

  x.tell(CHANGE_ATTRIBUTES, 0, words(x.root, EVENT_MASK, SUBSTRUCTURE_NOTIFY | PROPERTY_CHANGE));
  x.onEvent((event) => {
    const kind = event.readUInt8(0);
    if (kind === PROPERTY_NOTIFY && event.readUInt8(16) === CHANGED)
      renameQuietly(event.readUInt32LE(4), event.readUInt32LE(8));
    if (kind === DESTROY_NOTIFY) keptNames.delete(event.readUInt32LE(8));
  });
  return {
    managed: async () => numbers(await property(x.root, list)),
    async factsOf(id) {
      const [owner, named, typed] = await Promise.all([pid, WM_CLASS, type].map((atom) => property(id, atom)));
      if (owner === undefined || named === undefined || typed === undefined) return undefined;
      return {
        pid: numbers(owner)[0],
        class: named.toString('latin1').split('\0')[1] ?? '',
        types: numbers(typed).flatMap((atom) => types.get(atom) ?? []),
      };
    },
    keepName(id, kept) {
      keptNames.set(id, Buffer.from(kept, 'latin1'));
      x.tell(CHANGE_ATTRIBUTES, 0, words(id, EVENT_MASK, PROPERTY_CHANGE | STRUCTURE_NOTIFY));
      for (const atom of nameAtoms.keys()) renameQuietly(id, atom);
    },
    hide: (id) => x.tell(UNMAP, 0, words(id)),
    askToClose(id) {
      const head = Buffer.from([CLIENT_MESSAGE, 32, 0, 0]);
      x.tell(SEND_EVENT, 0, Buffer.concat([words(id, 0), head, words(id, protocols, remove, 0, 0, 0, 0)]));
    },
    destroy: (id) => x.tell(DESTROY, 0, words(id)),
    onEvent(listener) {
      x.onEvent((event) => {
        const kind = event.readUInt8(0) & 0x7f; // the highest bit: somebody sent it by hand
        if (kind === PROPERTY_NOTIFY && event.readUInt32LE(8) === list) listener({ kind: 'list-changed' });
        else if (kind === MAP_NOTIFY && event.readUInt8(12) === 1)
          listener({ kind: 'unmanaged', id: event.readUInt32LE(8) });
      });
    },
    onEnd: x.onEnd,
    end: x.end,
  };
};
