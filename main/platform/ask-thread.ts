/**
 * Sends requests to a worker thread. Each request has a timeout. When the thread dies or hangs, its pending requests
 * fail and the next request starts a new thread.
 */
import { fail, ok, type Result } from '../contract/result.ts';
import type { Clock } from './clock.ts';
import type { StartThread, Thread, ThreadEnd } from './worker.ts';

export type Operations = Readonly<Record<string, (args: never) => unknown>>;
export type ArgsOf<Ops, O extends keyof Ops> = Ops[O] extends (args: infer A) => unknown ? A : never;
export type AnswerOf<Ops, O extends keyof Ops> = Ops[O] extends (args: never) => infer R ? Awaited<R> : never;

export interface ThreadAsk {
  readonly id: number;
  readonly operation: string;
  readonly args: unknown;
}

export type ThreadReply =
  /** The script has loaded its libraries and starts to answer, one request at a time. */
  | { readonly kind: 'loaded' }
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  /** An expected failure, with a code that the operation defines. */
  | { readonly id: number; readonly kind: 'problem'; readonly problem: string }
  /** A progress message. */
  | { readonly id: number; readonly kind: 'news'; readonly news: unknown };

/** `slow`: the request timed out. `died`: the thread exited during it. `too-large`: it exceeded its memory limit. */
export type ThreadProblem = 'slow' | 'died' | ThreadEnd | (string & {});

export interface AskThread<Ops> {
  ask<O extends keyof Ops & string>(
    operation: O,
    args: ArgsOf<Ops, O>,
    onNews?: (news: unknown) => void,
  ): Promise<Result<AnswerOf<Ops, O>, ThreadProblem>>;
  /** Kills the thread with everything in its memory; the next request starts another. */
  clear(): Promise<void>;
}

export interface AskThreadDeps<Ops> {
  readonly startThread: StartThread;
  readonly clock: Clock;
  /** Counted from when the thread starts this operation: time spent queued behind other requests is not counted. */
  readonly timeoutMs: (operation: keyof Ops & string) => number;
  readonly maxHeapMb: number;
  readonly onDied?: () => void;
}

/** Time to load the libraries, on a ten-year-old PC with a busy disk. */
const LOAD_TIMEOUT_MS = 60_000;

interface Waiting<Ops> {
  readonly id: number;
  readonly operation: keyof Ops & string;
  settle(result: Result<unknown, ThreadProblem>): void;
  onNews(news: unknown): void;
}

export const createAskThread = <Ops>(deps: AskThreadDeps<Ops>): AskThread<Ops> => {
  let thread: Thread | undefined;
  let loaded = false;
  let nextId = 1;
  /** In the order of the answers: the thread is working on the first one. */
  let waiting: Waiting<Ops>[] = [];
  let stopTimer: () => void = () => undefined;

  const timeFirst = (): void => {
    stopTimer();
    const first = waiting[0];
    if (!first) return;
    stopTimer = deps.clock.after(loaded ? deps.timeoutMs(first.operation) : LOAD_TIMEOUT_MS, () => void clear('slow'));
  };
  const failAll = (problem: ThreadProblem): void => {
    thread = undefined;
    loaded = false;
    stopTimer();
    const all = waiting;
    waiting = [];
    for (const one of all) one.settle(fail(problem));
  };
  const clear = async (problem: ThreadProblem): Promise<void> => {
    const ending = thread;
    failAll(problem);
    await ending?.stop();
  };
  const onReply = (reply: ThreadReply): void => {
    if (reply.kind === 'loaded') {
      loaded = true;
      return timeFirst();
    }
    const one = waiting.find(({ id }) => id === reply.id);
    if (!one) return;
    if (reply.kind === 'news') return one.onNews(reply.news);
    waiting = waiting.filter((other) => other !== one);
    timeFirst();
    one.settle(reply.kind === 'done' ? ok(reply.value) : fail(reply.problem));
  };
  const ensureThread = (): Thread => {
    if (thread) return thread;
    const started: Thread = deps.startThread({
      maxHeapMb: deps.maxHeapMb,
      onMessage(message) {
        if (thread === started) onReply(message as ThreadReply);
      },
      onExit(end) {
        if (thread !== started) return;
        if (waiting.length > 0) deps.onDied?.();
        failAll(end ?? 'died');
      },
    });
    thread = started;
    return started;
  };

  return {
    ask: <O extends keyof Ops & string>(
      operation: O,
      args: ArgsOf<Ops, O>,
      onNews: (news: unknown) => void = () => undefined,
    ) =>
      new Promise<Result<AnswerOf<Ops, O>, ThreadProblem>>((resolve) => {
        const asked = ensureThread();
        const id = nextId;
        nextId += 1;
        const settle = (result: Result<unknown, ThreadProblem>): void =>
          resolve(result as Result<AnswerOf<Ops, O>, ThreadProblem>);
        waiting.push({ id, operation, onNews, settle });
        if (waiting.length === 1) timeFirst();
        asked.post({ id, operation, args } satisfies ThreadAsk);
      }),
    clear: () => clear('died'),
  };
};
