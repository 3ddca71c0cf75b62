/** A week as the agent writes it: one line a day, « 9:00-12:00, 13:30-17:00 ». */
import type { WeeklyHours } from '../../../main/contract/directory.ts';

type Day = keyof WeeklyHours;
export const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const satisfies readonly Day[];

export type HoursLines = Record<Day, string>;

export const linesOf = (hours: WeeklyHours | null): HoursLines =>
  Object.fromEntries(days.map((day) => [day, (hours?.[day] ?? []).join(', ')])) as HoursLines;

/** « 9h30 à 12h » is what people write; the kiosk keeps `09:30-12:00`. Null: a line is not hours. */
const spanOf = (text: string): string | null => {
  const found = /^(\d{1,2})\s*(?:[:h]\s*(\d{2})?)?\s*(?:-|–|à)\s*(\d{1,2})\s*(?:[:h]\s*(\d{2})?)?$/i.exec(text.trim());
  if (!found) return null;
  const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] = found;
  return `${fromHour.padStart(2, '0')}:${fromMinute}-${toHour.padStart(2, '0')}:${toMinute}`;
};

/** The day whose line is not hours, or the week. */
export const hoursOf = (lines: HoursLines): { readonly wrong: Day } | { readonly hours: WeeklyHours } => {
  const hours = {} as Record<Day, readonly string[]>;
  for (const day of days) {
    const spans = lines[day]
      .split(/[,;]|\bet\b/)
      .filter((part) => part.trim() !== '')
      .map(spanOf);
    if (spans.includes(null) || spans.length > 4) return { wrong: day };
    hours[day] = spans.filter((span) => span !== null);
  }
  return { hours };
};
