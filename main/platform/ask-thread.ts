/** Questions to a thread: each is timed, and a thread that dies or hangs fails what it was asked and is replaced. */
import { fail, ok, type Result } from '../contract/result.ts';
import type { Clock } from './clock.ts';
import type { StartThread, Thread } from './worker.ts';

export type Operations = Readonly<Record<string, (args: never) => unknown>>;
export type ArgsOf<Ops, O extends keyof Ops> = Ops[O] extends (args: infer A) => unknown ? A : never;
export type AnswerOf<Ops, O extends keyof Ops> = Ops[O] extends (args: never) => infer R ? Awaited<R> : never;

export interface ThreadAsk {
  readonly id: number;
  readonly operation: string;
  readonly args: unknown;
}

export type ThreadReply =
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  /** An expected "no", a word of the operation's own. */
  | { readonly id: number; readonly kind: 'problem'; readonly problem: string }
  /** Something on the way to the answer. */
  | { readonly id: number; readonly kind: 'news'; readonly news: unknown };

/** `slow`: it took too long. `died`: the thread ended under it. */
export type ThreadProblem = 'slow' | 'died' | (string & {});

export interface AskThread<Ops> {
  ask<O extends keyof Ops & string>(
    operation: O,
    args: ArgsOf<Ops, O>,
    onNews?: (news: unknown) => void,
  ): Promise<Result<AnswerOf<Ops, O>, ThreadProblem>>;
  /** Ends the thread with all it holds; the next question starts another. */
  clear(): Promise<void>;
}

export interface AskThreadDeps {
  readonly startThread: StartThread;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly maxHeapMb: number;
  readonly onDied?: () => void;
}

export const createAskThread = <Ops>(deps: AskThreadDeps): AskThread<Ops> => {
  let thread: Thread | undefined;
  let nextId = 1;
  const waiting = new Map<
    number,
    { settle(result: Result<unknown, ThreadProblem>): void; onNews: (news: unknown) => void }
  >();

  const abandon = (problem: ThreadProblem): void => {
    thread = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one.settle(fail(problem));
  };
  const clear = async (problem: ThreadProblem): Promise<void> => {
    const ending = thread;
    abandon(problem);
    await ending?.stop();
  };
  const ensure = (): Thread => {
    if (thread) return thread;
    const started: Thread = deps.startThread({
      maxHeapMb: deps.maxHeapMb,
      onMessage(message) {
        const reply = message as ThreadReply;
        const one = waiting.get(reply.id);
        if (!one) return;
        if (reply.kind === 'news') return one.onNews(reply.news);
        waiting.delete(reply.id);
        one.settle(reply.kind === 'done' ? ok(reply.value) : fail(reply.problem));
      },
      onExit() {
        if (thread !== started) return;
        if (waiting.size > 0) deps.onDied?.();
        abandon('died');
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
        const asked = ensure();
        const id = nextId;
        nextId += 1;
        const cancel = deps.clock.after(deps.timeoutMs, () => {
          if (waiting.has(id)) void clear('slow');
        });
        waiting.set(id, {
          onNews,
          settle(result) {
            cancel();
            resolve(result as Result<AnswerOf<Ops, O>, ThreadProblem>);
          },
        });
        asked.post({ id, operation, args } satisfies ThreadAsk);
      }),
    clear: () => clear('died'),
  };
};
