/**
 * The listeners of every session of a browser. A page can make and remove frames with a session of their own without
 * end, and nobody tells each listener to stop: so they go with their session.
 */
import type { CdpEvent, CdpEventParams } from './cdp-session.ts';

type Listener = (params: never) => void;

/** Reports that a session is gone. Frames within a frame are reported before it. */
export const SESSION_GONE = 'Target.detachedFromTarget';

export interface SessionListeners {
  /** Returns the function that stops listening. */
  on<E extends CdpEvent>(sessionId: string, event: E, listener: (params: CdpEventParams<E>) => void): () => void;
  /** Calls the listeners of this event. */
  hear(sessionId: string, event: string, params: unknown): void;
  clear(): void;
  /** How many sessions have listeners. */
  readonly size: number;
}

export const createSessionListeners = (): SessionListeners => {
  const sessions = new Map<string, Map<string, Set<Listener>>>();
  return {
    on(sessionId, event, listener) {
      const events = sessions.get(sessionId) ?? new Map<string, Set<Listener>>();
      sessions.set(sessionId, events);
      const own: Listener = (params) => listener(params);
      events.set(event, (events.get(event) ?? new Set()).add(own));
      return () => void events.get(event)?.delete(own);
    },
    hear(sessionId, event, params) {
      for (const listener of [...(sessions.get(sessionId)?.get(event) ?? [])]) listener(params as never);
      if (event === SESSION_GONE) sessions.delete((params as CdpEventParams<typeof SESSION_GONE>).sessionId);
    },
    clear: () => sessions.clear(),
    get size() {
      return sessions.size;
    },
  };
};
