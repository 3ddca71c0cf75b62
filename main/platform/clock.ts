/** Time as a parameter: features never read the machine's clock themselves, so tests can play any hour. */
import { uptime } from 'node:os';

export interface Clock {
  /** Milliseconds since 1970, for dates only: it may jump. */
  now(): number;
  /** Milliseconds that only grow, for durations and deadlines. */
  monotonicMs(): number;
  /** Milliseconds since the machine started. Unlike `monotonicMs` on Linux, it also grows while the machine sleeps. */
  uptimeMs(): number;
  /** Runs `fn` once after `ms`; the answer cancels it. */
  after(ms: number, fn: () => void): () => void;
  /** Runs `fn` each `ms`; the answer stops it. */
  every(ms: number, fn: () => void): () => void;
}

/**
 * False: the machine's date is certainly wrong (an empty battery), before the first version or after the life of any
 * machine. `wallMs` as `Clock.now`.
 */
export const isPlausible = (wallMs: number): boolean => wallMs >= Date.UTC(2026, 0, 1) && wallMs < Date.UTC(2066, 0, 1);

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  uptimeMs: () => uptime() * 1_000,
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
  every(ms, fn) {
    const timer = setInterval(fn, ms);
    return () => clearInterval(timer);
  },
};

/** Resolves after `ms`; rejects at once with the signal's reason when aborted. */
export const sleep = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    const abort = (): void => {
      cancel();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });
  });

/** Waits for `ms`, or resolves early when aborted: for callers that check the signal themselves afterwards. */
export const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  sleep(clock, ms, signal).catch(() => undefined); // aborted

/** The answer, or undefined when the signal aborts first: for what cannot be broken off, or must not be. */
export const unlessAborted = <T>(answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

export class TimeoutError extends Error {
  override name = 'TimeoutError';
}

/** Bounds any outside wait: rejects with `TimeoutError` naming `what`. */
export const withTimeout = async <T>(clock: Clock, ms: number, what: string, promise: Promise<T>): Promise<T> => {
  let cancel: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => reject(new TimeoutError(`${what}: no answer in ${ms} ms`)));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
};
