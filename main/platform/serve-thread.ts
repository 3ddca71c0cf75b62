/** The other end of `ask-thread.ts`: what a thread's script runs. */
import { parentPort } from 'node:worker_threads';
import type { ThreadAsk, ThreadReply } from './ask-thread.ts';

/** An operation throws this for an expected "no"; anything else thrown is answered as `failed`. */
export class ThreadRefusal extends Error {
  readonly problem: string;
  constructor(problem: string, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

export type Served = Readonly<Record<string, (args: never, tell: (news: unknown) => void) => Promise<unknown>>>;

/** Answers one question at a time, in order: pictures are large, two at once would double the memory. */
export const serveThread = (operations: Served): void => {
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ id, operation, args }: ThreadAsk): Promise<void> => {
    const send = (reply: ThreadReply): void => parentPort?.postMessage(reply, movable(reply));
    try {
      const work = operations[operation];
      if (!work) throw new Error(`no such operation: ${operation}`);
      send({ id, kind: 'done', value: await work(args as never, (news) => send({ id, kind: 'news', news })) });
    } catch (error) {
      send({ id, kind: 'problem', problem: error instanceof ThreadRefusal ? error.problem : 'failed' });
    }
  };
  parentPort?.on('message', (ask: ThreadAsk) => {
    last = last.then(() => answer(ask));
  });
  parentPort?.postMessage({ kind: 'loaded' } satisfies ThreadReply);
};

/** The buffers of an answer that can be moved instead of copied: only whole ones of our own. */
const movable = (reply: ThreadReply): ArrayBuffer[] => {
  if (reply.kind !== 'done') return [];
  const values = reply.value instanceof Uint8Array ? [reply.value] : Object.values((reply.value ?? {}) as object);
  const buffers = values.flatMap((value: unknown) =>
    value instanceof Uint8Array && value.constructor === Uint8Array && value.byteLength === value.buffer.byteLength
      ? [value.buffer as ArrayBuffer]
      : [],
  );
  return [...new Set(buffers)];
};
