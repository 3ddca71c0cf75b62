/** A week as the agent types it: one line a day, « 9:00-12:00, 13:30-17:00 ». */
import type { WeeklyHours } from '../../../main/contract/directory.ts';
import { rangeOf, spansOfDay } from '../../../main/contract/typed-hours.ts';

type Day = keyof WeeklyHours;
export const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const satisfies readonly Day[];

export type HoursLines = Record<Day, string>;

export const linesOf = (hours: WeeklyHours | null): HoursLines =>
  Object.fromEntries(days.map((day) => [day, (hours?.[day] ?? []).join(', ')])) as HoursLines;

/** The parsed week, or the day whose line could not be parsed. */
export const hoursOf = (lines: HoursLines): { readonly wrong: Day } | { readonly hours: WeeklyHours } => {
  const hours = {} as Record<Day, readonly string[]>;
  for (const day of days) {
    const read = spansOfDay(lines[day]);
    if (!read) return { wrong: day };
    hours[day] = read.spans.map(rangeOf);
  }
  return { hours };
};
