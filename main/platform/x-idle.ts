/**
 * How long nobody touched a keyboard, a mouse or a screen of an X display, by the word of the server that reads them. What a
 * page makes of itself (events, scrolling, text) is no input there.
 */
import { connectX, padded, words, type XConnection, type XDisplay } from './x-connection.ts';

export interface XIdle {
  /** Undefined when the server can't tell. */
  idleMs(): Promise<number | undefined>;
  end(): void;
}

const EXTENSION = 'MIT-SCREEN-SAVER';
const QUERY_EXTENSION = 98;
const QUERY_INFO = 1;

interface Asked {
  readonly x: XConnection;
  readonly opcode: number;
}

const open = async (display: XDisplay, onEnd: () => void): Promise<Asked> => {
  const x = await connectX(display);
  x.onEnd(onEnd);
  const body = Buffer.alloc(4 + padded(EXTENSION.length));
  body.writeUInt16LE(EXTENSION.length, 0);
  body.write(EXTENSION, 4, 'latin1');
  const reply = await x.ask(QUERY_EXTENSION, 0, body);
  if (reply?.readUInt8(8) !== 1) throw new Error(`this X server has no ${EXTENSION}`);
  return { x, opcode: reply.readUInt8(9) };
};

/** Connects at the first question, and again when the connection was lost. */
export const openXIdle = (display: () => XDisplay): XIdle => {
  let asked: Promise<Asked> | undefined;
  const forget = (): void => void (asked = undefined);
  return {
    async idleMs() {
      try {
        asked ??= open(display(), forget);
        const { x, opcode } = await asked;
        return (await x.ask(opcode, QUERY_INFO, words(x.root)))?.readUInt32LE(16);
      } catch {
        forget();
        return undefined;
      }
    },
    end: () => void asked?.then(({ x }) => x.end(), forget),
  };
};
