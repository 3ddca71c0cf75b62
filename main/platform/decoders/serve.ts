/** The answering side of `client.ts`, which runs in a decoder's script. */
import { Socket } from 'node:net';
import type { DecoderAsk, DecoderReply } from './client.ts';
import { CHANNEL, createFrameReader, encodeFrame } from './frames.ts';

/**
 * An operation throws this for an expected failure; anything else it throws is answered as `failed`, or as `too-large`
 * when the kernel's limit on memory refused it more.
 */
export class DecoderRefusal extends Error {
  readonly problem: string;
  constructor(problem: string, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

export type Served = Readonly<Record<string, (args: never, tell: (news: unknown) => void) => Promise<unknown>>>;

interface Line {
  send(reply: DecoderReply): void;
  onAsk(listener: (ask: DecoderAsk) => void): void;
}

/** A utility process of Electron has a `parentPort`, which Node's types do not declare. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
const electronPort = (): ElectronPort | undefined => (process as { parentPort?: ElectronPort }).parentPort;

const portLine = (port: ElectronPort): Line => ({
  send: (reply) => port.postMessage(reply),
  onAsk: (listener) => port.on('message', ({ data }) => listener(data as DecoderAsk)),
});

/** The asking side is trusted: requests have no size limit. */
const socketLine = (): Line => {
  const socket = new Socket({ fd: CHANNEL, readable: true, writable: true });
  socket.on('error', () => process.exit(1));
  socket.on('close', () => process.exit(0));
  return {
    send(reply) {
      socket.cork();
      for (const part of encodeFrame(reply)) socket.write(part);
      socket.uncork();
    },
    onAsk(listener) {
      const reader = createFrameReader({
        maxBytes: Number.MAX_SAFE_INTEGER,
        onMessage: (ask) => listener(ask as DecoderAsk),
        onBroken: () => process.exit(1),
      });
      socket.on('data', (chunk: Buffer) => reader.push(chunk));
    },
  };
};

/** Node's own buffers throw the first, V8's typed arrays the second. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError &&
  ((error as NodeJS.ErrnoException).code === 'ERR_MEMORY_ALLOCATION_FAILED' ||
    error.message === 'Array buffer allocation failed');

const problemOf = (error: unknown): string => {
  if (error instanceof DecoderRefusal) return error.problem;
  return isOutOfMemory(error) ? 'too-large' : 'failed';
};

/** Handles one request at a time, in order: images are large, and two at once would double the memory. */
export const serveDecoder = (operations: Served): void => {
  const port = electronPort();
  const line = port ? portLine(port) : socketLine();
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ id, operation, args }: DecoderAsk): Promise<void> => {
    const { send } = line;
    try {
      const work = operations[operation];
      if (!work) throw new Error(`no such operation: ${operation}`);
      send({ id, kind: 'done', value: await work(args as never, (news) => send({ id, kind: 'news', news })) });
    } catch (error) {
      send({ id, kind: 'problem', problem: problemOf(error) });
    }
  };
  line.onAsk((ask) => {
    last = last.then(() => answer(ask));
  });
  line.send({ kind: 'loaded' });
};
