/** JSON lines, one event a line. Events and their fields come from the catalogue; nothing personal may pass (see `redact.ts`). */
import type { EventFields, EventId } from './catalogue.ts';
import { redact } from './redact.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Logger {
  log<E extends EventId>(event: E, fields?: EventFields<E>): void;
}

export interface Sink {
  write(line: string): void;
}

export const createLogger = (deps: { now: () => number; sink: Sink }): Logger => ({
  log(event, fields) {
    deps.sink.write(
      `${JSON.stringify({ at: new Date(deps.now()).toISOString(), event, ...redact(event, fields ?? {}) })}\n`,
    );
  },
});

export const silentLogger: Logger = { log: () => undefined };
