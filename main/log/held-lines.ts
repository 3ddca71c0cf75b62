/**
 * Lines about what people do wait in memory until their half-day is over. Rounding their time would not be enough: the
 * lines around them, the system's journal and the modification time of the file all tell when a line was written. Equal
 * lines become one with their number, and lines are sorted, so that their order says nothing either.
 */
import type { Files } from '../platform/files.ts';
import type { LogFields, Sink } from './logger.ts';

export interface HeldLines {
  hold(event: string, fields: LogFields): void;
  /** Writes the lines of the half-days that are over. Called by a timer, never because a person did something. */
  writeFinished(): void;
  /** The kiosk stops: saves the lines of the half-day under way for `resume`, since the log would date them. */
  save(files: Files, path: string): Promise<void>;
  resume(files: Files, path: string): Promise<void>;
}

/** A site could cause lines with ever new values: from here on only their event is kept. */
const MOST_LINES = 1_000;

let formatter: Intl.DateTimeFormat | undefined;
/** Start of the half-day in France, where the afternoon begins at 13:00 as in the figures: `2026-11-27T13:00`. */
export const halfDayOf = (ms: number): string => {
  formatter ??= new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' }); // prettier-ignore
  const parts = new Map(formatter.formatToParts(ms).map(({ type, value }) => [type, value]));
  const day = ['year', 'month', 'day'].map((part) => parts.get(part as Intl.DateTimeFormatPartTypes)).join('-');
  return `${day}T${Number(parts.get('hour')) < 13 ? '00' : '13'}:00`;
};

export const createHeldLines = ({ now, sink }: { readonly now: () => number; readonly sink: Sink }): HeldLines => {
  /** By the text of the line, without its number. */
  const held = new Map<string, { readonly half: string; times: number }>();
  const add = (half: string, event: string, fields: LogFields, times: number): void => {
    const whole = JSON.stringify({ at: half, event, ...fields });
    const line = held.has(whole) || held.size < MOST_LINES ? whole : JSON.stringify({ at: half, event });
    const one = held.get(line);
    if (one) one.times += times;
    else held.set(line, { half, times });
  };
  const take = (isWanted: (half: string) => boolean): readonly string[] => {
    const lines = [...held].filter(([, { half }]) => isWanted(half)).sort(([a], [b]) => (a < b ? -1 : 1));
    return lines.map(([line, { times }]) => {
      held.delete(line);
      return `${line.slice(0, -1)},"times":${times}}\n`;
    });
  };
  const writeFinished = (): void => {
    const current = halfDayOf(now());
    for (const line of take((half) => half !== current)) sink.write(line);
  };
  return {
    hold: (event, fields) => add(halfDayOf(now()), event, fields, 1),
    writeFinished,
    async save(files, path) {
      writeFinished();
      const lines = take(() => true);
      // If this fails, the lines are lost: written to the log now, they would be dated.
      if (lines.length > 0) await files.writeAtomic(path, lines.join(''), { mode: 0o600 });
    },
    async resume(files, path) {
      const saved = await files.readText(path);
      if (!saved.ok) return;
      await files.remove(path);
      for (const line of saved.value.split('\n')) {
        const one = parsed(line);
        if (one) add(one.at, one.event, one.fields, one.times);
      }
      writeFinished();
    },
  };
};

const parsed = (line: string): { at: string; event: string; fields: LogFields; times: number } | undefined => {
  try {
    const { at, event, times, ...fields } = JSON.parse(line) as Record<string, string | number>;
    if (typeof at !== 'string' || typeof event !== 'string' || typeof times !== 'number') return undefined;
    return { at, event, fields, times };
  } catch {
    return undefined; // the end of the file, or a file that a power cut damaged
  }
};
