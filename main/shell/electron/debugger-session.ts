/** Electron's `webContents.debugger` as the shared `CdpSession`, with a time limit on every answer. */
import type { Clock } from '../../platform/clock.ts';
import { withTimeout } from '../../platform/clock.ts';
import { CdpError, type CdpSession } from '../guest/cdp-session.ts';
import { createSessionListeners } from '../guest/session-listeners.ts';
import type { Contents } from './electron-api.ts';

const ANSWER_WITHIN_MS = 10_000;
const PROTOCOL_VERSION = '1.3';
const ROOT = ''; // Electron uses the empty id for the page's own session

export interface DebuggerSessionDeps {
  readonly debugger: Contents['debugger'];
  readonly clock: Clock;
  /** The debugger detached without `detach` being called. An unguarded guest must be ended. */
  readonly onLost: (reason: string) => void;
}

export interface DebuggerSession {
  readonly session: CdpSession;
  /** How many sessions have listeners. */
  readonly listening: number;
  detach(): void;
}

export const attachDebugger = (deps: DebuggerSessionDeps): DebuggerSession => {
  const listeners = createSessionListeners();
  const pending = new Set<(reason: string) => void>();
  let lost: string | undefined;
  let leaving = false;

  deps.debugger.on('message', (_event, method, params, sessionId) => listeners.hear(sessionId || ROOT, method, params));
  deps.debugger.on('detach', (_event, reason) => {
    if (lost !== undefined) return;
    lost = reason;
    for (const reject of [...pending]) reject(reason);
    if (!leaving) deps.onLost(reason);
  });

  const send = async (sessionId: string, command: string, params: object): Promise<unknown> => {
    if (lost !== undefined) throw new CdpError(command, `the session is gone (${lost})`);
    let rejectPending: (reason: string) => void = () => undefined;
    const gone = new Promise<never>((_, reject) => {
      rejectPending = (reason) => reject(new Error(`the session is gone (${reason})`));
    });
    pending.add(rejectPending);
    try {
      const answer = deps.debugger.sendCommand(command, params, ...(sessionId === ROOT ? [] : [sessionId]));
      return await withTimeout(deps.clock, ANSWER_WITHIN_MS, command, Promise.race([answer, gone]));
    } catch (error) {
      throw new CdpError(command, error instanceof Error ? error.message : String(error), { cause: error });
    } finally {
      pending.delete(rejectPending);
    }
  };

  const sessionOf = (sessionId: string): CdpSession => ({
    send: (command, ...params) => send(sessionId, command, params[0] ?? {}) as Promise<never>,
    on: (event, listener) => listeners.on(sessionId, event, listener),
    child: sessionOf,
  });

  deps.debugger.attach(PROTOCOL_VERSION);
  return {
    session: sessionOf(ROOT),
    get listening() {
      return listeners.size;
    },
    detach() {
      leaving = true;
      if (deps.debugger.isAttached()) deps.debugger.detach();
    },
  };
};

/** The same session and its children, without the events for which Electron has a better one. */
export const withoutEvents = (session: CdpSession, muted: ReadonlySet<string>): CdpSession => ({
  send: session.send,
  on: (event, listener) => (muted.has(event) ? () => undefined : session.on(event, listener)),
  child: (sessionId) => withoutEvents(session.child(sessionId), muted),
});
