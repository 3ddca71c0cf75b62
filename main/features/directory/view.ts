/** What the screens show of a place: ids instead of labels, and the hours of a given day. */
import type { PlaceInReview, PlaceSheet, PlaceSummary, Point, Span, Stop } from '../../contract/directory.ts';
import { addDays, daysBetween, weekdayOf } from './hours/days.ts';
import { holidayOn } from '../../platform/public-holidays.ts';
import { readPlainWeek, toWeeklyHours } from './hours/plain-week.ts';
import type { HoursReader } from './hours/reader.ts';
import { ACCESSES, AUDIENCES, CARES, COSTS, idsOf, kindOf, phoneAsRead, SERVICES, SUPPORTS } from './national-words.ts';
import type { Place } from './place.ts';

/** How far ahead to search for the next opening. */
const AHEAD_DAYS = 60;
/** Searched first, since nearly every place opens again within it. */
const SOON_DAYS = 9;

export interface DayView {
  readonly day: string;
  readonly reader: HoursReader;
  /** Cache by the text of the hours, since many places have the same ones. */
  readonly opens: Map<string, readonly Span[] | null>;
  /** Minutes since midnight, to skip stops that are over. */
  readonly minute: () => number;
  /** The point of a town by its name, for stops that give only the town. */
  readonly townPoint: (name: string) => Point | null;
}

export const dayView = (
  day: string,
  reader: HoursReader,
  { minute, townPoint }: Pick<DayView, 'minute' | 'townPoint'>,
): DayView => ({ day, reader, opens: new Map(), minute, townPoint });

const closedOn = (place: Place, day: string): string | null => {
  const closure = place.closures.find(({ from, to }) => from <= day && day <= to);
  return closure ? (closure.why ?? 'Fermeture') : null;
};

const stopSpans = (place: Place, day: string): readonly Span[] =>
  place.stops
    .map(({ date, from, to }): Span => [daysBetween(day, date) * 1440 + from, daysBetween(day, date) * 1440 + to])
    .filter(([from, to]) => to > 0 && from < AHEAD_DAYS * 1440)
    .sort((a, b) => a[0] - b[0]);

const spansFrom = (place: Place, { day, reader }: DayView, days: number): readonly Span[] | null => {
  if (place.stops.some(({ date }) => date >= day)) return stopSpans(place, day);
  // After the last stop of a calendar we know nothing about today, and the hours of a bus don't tell where it is.
  if (place.moves || place.stops.length > 0) return null;
  const read = place.hours === null ? undefined : reader.read(place.hours);
  if (!read) return null;
  const spans = read.spans(day, days);
  if (place.closures.length === 0) return spans;
  return spans.filter(([from]) => closedOn(place, addDays(day, Math.floor(from / 1440))) === null);
};

/** The openings of today and tomorrow, and the next one after them. */
const opensOf = (place: Place, view: DayView): readonly Span[] | null => {
  const shared = !place.moves && place.stops.length === 0 && place.closures.length === 0 && place.hours !== null;
  const known = shared ? view.opens.get(place.hours ?? '') : undefined;
  if (known !== undefined) return known;
  const soon = spansFrom(place, view, SOON_DAYS);
  const all = soon?.some(([from]) => from >= 2880) === false ? spansFrom(place, view, AHEAD_DAYS) : soon;
  const later = all?.find(([from]) => from >= 2880);
  const opens = all === null ? null : [...all.filter(([from]) => from < 2880), ...(later ? [later] : [])];
  if (shared) view.opens.set(place.hours ?? '', opens);
  return opens;
};

const pointOf = (lat: number | null, lon: number | null): Point | null =>
  lat === null || lon === null ? null : [lon, lat];

const stopsOf = (place: Place, { day, minute }: DayView): readonly Stop[] =>
  place.stops
    .filter(({ date, to }) => date > day || (date === day && to > minute()))
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.from - b.from))
    .map(({ lat, lon, ...stop }) => ({ ...stop, at: pointOf(lat, lon) }));

