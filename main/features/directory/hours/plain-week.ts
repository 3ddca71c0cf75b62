/**
 * Parses and writes the simple week that most places have: `Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00`. Anything
 * else (holidays, months, first Saturdays) is left to the reference parser.
 */
import { weekdays, type Span, type WeeklyHours } from '../../../contract/directory.ts';
import { rangeOf } from '../../../contract/typed-hours.ts';

const NAMES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const RULE =
  /^((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?(?:,(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)*) +(.+)$/;
const RANGE = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

/** `[from, to]` in minutes; undefined when it is not a range within one day. */
export const spanOf = (range: string): Span | undefined => {
  const read = RANGE.exec(range);
  if (!read) return undefined;
  const [from, to] = [Number(read[1]) * 60 + Number(read[2]), Number(read[3]) * 60 + Number(read[4])];
  return from < to && to <= 1440 ? [from, to] : undefined;
};

const daysOf = (selector: string): readonly number[] | undefined => {
  const days: number[] = [];
  for (const part of selector.split(',')) {
    const [first, last = first] = part.split('-').map((name) => NAMES.indexOf(name as (typeof NAMES)[number]));
    if (first === undefined || last === undefined || last < first) return undefined;
    for (let day = first; day <= last; day++) days.push(day);
  }
  return days;
};

/** Undefined when it is not a plain week. As in OpenStreetMap's notation, a later rule overrides an earlier one. */
export const readPlainWeek = (hours: string): readonly (readonly Span[])[] | undefined => {
  const week: (readonly Span[])[] = NAMES.map(() => []);
  for (const rule of hours.split(';').map((one) => one.trim())) {
    if (rule === '') continue;
    const read = RULE.exec(rule);
    const days = read?.[1] === undefined ? undefined : daysOf(read[1]);
    if (!days) return undefined;
    const times = read?.[2] ?? '';
    const spans = times === 'off' ? [] : times.split(',').map((range) => spanOf(range.trim()));
    if (spans.some((span) => span === undefined)) return undefined;
    const sorted = (spans as Span[]).sort((a, b) => a[0] - b[0]);
    if (sorted.some(([from], at) => at > 0 && from < (sorted[at - 1]?.[1] ?? 0))) return undefined;
    for (const day of days) week[day] = sorted;
  }
  return week;
};

/** Consecutive days with the same hours become one rule. */
export const writePlainWeek = (week: readonly (readonly Span[])[]): string => {
  const rules: string[] = [];
  for (let first = 0; first < NAMES.length;) {
    const times = (week[first] ?? []).map(rangeOf).join(',');
    let last = first;
    while (last + 1 < NAMES.length && (week[last + 1] ?? []).map(rangeOf).join(',') === times) last++;
    if (times !== '') rules.push(`${NAMES[first] ?? ''}${last > first ? `-${NAMES[last] ?? ''}` : ''} ${times}`);
    first = last + 1;
  }
  return rules.join('; ');
};

/** In the format of the agent's form. */
export const toWeeklyHours = (week: readonly (readonly Span[])[]): WeeklyHours =>
  Object.fromEntries(weekdays.map((day, at) => [day, (week[at] ?? []).map(rangeOf)])) as unknown as WeeklyHours;

/** Parses the agent's form to a plain week. The error is the first invalid day. */
export const fromWeeklyHours = (
  hours: WeeklyHours,
):
  | { readonly ok: true; readonly value: readonly (readonly Span[])[] }
  | { readonly ok: false; readonly error: (typeof weekdays)[number] } => {
  const week: (readonly Span[])[] = [];
  for (const day of weekdays) {
    const spans = hours[day].map((range) => spanOf(range));
    const read = spans.filter((span) => span !== undefined);
    const apart = read.every(([from], at) => at === 0 || from >= (read[at - 1]?.[1] ?? 0));
    if (read.length < spans.length || !apart) return { ok: false, error: day };
    week.push(read);
  }
  return { ok: true, value: week };
};
