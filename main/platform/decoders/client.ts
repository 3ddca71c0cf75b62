/**
 * Sends requests to a decoder, one at a time. Each request has a timeout. When the decoder dies or hangs, the request
 * that it was working on fails, and a new decoder answers the others.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../clock.ts';
import type { StartDecoder, Decoder, DecoderEnd } from './decoder.ts';

export type ArgsOf<Ops, O extends keyof Ops> = Ops[O] extends (args: infer A) => unknown ? A : never;
export type AnswerOf<Ops, O extends keyof Ops> = Ops[O] extends (args: never) => infer R ? Awaited<R> : never;
/** How a decoder's script answers each of its operations. `News`: the function that sends a progress message. */
export type HandlersOf<Ops, News extends [] | [(news: unknown) => void] = []> = {
  readonly [O in keyof Ops]: (args: ArgsOf<Ops, O>, ...tell: News) => Promise<AnswerOf<Ops, O>>;
};

export interface DecoderAsk {
  readonly id: number;
  readonly operation: string;
  readonly args: unknown;
}

export type DecoderReply =
  /** The script has loaded its libraries and starts to answer, one request at a time. */
  | { readonly kind: 'loaded' }
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  /** An expected failure, with a code that the operation defines. */
  | { readonly id: number; readonly kind: 'problem'; readonly problem: string }
  /** A progress message. */
  | { readonly id: number; readonly kind: 'news'; readonly news: unknown };

/** `slow`: the request timed out. `died`: the decoder exited during it. `too-large`: it exceeded its memory limit. */
export type DecoderProblem = 'slow' | 'died' | DecoderEnd | (string & {});

export interface DecoderClient<Ops> {
  ask<O extends keyof Ops & string>(
    operation: O,
    args: ArgsOf<Ops, O>,
    onNews?: (news: unknown) => void,
  ): Promise<Result<AnswerOf<Ops, O>, DecoderProblem>>;
  /** Like `ask`, for work that the person did not start: each `ask` that waits goes first. */
  askLater<O extends keyof Ops & string>(
    operation: O,
    args: ArgsOf<Ops, O>,
  ): Promise<Result<AnswerOf<Ops, O>, DecoderProblem>>;
  /** Starts the decoder if none runs, so that its libraries are loaded before the first request. */
  warmUp(): void;
  /** Kills the decoder with everything in its memory, and fails every request; the next one starts another decoder. */
  clear(): Promise<void>;
}

export interface DecoderClientDeps<Ops> {
  readonly startDecoder: StartDecoder;
  readonly clock: Clock;
  /** Counted from when the decoder starts this operation: time spent queued behind other requests is not counted. */
  readonly timeoutMs: (operation: keyof Ops & string) => number;
  readonly maxHeapMb: number;
  readonly onDied?: () => void;
}

/** Time to load the libraries, on a ten-year-old PC with a busy disk. */
const LOAD_TIMEOUT_MS = 60_000;

interface Request<Ops> extends DecoderAsk {
  readonly operation: keyof Ops & string;
  readonly later: boolean;
  settle(result: Result<unknown, DecoderProblem>): void;
  onNews(news: unknown): void;
}

export const createDecoderClient = <Ops>(deps: DecoderClientDeps<Ops>): DecoderClient<Ops> => {
  let decoder: Decoder | undefined;
  let loaded = false;
  let nextId = 1;
  /** The decoder works on this one. The others wait here, so that they outlive the decoder. */
  let running: Request<Ops> | undefined;
  let waiting: Request<Ops>[] = [];
  let stopTimer: () => void = () => undefined;

  const timeRunning = (): void => {
    stopTimer();
    if (!running) return;
    const timeoutMs = loaded ? deps.timeoutMs(running.operation) : LOAD_TIMEOUT_MS;
    stopTimer = deps.clock.after(timeoutMs, () => void stopDecoder('slow', blamed()));
  };
  const runNext = (): void => {
    const next = running ? undefined : (waiting.find(({ later }) => !later) ?? waiting[0]);
    if (!next) return;
    waiting = waiting.filter((other) => other !== next);
    running = next;
    const { id, operation, args } = next;
    ensureDecoder().post({ id, operation, args } satisfies DecoderAsk);
    timeRunning();
  };
  /** A decoder that never loaded worked on nothing: another one would only make everybody wait as long again. */
  const blamed = (): 'running' | 'all' => (loaded ? 'running' : 'all');
  const failDecoder = (problem: DecoderProblem, which: 'running' | 'all'): void => {
    const failed = [...(running ? [running] : []), ...(which === 'all' ? waiting : [])];
    decoder = undefined;
    loaded = false;
    running = undefined;
    if (which === 'all') waiting = [];
    stopTimer();
    for (const one of failed) one.settle(fail(problem));
    runNext();
  };
  const stopDecoder = async (problem: DecoderProblem, which: 'running' | 'all'): Promise<void> => {
    const ending = decoder;
    decoder = undefined;
    // First, so that two decoders never hold their memory at the same time.
    const stopped = ending?.stop();
    failDecoder(problem, which);
    await stopped;
  };
  const onReply = (reply: DecoderReply): void => {
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
  const ensureDecoder = (): Decoder => {
    if (decoder) return decoder;
    const started: Decoder = deps.startDecoder({
      maxHeapMb: deps.maxHeapMb,
      onMessage(message) {
        if (decoder === started) onReply(message as DecoderReply);
      },
      onExit(end) {
        if (decoder !== started) return;
        if (running) deps.onDied?.();
        failDecoder(end ?? 'died', blamed());
      },
    });
    decoder = started;
    return started;
  };
  const request = <O extends keyof Ops & string>(
    operation: O,
    args: ArgsOf<Ops, O>,
    how: Pick<Request<Ops>, 'later' | 'onNews'>,
  ): Promise<Result<AnswerOf<Ops, O>, DecoderProblem>> =>
    new Promise((resolve) => {
      const settle = (result: Result<unknown, DecoderProblem>): void =>
        resolve(result as Result<AnswerOf<Ops, O>, DecoderProblem>);
      waiting.push({ id: nextId, operation, args, settle, ...how });
      nextId += 1;
      runNext();
    });

  return {
    ask: (operation, args, onNews = () => undefined) => request(operation, args, { later: false, onNews }),
    askLater: (operation, args) => request(operation, args, { later: true, onNews: () => undefined }),
    warmUp: () => void ensureDecoder(),
    clear: () => stopDecoder('died', 'all'),
  };
};
