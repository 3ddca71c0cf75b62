/** Writes an appointment from a calendar file (`.ics`) as readable text. In the document thread. */
import type ICAL from 'ical.js';

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

const sayDay = (time: Time): string => (isFloating(time) ? wallDay.format(wall(time)) : day.format(time.toJSDate()));
const sayHour = (time: Time): string => (isFloating(time) ? wallHour.format(wall(time)) : hour.format(time.toJSDate()));
const isFloating = (time: Time): boolean => time.isDate || time.zone.tzid === 'floating';
const wall = (time: Time): number => Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute);

const when = (event: Event): string => {
  const { startDate: start, endDate: end } = event;
  if (start.isDate) return sayDay(start);
  const until = sayDay(start) === sayDay(end) ? sayHour(end) : `${sayDay(end)}, ${sayHour(end)}`;
  return start.compare(end) >= 0
    ? `${sayDay(start)}, ${sayHour(start)}`
    : `${sayDay(start)}, ${sayHour(start)} – ${until}`;
};

const words = (event: Event): string => {
  const said = (text: unknown): string => (typeof text === 'string' ? text.trim().slice(0, MAX_WORDS) : '');
  const where = said(event.location);
  return [
    said(event.summary) || 'Rendez-vous',
    `Quand : ${when(event)}`,
    ...(where === '' ? [] : [`Où : ${where}`]),
    ...(said(event.description) === '' ? [] : ['', said(event.description)]),
  ].join('\n');
};

/** Undefined when the file has no readable appointment. */
export const calendarWords = async (text: string): Promise<string | undefined> => {
  const { default: ical } = await import('ical.js');
  try {
    const calendar = new ical.Component(ical.parse(text) as unknown[]);
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ical.TimezoneService.register(zone);
    const events = calendar.getAllSubcomponents('vevent').slice(0, MAX_EVENTS);
    const told = events.map((one) => words(new ical.Event(one)));
    return told.length === 0 ? undefined : told.join('\n\n\n');
  } catch {
    return undefined; // truncated, or not a calendar file
  }
};
