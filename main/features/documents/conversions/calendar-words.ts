/** Writes an appointment from a calendar file (`.ics`) as readable text. In the document decoder. */
import type ICAL from 'ical.js';
import { inFrench as t } from '../../../contract/i18n/translate.ts';
import { calendarMessages as m } from '../messages.ts';

const MAX_EVENTS = 50;
const MAX_WORDS = 2_000;
const ZONE = 'Europe/Paris';

const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: ZONE });
const hour = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', timeZone: ZONE });
/** For a date without an hour, or an hour without a time zone: local wall-clock time, not to be converted. */
const wallDay = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'UTC' });
const wallHour = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', timeZone: 'UTC' });

type Event = InstanceType<typeof ICAL.Event>;
type Time = InstanceType<typeof ICAL.Time>;

const formatDay = (time: Time): string =>
  isFloating(time) ? wallDay.format(wallClockMs(time)) : day.format(time.toJSDate());
const formatHour = (time: Time): string =>
  isFloating(time) ? wallHour.format(wallClockMs(time)) : hour.format(time.toJSDate());
const isFloating = (time: Time): boolean => time.isDate || time.zone.tzid === 'floating';
const wallClockMs = (time: Time): number => Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute);

const when = (event: Event): string => {
  const { startDate: start, endDate: end } = event;
  if (start.isDate) return formatDay(start);
  const until = formatDay(start) === formatDay(end) ? formatHour(end) : `${formatDay(end)}, ${formatHour(end)}`;
  return start.compare(end) >= 0
    ? `${formatDay(start)}, ${formatHour(start)}`
    : `${formatDay(start)}, ${formatHour(start)} – ${until}`;
};

/** A site sends a cancellation (`METHOD:CANCEL`, RFC 5546 §3.2.5) with all the lines of the appointment. */
const isCancelled = ({ component }: Event): boolean =>
  [component.parent?.getFirstPropertyValue('method'), component.getFirstPropertyValue('status')].some((said) =>
    /^cancel(led)?$/i.test(String(said)),
  );

const words = (event: Event): string => {
  const trimmed = (text: unknown): string => {
    const whole = typeof text === 'string' ? text.trim() : '';
    return whole.length <= MAX_WORDS ? whole : `${whole.slice(0, MAX_WORDS)}\n${t(m.goesOn)}`;
  };
  const where = trimmed(event.location);
  return [
    ...(isCancelled(event) ? [t(m.cancelled)] : []),
    trimmed(event.summary) || t(m.untitled),
    `${t(m.when)} : ${when(event)}`,
    ...(where === '' ? [] : [`${t(m.where)} : ${where}`]),
    ...(trimmed(event.description) === '' ? [] : ['', trimmed(event.description)]),
  ].join('\n');
};

/** Undefined when the file has no readable appointment. */
export const calendarWords = async (text: string): Promise<string | undefined> => {
  const { default: ical } = await import('ical.js');
  try {
    const parsed = ical.parse(text) as unknown[];
    // Some programs write one calendar after the other.
    const calendars = (typeof parsed[0] === 'string' ? [parsed] : (parsed as unknown[][])).map(
      (one) => new ical.Component(one),
    );
    const all = (kind: string) => calendars.flatMap((calendar) => calendar.getAllSubcomponents(kind));
    for (const zone of all('vtimezone')) ical.TimezoneService.register(zone);
    const events = all('vevent').filter((event) => event.hasProperty('dtstart'));
    const texts = events.slice(0, MAX_EVENTS).map((one) => words(new ical.Event(one)));
    if (events.length > MAX_EVENTS) texts.unshift(t(m.tooMany, { n: events.length, shown: MAX_EVENTS }));
    return texts.length === 0 ? undefined : texts.join('\n\n\n');
  } catch {
    return undefined; // truncated, or not a calendar file
  }
};
