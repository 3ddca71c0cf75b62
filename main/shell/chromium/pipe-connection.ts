/**
 * The DevTools protocol over `--remote-debugging-pipe=cbor` (the reason is in `pipe-cbor.ts`), on two inherited
 * descriptors. No port is ever open.
 *
 * Why not puppeteer's connection: it attaches to every target by itself, and resumes each one as soon as puppeteer is
 * ready. A guest must not run a single script before it is armed, so we attach ourselves (see README).
 */
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../platform/clock.ts';
import { CdpError, CdpLate, type CdpSession } from '../guest/cdp-session.ts';
import { createSessionListeners, SESSION_GONE } from '../guest/session-listeners.ts';
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

export interface PipeConnection {
  readonly root: CdpSession;
  /** Rejects every pending command; called when the browser is gone. */
  closed(): void;
  /** How many sessions have listeners. */
  readonly listening: number;
}

/** Stands for the browser itself, whose messages name no session. */
const ROOT = '';

/** The caller treats a browser that does not answer within this time as hung. */
const COMMAND_TIMEOUT_MS = 10_000;
/** Printing a huge page is slow on an old PC; no other command may be. */
const SLOW_COMMANDS: ReadonlySet<string> = new Set(['Page.printToPDF']);
const SLOW_COMMAND_TIMEOUT_MS = 60_000;

/**
 * A page decides how large some messages are: console lines, attributes, URLs. Form data is cut out before
 * (`cbor-messages.ts`), so the largest message that we need is a chunk of a printed page.
 */
const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

export const connectPipe = (deps: {
  readonly clock: Clock;
  readonly toBrowser: Writable;
  readonly fromBrowser: Readable;
  /** For its first answer, which comes once the browser has started. */
  readonly startTimeoutMs: number;
}): PipeConnection => {
  const waiting = new Map<number, Waiting>();
  const listeners = createSessionListeners();
  /** Events that ever had a listener, in any session. */
  const listenedEvents = new Set<string>([SESSION_GONE]);
  let nextId = 0;
  let open = true;
  let started = false;

  const receive = (message: Message): void => {
    started = true;
    if (message.id !== undefined) {
      const one = waiting.get(message.id);
      if (!one) return; // it timed out already
      waiting.delete(message.id);
      one.cancelTimer();
      if (message.error) one.reject(new CdpError(one.command, message.error.message));
      else one.resolve(message.result as never);
      return;
    }
    if (message.method !== undefined) listeners.hear(message.sessionId ?? ROOT, message.method, message.params);
  };

  const read = createCborReader({
    maxBytes: MAX_MESSAGE_BYTES,
    // A page may log any amount: decoding events without listeners would cost several times their size.
    skip: (event) => !listenedEvents.has(event),
    onMessage: (message) => receive(message as Message),
    onTooLarge({ answerTo, paused }) {
      if (answerTo !== undefined) {
        receive({ id: answerTo, error: { message: `the answer is larger than ${MAX_MESSAGE_BYTES} bytes` } });
      } else if (paused !== undefined) {
        // The message was dropped, so nothing would ever resume this request, nor its page.
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

  const session = (sessionId: string): CdpSession => ({
    send: (command, ...params) =>
      new Promise((resolve, reject) => {
        if (!open) return reject(new CdpError(command, 'the browser is gone'));
        const id = ++nextId;
        const limitMs = !started
          ? deps.startTimeoutMs
          : SLOW_COMMANDS.has(command)
            ? SLOW_COMMAND_TIMEOUT_MS
            : COMMAND_TIMEOUT_MS;
        const cancelTimer = deps.clock.after(limitMs, () => {
          waiting.delete(id);
          reject(new CdpLate(command, `no answer in ${limitMs} ms`));
        });
        waiting.set(id, { command, resolve, reject, cancelTimer });
        const envelope = {
          id,
          method: command,
          params: params[0] ?? {},
          ...(sessionId === ROOT ? {} : { sessionId }),
        };
        deps.toBrowser.write(encodeMessage(envelope));
      }),
    on(event, listener) {
      listenedEvents.add(event);
      return listeners.on(sessionId, event, listener);
    },
    child: session,
  });

  const root = session(ROOT);
  return {
    root,
    closed,
    get listening() {
      return listeners.size;
    },
  };
};
