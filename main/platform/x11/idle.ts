/**
 * Time since the last touch of a keyboard, mouse or touch screen of an X display, from the raw device events of the
 * server. A page cannot fake these events. The server's own idle counter is no use here: a browser resets it whenever
 * it releases a screen wake lock, which pages can cause (downloads, videos, wake locks).
 *
 * A mouse that nobody touches may report moves too: on a table that shakes, or on a surface that its sensor cannot
 * read. They would keep a session open for ever, so a move counts once it has brought the pointer somewhere.
 */
import { connectX, extensionOf, words, type XConnection, type XDisplay } from './connection.ts';
import { QUERY_POINTER, xEvents } from './requests.ts';

export interface XIdle {
  /** Infinity when nothing was touched since we started to listen, undefined when the server can't tell. */
  idleMs(): Promise<number | undefined>;
  end(): void;
}

const EXTENSION = 'XInputExtension';
const SELECT_EVENTS = 46;
const QUERY_VERSION = 47;
/** From 2.1 on, raw events are also delivered while another client holds a grab; 2.2 adds touch. */
const VERSION = { major: 2, minor: 2 } as const;
const ALL_MASTER_DEVICES = 1;
/** Key, button and motion, then touch. Event numbers are also the bit positions in the mask. */
const RAW_EVENTS = [13, 14, 15, 16, 17, 22, 23, 24];
const RAW_MOTION = 17;
const MASK = RAW_EVENTS.reduce((mask, number) => mask | (1 << number), 0);
/** A hand moves the pointer this far within this time, even a slow one. A mouse that trembles comes back. */
const HAND = { px: 15, withinMs: 2_000 } as const;

interface Listening {
  readonly x: XConnection;
  /** When a hand last touched a device. */
  lastMs(): Promise<number>;
}

const listen = async (display: XDisplay, onEnd: () => void): Promise<Listening> => {
  const x = await connectX(display);
  x.onEnd(onEnd);
  const opcode = await extensionOf(x, EXTENSION);
  const version = await x.ask(opcode, QUERY_VERSION, words(VERSION.major | (VERSION.minor << 16)));
  if (!version || version.readUInt16LE(8) < VERSION.major || version.readUInt16LE(10) < VERSION.minor)
    throw new Error(`the ${EXTENSION} of this X server is too old`);
  let lastMs = -Infinity;
  let movedMs = -Infinity;
  x.onEvent((event) => {
    if (event.readUInt8(0) !== xEvents.generic || event.readUInt8(1) !== opcode) return;
    const kind = event.readUInt16LE(8);
    if (kind === RAW_MOTION) movedMs = performance.now();
    else if (RAW_EVENTS.includes(kind)) lastMs = performance.now();
  });
  x.tell(opcode, SELECT_EVENTS, words(x.root, 1, ALL_MASTER_DEVICES | (1 << 16), MASK));
  let before = { x: 0, y: 0, atMs: -Infinity };
  return {
    x,
    async lastMs() {
      // A round trip: events that happened before it are delivered before its reply.
      const pointer = await x.ask(QUERY_POINTER, 0, words(x.root));
      if (!pointer) throw new Error('the X server does not tell where its pointer is');
      const now = { x: pointer.readInt16LE(16), y: pointer.readInt16LE(18), atMs: performance.now() };
      const isAway = Math.hypot(now.x - before.x, now.y - before.y) >= HAND.px;
      // Without a move of a device, a program moved the pointer.
      if (isAway && movedMs > before.atMs) lastMs = Math.max(lastMs, movedMs);
      if (isAway || now.atMs - before.atMs >= HAND.withinMs) before = now;
      return lastMs;
    },
  };
};

/** Starts to listen at the first call, and again after the connection was lost. */
export const openXIdle = (display: () => XDisplay): XIdle => {
  let listening: Promise<Listening> | undefined;
  const forget = (): void => void (listening = undefined);
  return {
    async idleMs() {
      try {
        listening ??= listen(display(), forget);
        const { lastMs } = await listening;
        return performance.now() - (await lastMs());
      } catch {
        forget();
        return undefined;
      }
    },
    end: () => void listening?.then(({ x }) => x.end(), forget),
  };
};
