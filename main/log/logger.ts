/**
 * JSON lines, one for each event. Events and fields come from the catalogue; nothing personal may pass (see
 * `redact.ts`).
 */
import type { EventFields, EventId } from './catalogue.ts';
import type { EventSpec } from './fields.ts';
import type { HeldLines } from './held-lines.ts';
import { redact } from './redact.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Logger {
  log<E extends EventId>(event: E, fields?: EventFields<E>): void;
}

export interface Sink {
  write(line: string): void;
}

type Specs = Readonly<Record<string, EventSpec>>;

/**
 * `events`: the catalogue, or the part of it that this process logs. It may also be loaded later, because only what
 * cannot wait is loaded before the browser is started. Until then, a value must fit one of the kinds, whatever its
 * field, and no line is held: no person has done anything yet.
 */
export const createLogger = (deps: {
  readonly now: () => number;
  readonly sink: Sink;
  readonly events: Specs | (() => Promise<Specs>);
  /**
   * Where lines about people wait; undefined until it is loaded. Absent where there are none: in commands, and with
   * demonstration sites.
   */
  readonly held?: () => HeldLines | undefined;
}): Logger => {
  const { now, sink, events, held } = deps;
  let specs = typeof events === 'function' ? undefined : events;
  let reading: Promise<void> | undefined;
  return {
    log(event, fields) {
      if (typeof events === 'function') reading ??= events().then((read) => void (specs = read));
      const spec = specs && (specs[event] ?? NO_FIELDS);
      const shown = redact(spec, fields ?? {});
      const lines = spec?.byPerson ? held?.() : undefined;
      if (lines) lines.hold(event, shown);
      else sink.write(`${JSON.stringify({ at: new Date(now()).toISOString(), event, ...shown })}\n`);
    },
  };
};
const NO_FIELDS: EventSpec = { means: '', fields: {} };

export const silentLogger: Logger = { log: () => undefined };
