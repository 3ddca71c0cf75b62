/**
 * Sends requests to a worker (`worker.ts`), one at a time. Each request has a timeout. When the worker dies or hangs,
 * the request that it was working on fails, and a new one answers the others.
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
  /** Like `ask`, for work that the person did not start: each `ask` that waits goes first. */
  askLater<O extends keyof Ops & string>(
    operation: O,
    args: ArgsOf<Ops, O>,
  ): Promise<Result<AnswerOf<Ops, O>, ThreadProblem>>;
  /** Kills the thread with everything in its memory, and fails every request; the next one starts another thread. */
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

interface Request<Ops> extends ThreadAsk {
  readonly operation: keyof Ops & string;
  readonly later: boolean;
  settle(result: Result<unknown, ThreadProblem>): void;
  onNews(news: unknown): void;
}

export const createAskThread = <Ops>(deps: AskThreadDeps<Ops>): AskThread<Ops> => {
  let thread: Thread | undefined;
  let loaded = false;
  let nextId = 1;
  /** The thread works on this one. The others wait here, so that they outlive the thread. */
  let running: Request<Ops> | undefined;
  let waiting: Request<Ops>[] = [];
  let stopTimer: () => void = () => undefined;

  const timeRunning = (): void => {
    stopTimer();
    if (!running) return;
    const timeoutMs = loaded ? deps.timeoutMs(running.operation) : LOAD_TIMEOUT_MS;
    stopTimer = deps.clock.after(timeoutMs, () => void stopThread('slow', blamed()));
  };
  const runNext = (): void => {
    const next = running ? undefined : (waiting.find(({ later }) => !later) ?? waiting[0]);
    if (!next) return;
    waiting = waiting.filter((other) => other !== next);
    running = next;
    const { id, operation, args } = next;
    ensureThread().post({ id, operation, args } satisfies ThreadAsk);
    timeRunning();
  };
  /** A thread that never loaded worked on nothing: another one would only make everybody wait as long again. */
  const blamed = (): 'running' | 'all' => (loaded ? 'running' : 'all');
  const failThread = (problem: ThreadProblem, which: 'running' | 'all'): void => {
    const failed = [...(running ? [running] : []), ...(which === 'all' ? waiting : [])];
    thread = undefined;
    loaded = false;
    running = undefined;
    if (which === 'all') waiting = [];
    stopTimer();
    for (const one of failed) one.settle(fail(problem));
    runNext();
  };
  const stopThread = async (problem: ThreadProblem, which: 'running' | 'all'): Promise<void> => {
    const ending = thread;
    thread = undefined;
    // First, so that two threads never hold their memory at the same time.
    const stopped = ending?.stop();
    failThread(problem, which);
    await stopped;
  };
  const onReply = (reply: ThreadReply): void => {
    if (reply.kind === 'loaded') {
      loaded = true;
      return timeRunning();
    }
    const one = running;
    if (reply.id !== one?.id) return;
    if (reply.kind === 'news') return one.onNews(reply.news);
    running = undefined;
    stopTimer();
    one.settle(reply.kind === 'done' ? ok(reply.value) : fail(reply.problem));
    runNext();
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
        if (running) deps.onDied?.();
        failThread(end ?? 'died', blamed());
      },
    });
    thread = started;
    return started;
  };
  const request = <O extends keyof Ops & string>(
    operation: O,
    args: ArgsOf<Ops, O>,
    how: Pick<Request<Ops>, 'later' | 'onNews'>,
  ): Promise<Result<AnswerOf<Ops, O>, ThreadProblem>> =>
    new Promise((resolve) => {
      const settle = (result: Result<unknown, ThreadProblem>): void =>
        resolve(result as Result<AnswerOf<Ops, O>, ThreadProblem>);
      waiting.push({ id: nextId, operation, args, settle, ...how });
      nextId += 1;
      runNext();
    });

  return {
    ask: (operation, args, onNews = () => undefined) => request(operation, args, { later: false, onNews }),
    askLater: (operation, args) => request(operation, args, { later: true, onNews: () => undefined }),
    clear: () => stopThread('died', 'all'),
  };
};
