/**
 * Reads the browser's messages from the pipe. Small ones are decoded whole. A large one is scanned as it arrives: form
 * data is cut out (its size takes its place), an event without listeners is dropped, and for a message over the limit
 * only its subject is kept.
 */
import { decodeMessage, encodeMessage, messageLength } from './pipe-cbor.ts';

export interface TooLarge {
  /** Id of the command that it answers. */
  readonly answerTo: number | undefined;
  /** Id of a paused request, which waits for our answer. */
  readonly paused: string | undefined;
}

export interface MessageReaderOptions {
  readonly maxBytes: number;
  /** Whether this event has no listener. */
  readonly skip: (event: string) => boolean;
  readonly onMessage: (message: unknown) => void;
  readonly onTooLarge: (message: TooLarge) => void;
}

const LARGE_BYTES = 256 * 1024;
const HEAD_BYTES = 7;
const LONGEST_HEAD_BYTES = 9;
const NOTHING: Buffer = Buffer.alloc(0);
/** Fields with form data, other than a person's files: as a whole, and in parts. */
const BODIES: ReadonlySet<string> = new Set(['postData', 'bytes']);
/** Smaller values cost nothing. */
const CUT_FROM_BYTES = 4 * 1024;
/** Longest name or value that we need in order to know the subject of a message. */
const SUBJECT_BYTES = 200;

const [TEXT, BYTES] = [3, 2];
const [ENVELOPE, BASE64, MAP, ARRAY, STOP, DOUBLE] = [0xd8, 0xd6, 0xbf, 0x9f, 0xff, 0xfb];

interface Level {
  readonly isMap: boolean;
  /** The key of the next value; undefined when a key comes next. */
  name: string | undefined;
}
interface Text {
  left: number;
  readonly isName: boolean;
  readonly keep: boolean;
  readonly said: Buffer[] | undefined;
}

/** Length of the item's head; undefined when more bytes are needed. */
const headLength = (bytes: Buffer): number | undefined => {
  const [first = 0, second] = bytes;
  if (first === ENVELOPE) return second === undefined ? undefined : second === 0x18 ? 7 : 6;
  if (first === DOUBLE) return 9;
  if (first >> 5 > TEXT) return 1;
  const info = first & 31;
  return info < 24 ? 1 : 1 + 2 ** (info - 24);
};

const numberIn = (head: Buffer): number => {
  if (head.length === 1) return (head[0] ?? 0) & 31;
  return head.length === 9 ? Number(head.readBigUInt64BE(1)) : head.readUIntBE(1, head.length - 1);
};

