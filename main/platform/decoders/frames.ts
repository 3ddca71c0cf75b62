/**
 * Messages between us and a process that decodes untrusted files. The message is plain JSON, with its byte blocks
 * beside it, and all lengths come first. A compromised process can make us allocate at most what we allow, and can send
 * nothing but data.
 *
 * One frame: length of the JSON, number of byte blocks, length of each block (32 bits each, little-endian), the JSON,
 * the blocks. In the JSON a block is `{"$bytes": index}`.
 */

/** The file descriptor of the channel, the same on both sides. */
export const CHANNEL = 3;

const WORD = 4;
const MAX_BLOCKS = 4096;
/** The text of a hundred full pages takes a third of this. Parsed into objects, JSON takes several times its length. */
const MAX_JSON_BYTES = 32 * 1024 * 1024;
const MARK = '$bytes';

interface Marked {
  readonly [MARK]: number;
}

export const encodeFrame = (message: unknown): readonly Uint8Array[] => {
  const blocks: Uint8Array[] = [];
  // Replaces the bytes before `JSON.stringify`, not in its replacer: by then it has called `toJSON` on every Buffer,
  // which makes an array of its numbers, eight times as large.
  const mark = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return { [MARK]: blocks.push(value) - 1 } satisfies Marked;
    if (Array.isArray(value)) return value.map(mark);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, mark(own)]));
  };
  const text = JSON.stringify(mark(message));
  const json = Buffer.from(text, 'utf8');
  const head = Buffer.allocUnsafe(WORD * (2 + blocks.length));
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(blocks.length, WORD);
  for (const [at, block] of blocks.entries()) head.writeUInt32LE(block.length, WORD * (2 + at));
  return [head, json, ...blocks];
};

/** Filled from chunks of any size. */
interface Block {
  readonly bytes: Buffer;
  filled: number;
}

// Each block has its own memory, so that keeping one does not keep the rest of the message alive.
const emptyBlock = (size: number): Block => ({ bytes: Buffer.allocUnsafeSlow(size), filled: 0 });
const start = (): readonly Block[] => [emptyBlock(2 * WORD)];

const wordsOf = ({ bytes }: Block): readonly number[] =>
  Array.from({ length: bytes.length / WORD }, (_, at) => bytes.readUInt32LE(at * WORD));

/** Blocks become `Uint8Array`s: pdf.js refuses a Buffer. */
const messageOf = ([json, ...blocks]: readonly Block[]): unknown =>
  JSON.parse(String(json?.bytes), (_key, value: unknown) => {
    const index = (value as Partial<Marked> | null)?.[MARK];
    if (typeof index !== 'number') return value;
    const bytes = blocks[index]?.bytes;
    return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  });

export interface FrameReader {
  push(chunk: Uint8Array): void;
}

export interface FrameReaderOptions {
  readonly maxBytes: number;
  readonly onMessage: (message: unknown) => void;
  /** The frame is too large or malformed. Nothing more is read. */
  readonly onBroken: () => void;
}

export const createFrameReader = ({ maxBytes, onMessage, onBroken }: FrameReaderOptions): FrameReader => {
  let stage: 'start' | 'lengths' | 'body' | 'broken' = 'start';
  let blocks = start();
  let jsonBytes = 0;

  const toBody = (lengths: readonly number[]): void => {
    let total = jsonBytes;
    for (const length of lengths) total += length;
    if (jsonBytes > MAX_JSON_BYTES || total > maxBytes) throw new Error('the frame is too large');
    blocks = [emptyBlock(jsonBytes), ...lengths.map(emptyBlock)];
    stage = 'body';
  };
  /** Called when all blocks are full: moves to the next part of the frame. Returns the message when it is complete. */
  const advance = (): { readonly message: unknown } | undefined => {
    if (stage === 'body') {
      const message = messageOf(blocks);
      stage = 'start';
      blocks = start();
      return { message };
    }
    const words = blocks.flatMap(wordsOf);
    if (stage === 'lengths') toBody(words);
    else {
      const [json = 0, count = 0] = words;
      if (count > MAX_BLOCKS) throw new Error('the frame has too many blocks');
      jsonBytes = json;
      if (count === 0) toBody([]);
      else {
        blocks = [emptyBlock(count * WORD)];
        stage = 'lengths';
      }
    }
    return undefined;
  };
  const take = (chunk: Uint8Array): readonly unknown[] => {
    const messages: unknown[] = [];
    for (let rest = chunk; ;) {
      const next = blocks.find(({ bytes, filled }) => filled < bytes.length);
      if (next === undefined) {
        const done = advance();
        if (done) messages.push(done.message);
      } else if (rest.length === 0) return messages;
      else {
        const taken = rest.subarray(0, next.bytes.length - next.filled);
        next.bytes.set(taken, next.filled);
        next.filled += taken.length;
        rest = rest.subarray(taken.length);
      }
    }
  };
  return {
    push(chunk) {
      if (stage === 'broken') return;
      let messages: readonly unknown[];
      try {
        messages = take(chunk);
      } catch {
        stage = 'broken';
        blocks = [];
        return onBroken();
      }
      for (const message of messages) onMessage(message);
    },
  };
};
