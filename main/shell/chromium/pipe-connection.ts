/**
 * The DevTools protocol over `--remote-debugging-pipe=cbor` (`pipe-cbor.ts` says why), on two inherited descriptors. No port is
 * ever open.
 *
 * Why not puppeteer's connection: it attaches to every target by itself and lets each one run as soon as *it* is
 * ready. A guest must not run one script before it is armed, so the attaching is ours (see README).
 */
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../platform/clock.ts';
import { CdpError, CdpLate, type CdpSession } from '../guest/cdp-session.ts';
import { createCborReader } from './cbor-messages.ts';
import { encodeMessage } from './pipe-cbor.ts';

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly command: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly cancelTimer: () => void;
}

type Listener = (params: never) => void;

export interface PipeConnection {
  readonly root: CdpSession;
  /** Rejects everything that waits; called when the browser is gone. */
  closed(): void;
}

/** A browser that does not answer a command in this time is treated as hung by the caller. */
const COMMAND_TIMEOUT_MS = 10_000;
/** Printing a huge page and closing a browser are slow on an old PC; nothing else may be. */
const SLOW_COMMANDS: ReadonlySet<string> = new Set(['Page.printToPDF']);
const SLOW_COMMAND_TIMEOUT_MS = 60_000;

/**
 * A page fills messages as it likes: console lines, attributes, addresses. What a form sends is cut out before (`cbor-messages.ts`);
 * the longest that we need is then a piece of a printed page.
 */
const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

export const connectPipe = (deps: {
  readonly clock: Clock;
  readonly toBrowser: Writable;
  readonly fromBrowser: Readable;
}): PipeConnection => {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<Listener>>();
  /** Events that somebody ever listened to, in whatever session. */
  const heard = new Set<string>();
  let nextId = 0;
  let open = true;

  const key = (sessionId: string | undefined, event: string): string => `${sessionId ?? ''} ${event}`;

  const receive = (message: Message): void => {
    if (message.id !== undefined) {
      const one = waiting.get(message.id);
      if (!one) return; // it timed out before
      waiting.delete(message.id);
      one.cancelTimer();
      if (message.error) one.reject(new CdpError(one.command, message.error.message));
      else one.resolve(message.result as never);
      return;
    }
    if (message.method === undefined) return;
    for (const listener of [...(listeners.get(key(message.sessionId, message.method)) ?? [])]) {
      listener(message.params as never);
    }
  };

  const read = createCborReader({
    maxBytes: MAX_MESSAGE_BYTES,
    // A page writes to its console what it likes; reading what nobody asked for would cost several times its size.
    skip: (event) => !heard.has(event),
    onMessage: (message) => receive(message as Message),
    onTooLarge({ answerTo, paused }) {
      if (answerTo !== undefined) {
        receive({ id: answerTo, error: { message: `the answer is larger than ${MAX_MESSAGE_BYTES} bytes` } });
      } else if (paused !== undefined) {
        // Nobody heard of it: it would wait for ever, and so would its page.
        const refused = root.send('Fetch.failRequest', { requestId: paused, errorReason: 'BlockedByClient' });
        void refused.catch(() => undefined); // the request is gone
      }
    },
  });
  deps.fromBrowser.on('data', read);

  const closed = (): void => {
    if (!open) return;
    open = false;
    for (const one of waiting.values()) {
      one.cancelTimer();
      one.reject(new CdpError(one.command, 'the browser is gone'));
    }
    waiting.clear();
    listeners.clear();
  };
  deps.fromBrowser.on('error', closed);
  deps.fromBrowser.on('close', closed);
  deps.toBrowser.on('error', closed);

  const session = (sessionId: string | undefined): CdpSession => ({
    send: (command, ...params) =>
      new Promise((resolve, reject) => {
        if (!open) return reject(new CdpError(command, 'the browser is gone'));
        const id = ++nextId;
        const limitMs = SLOW_COMMANDS.has(command) ? SLOW_COMMAND_TIMEOUT_MS : COMMAND_TIMEOUT_MS;
        const cancelTimer = deps.clock.after(limitMs, () => {
          waiting.delete(id);
          reject(new CdpLate(command, `no answer in ${limitMs} ms`));
        });
        waiting.set(id, { command, resolve, reject, cancelTimer });
        const envelope = {
          id,
          method: command,
          params: params[0] ?? {},
          ...(sessionId === undefined ? {} : { sessionId }),
        };
        deps.toBrowser.write(encodeMessage(envelope));
      }),
    on(event, listener) {
      heard.add(event);
      const at = key(sessionId, event);
      const set = listeners.get(at) ?? new Set();
      listeners.set(at, set);
      set.add(listener);
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(at);
      };
    },
    child: (id) => session(id),
  });

  const root = session(undefined);
  return { root, closed };
};