/** Scans one large message. */
const scanLarge = (maxBytes: number, skip: (event: string) => boolean) => {
  const levels: Level[] = [];
  // Copied: a page can cause a message of millions of pieces, and a slice of each would keep its whole chunk alive.
  let kept: Buffer = Buffer.alloc(2 * LARGE_BYTES);
  let bytes = 0;
  let pending: Buffer = NOTHING;
  let isTagged = false;
  let text: Text | undefined;
  let fate: 'read' | 'skip' | 'too-large' = 'read';
  let answerTo: number | undefined;
  let paused: string | undefined;

  const keep = (piece: Buffer): void => {
    if (fate !== 'read') return;
    if (bytes + piece.length > maxBytes) {
      fate = 'too-large';
      kept = NOTHING;
      return;
    }
    if (bytes + piece.length > kept.length) {
      const larger = Buffer.alloc(Math.max(2 * kept.length, bytes + piece.length));
      kept.copy(larger, 0, 0, bytes);
      kept = larger;
    }
    bytes += piece.copy(kept, bytes);
  };
  const hasValue = (value: string | number | undefined): void => {
    const level = levels.at(-1);
    if (!level?.isMap) return;
    if (levels.length === 1 && level.name === 'id') answerTo = Number(value);
    else if (levels.length === 1 && level.name === 'method' && skip(String(value))) fate = 'skip';
    else if (levels.length === 2 && level.name === 'requestId') paused = String(value);
    level.name = undefined;
  };
  const endText = ({ isName, said }: Text): void => {
    const words = said && Buffer.concat(said).toString('utf8');
    const level = levels.at(-1);
    if (isName && level) level.name = words ?? '';
    else hasValue(words);
  };
  const beginText = (head: Buffer): void => {
    const left = numberIn(head);
    const level = levels.at(-1);
    const isName = level?.isMap === true && level.name === undefined;
    const isCut = !isName && left > CUT_FROM_BYTES && BODIES.has(level?.name ?? '');
    if (isCut) keep(encodeMessage(String(left)));
    else {
      if (isTagged) keep(Buffer.from([BASE64]));
      keep(head);
    }
    isTagged = false;
    text = { left, isName, keep: !isCut, said: left <= SUBJECT_BYTES ? [] : undefined };
    if (left === 0) {
      endText(text);
      text = undefined;
    }
  };
  const begin = (head: Buffer): void => {
    const first = head[0] ?? 0;
    if (first === BASE64) isTagged = true;
    else if (first !== ENVELOPE && (first >> 5 === TEXT || first >> 5 === BYTES)) beginText(head);
    else {
      keep(head);
      if (first === MAP || first === ARRAY) levels.push({ isMap: first === MAP, name: undefined });
      else if (first === STOP) {
        levels.pop();
        hasValue(undefined);
      } else if (first !== ENVELOPE) hasValue(first >> 5 === 0 ? numberIn(head) : undefined);
    }
  };
  return {
    push(chunk: Buffer): void {
      let at = 0;
      while (at < chunk.length && fate !== 'skip') {
        if (text) {
          const piece = chunk.subarray(at, at + text.left);
          if (text.keep) keep(piece);
          text.said?.push(piece);
          text.left -= piece.length;
          at += piece.length;
          if (text.left > 0) return;
          const ended = text;
          text = undefined;
          endText(ended);
          continue;
        }
        const next = chunk.subarray(at, at + LONGEST_HEAD_BYTES);
        const head = pending.length > 0 ? Buffer.concat([pending, next]) : next;
        const length = headLength(head);
        if (length === undefined || length > head.length) {
          pending = Buffer.from(head); // the rest comes with the next chunk
          return;
        }
        at += length - pending.length;
        pending = NOTHING;
        begin(head.subarray(0, length));
      }
    },
    end(): { readonly message: unknown } | TooLarge | undefined {
      if (fate === 'skip') return undefined;
      return fate === 'too-large' ? { answerTo, paused } : { message: decodeMessage(kept.subarray(0, bytes)) };
    },
  };
};

export const createCborReader = (options: MessageReaderOptions): ((chunk: Buffer) => void) => {
  let parts: Buffer[] = [];
  let held = 0;
  let left = 0;
  let walk: ReturnType<typeof scanLarge> | undefined;

  const isSkipped = (message: unknown): boolean => {
    const { method } = message as { readonly method?: string };
    return method !== undefined && options.skip(method);
  };
  const end = (): void => {
    const whole = walk ? walk.end() : { message: decodeMessage(Buffer.concat(parts)) };
    walk = undefined;
    parts = [];
    if (whole === undefined) return;
    if (!('message' in whole)) options.onTooLarge(whole);
    else if (!isSkipped(whole.message)) options.onMessage(whole.message);
  };
  /** Undefined: the head of the next message is incomplete. */
  const begin = (chunk: Buffer): Buffer | undefined => {
    const rest = held > 0 ? Buffer.concat([...parts, chunk]) : chunk;
    const length = rest.length < HEAD_BYTES ? undefined : messageLength(rest);
    if (length === undefined) {
      parts = [rest];
      held = rest.length;
      return undefined;
    }
    parts = [];
    held = 0;
    left = length;
    walk = length > LARGE_BYTES ? scanLarge(options.maxBytes, options.skip) : undefined;
    return rest;
  };
  return (given) => {
    let chunk: Buffer | undefined = given;
    while (chunk && chunk.length > 0) {
      if (left === 0) chunk = begin(chunk);
      if (!chunk) return;
      const piece = chunk.subarray(0, left);
      if (walk) walk.push(piece);
      else parts.push(piece);
      left -= piece.length;
      chunk = chunk.subarray(piece.length);
      if (left === 0) end();
    }
  };
};
