/**
 * Talks to the main process: one reply for each request, and the kiosk's state as one snapshot followed by numbered
 * changes. A gap in the numbers means that a change was lost, so the snapshot is requested again.
 */
import type { Client, EventsOf, FeatureName } from '../../main/contract/index.ts';
import type { Outgoing } from '../../main/contract/envelope.ts';
import type { Transport } from './transport.ts';

export const REPLY_TIMEOUT_MS = 10_000;

/**
 * For requests that take as long as the work does, while their screens show the progress: recognising fifty pages,
 * compressing them, copying to a slow key, waiting for paper. The main process bounds each of its steps; this timeout
 * only catches a main process that is gone.
 */
export const LONG_WORK_TIMEOUT_MS = 600_000;
const longWork: ReadonlySet<string> = new Set<{ [F in FeatureName]: `${F}.${keyof Client[F] & string}` }[FeatureName]>([
  'scanning.finish',
  'scanning.turn',
  'documents.watermark',
  'documents.copyFromKey',
  'documents.copyToKey',
  'documents.releaseKey',
  'browsing.open',
  'browsing.resume',
  'browsing.answerFiles',
  'agent.printReport',
]);

export interface Timers {
  setTimeout(run: () => void, delayMs: number): number;
  clearTimeout(id: number): void;
}

export interface ConnectionDeps {
  readonly transport: Transport;
  readonly timers: Timers;
  /**
   * Number of the first request. Another one at each load of the screens: a late reply to the person before must not
   * answer a request of this one.
   */
  readonly firstId: number;
  readonly onSnapshot: (state: Readonly<Record<string, unknown>>) => void;
  readonly onChanged: (feature: string, state: unknown) => void;
}

/** Not sent by the main process: no reply arrived in time. */
export type ClientError = 'client.timeout';

export interface Connection {
  readonly client: Client;
  /** Subscribes to one event of one feature; returns the function that unsubscribes. */
  on<F extends FeatureName, N extends keyof EventsOf<F> & string>(
    feature: F,
    name: N,
    listener: (value: EventsOf<F>[N]) => void,
  ): () => void;
  stop(): void;
}

interface Pending {
  readonly settle: (result: unknown) => void;
  readonly timer: number;
}

export function connect(deps: ConnectionDeps): Connection {
  const { transport, timers } = deps;
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  let nextId = deps.firstId;
  /** null while waiting for a snapshot: it already contains every change that arrives before it. */
  let seq: number | null = null;
  let stopped = false;
  let asking = false;

  const request = (feature: string, message: string, input: object): Promise<unknown> => {
    const id = nextId++;
    return new Promise((resolve) => {
      const timer = timers.setTimeout(
        () => {
          pending.delete(id);
          resolve({ ok: false, error: { code: 'client.timeout' } });
        },
        longWork.has(`${feature}.${message}`) ? LONG_WORK_TIMEOUT_MS : REPLY_TIMEOUT_MS,
      );
      pending.set(id, { settle: resolve, timer });
      transport.send(JSON.stringify({ id, feature, message, input }));
    });
  };

  const askSnapshot = async (): Promise<void> => {
    seq = null;
    if (asking) return;
    asking = true;
    while (!stopped && seq === null) {
      // The reply may arrive just before the snapshot itself. Leave the loop only once the snapshot is here, but wait
      // at least one timeout before asking again, so that a slow start is not flooded with requests.
      const started = request('kiosk', 'snapshot', {});
      const waited = new Promise<void>((resolve) => void timers.setTimeout(resolve, REPLY_TIMEOUT_MS));
      await started;
      if (seq === null) await waited;
    }
    asking = false;
  };

  const isNext = (next: number): boolean => {
    if (seq === null || next <= seq) return false;
    if (next === seq + 1) {
      seq = next;
      return true;
    }
    void askSnapshot();
    return false;
  };

  const settle = (id: number, result: unknown): void => {
    const waiting = pending.get(id);
    if (!waiting) return;
    pending.delete(id);
    timers.clearTimeout(waiting.timer);
    waiting.settle(result);
  };

  const hear = (message: Outgoing): void => {
    switch (message.kind) {
      case 'reply':
        settle(message.id, { ok: true, value: message.value });
        return;
      case 'failed': {
        const { code, params, ref } = message.error;
        settle(message.id, { ok: false, error: { code, ...(params && { params }), ...(ref && { ref }) } });
        return;
      }
      case 'snapshot':
        seq = message.seq;
        deps.onSnapshot(message.state);
        return;
      case 'changed':
        if (isNext(message.seq)) deps.onChanged(message.feature, message.state);
        return;
      case 'event':
        if (isNext(message.seq)) {
          for (const listener of listeners.get(`${message.feature}.${message.name}`) ?? []) listener(message.value);
        }
    }
  };

  transport.receive((text) => {
    if (!stopped) hear(JSON.parse(text) as Outgoing);
  });
  void askSnapshot();

  return {
    client: makeClient(request),
    on(feature, name, listener) {
      const key = `${feature}.${name}`;
      const heard = listeners.get(key) ?? new Set();
      listeners.set(key, heard);
      const typed = listener as (value: unknown) => void;
      heard.add(typed);
      return () => void heard.delete(typed);
    },
    stop() {
      stopped = true;
      for (const { timer } of pending.values()) timers.clearTimeout(timer);
      pending.clear();
    },
  };
}

/** `client.session.begin({})` becomes `{ feature: 'session', message: 'begin', input: {} }`. */
function makeClient(request: (feature: string, message: string, input: object) => Promise<unknown>): Client {
  const features = new Map<string, unknown>();
  return new Proxy({} as Client, {
    get(_target, feature) {
      if (typeof feature !== 'string' || feature === 'then') return undefined;
      const known = features.get(feature);
      if (known) return known;
      const messages = new Proxy(
        {},
        {
          get: (_inner, message) =>
            typeof message !== 'string' || message === 'then'
              ? undefined
              : (input: object) => request(feature, message, input),
        },
      );
      features.set(feature, messages);
      return messages;
    },
  });
}