const whichPlace = (place: Place): Pick<PlaceSummary, 'id' | 'name' | 'kind' | 'town' | 'postcode' | 'commune'> => ({
  id: place.id,
  name: place.name,
  kind: kindOf(place),
  town: place.commune,
  postcode: place.postcode,
  commune: place.insee ?? '',
});

export const summaryOf = (place: Place, view: DayView): PlaceSummary => {
  const next = place.stops.length > 0 ? stopsOf(place, view)[0] : undefined;
  const base = { at: pointOf(place.lat, place.lon), exact: place.exact && !place.moves && place.stops.length === 0 };
  return {
    ...whichPlace(place),
    // For a bus, show the town of its next stop and not the town where it is based.
    ...(next ? { town: next.town, at: next.at ?? view.townPoint(next.town), exact: next.at !== null } : base),
    needs: place.services.length === 0 ? null : idsOf(place.services, SERVICES),
    opens: opensOf(place, view),
    itinerant: place.moves || place.stops.length > 0,
    costs: idsOf(place.costs, COSTS),
    audiences: idsOf(place.audiences, AUDIENCES),
    cares: idsOf(place.cares, CARES),
    accesses: idsOf(place.accesses, ACCESSES),
    byAppointment: place.byAppointment ?? (place.booking !== null ? true : null),
    phone: place.phone === null ? null : phoneAsRead(place.phone),
  };
};

const weekOf = (place: Place, view: DayView): PlaceSheet['week'] => {
  // The stops of a calendar are single dates: there is no weekly schedule to show.
  if (place.stops.length > 0) return null;
  const monday = addDays(view.day, -weekdayOf(view.day));
  const spans = spansFrom({ ...place, closures: [] }, { ...view, day: monday }, 7);
  if (spans === null) return null;
  return Array.from({ length: 7 }, (_, at) => {
    const date = addDays(monday, at);
    const closedFor = closedOn(place, date);
    const its = spans.filter(([from]) => Math.floor(from / 1440) === at);
    return {
      date,
      today: date === view.day,
      spans: closedFor === null ? its.map(([from, to]) => [from - at * 1440, to - at * 1440] as const) : [],
      holiday: holidayOn(date),
      closedFor: its.length > 0 ? closedFor : null,
    };
  });
};

export const addressOf = (place: Place): readonly string[] =>
  place.street === null
    ? []
    : [place.street, ...(place.complement === null ? [] : [place.complement]), `${place.postcode} ${place.commune}`];

/** Imported rows without a date are stored with the year 1970, so that they never replace a dated row. */
const checkedOn = (place: Place): string => (place.updatedOn === '1970' ? '' : place.updatedOn);

export const sheetOf = (
  place: Place,
  view: DayView,
  about: { readonly corrected: boolean; readonly doubted: boolean },
): PlaceSheet => ({
  ...summaryOf(place, view),
  day: view.day,
  address: addressOf(place),
  email: place.emails[0] ?? null,
  websites: place.websites,
  presentation:
    [place.summary, place.detail].filter((text) => text !== null && text !== place.hoursNote).join(' ') || null,
  services: place.services,
  supports: idsOf(place.supports, SUPPORTS),
  week: weekOf(place, view),
  hoursAsWritten: place.hoursAsWritten,
  hoursNote: place.hoursNote,
  stops: stopsOf(place, view),
  directions: place.directions,
  accessibility: place.accessibility,
  bring: place.bring,
  checkedOn: checkedOn(place),
  source: place.source,
  ...about,
});

export const inReview = (place: Place, about: Pick<PlaceInReview, 'gone' | 'doubts' | 'corrected'>): PlaceInReview => {
  const week = readPlainWeek(place.hours ?? '');
  const plain = place.hours !== null && week !== undefined;
  return {
    ...whichPlace(place),
    phone: place.phone === null ? null : phoneAsRead(place.phone),
    address: place.street,
    hours: plain ? toWeeklyHours(week) : null,
    hoursAsWritten: plain ? null : (place.hoursAsWritten ?? place.hours),
    hoursNote: place.hoursNote,
    directions: place.directions,
    checkedOn: checkedOn(place),
    source: place.source,
    ...about,
  };
};
