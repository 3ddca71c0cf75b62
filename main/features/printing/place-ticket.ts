/** "La fiche à emporter": where to go, when, and whom to call, on half a sheet that fits a pocket. */
import type { PlaceSheet } from '../../contract/directory.ts';
import type { KioskMap, StreetPlan } from '../../contract/kiosk-map.ts';
import { project } from '../../contract/map-geometry.ts';
import { holidayWords, serviceWords } from '../../contract/place-words.ts';
import type { Language } from '../../contract/languages.ts';
import type { SheetMap, Ticket } from './pdf/sheet.ts';
import { formatDay, formatHours, ticketWords, formatFullDate, type TicketWords } from './place-ticket-words.ts';

const formatSpans = (of: readonly (readonly [number, number])[], language: Language): string =>
  of.map((span) => formatHours(span, language)).join(', ');

/** Consecutive days with the same hours share one line. */
const weekLines = (week: NonNullable<PlaceSheet['week']>, language: Language): readonly string[] => {
  const words = ticketWords[language];
  const lines: string[] = [];
  for (let first = 0; first < week.length;) {
    const said = formatSpans(week[first]?.spans ?? [], language) || words.closed;
    let last = first;
    while (last + 1 < week.length && (formatSpans(week[last + 1]?.spans ?? [], language) || words.closed) === said)
      last += 1;
    lines.push(words.onDays(first, last, said));
    first = last + 1;
  }
  return lines;
};

/** A mobile service without published hours or stops: the person must ask for the dates. */
const hasUnknownDates = (place: PlaceSheet): boolean =>
  place.itinerant && place.week === null && place.stops.length === 0;

const hourLines = (place: PlaceSheet, language: Language): readonly string[] => {
  const words = ticketWords[language];
  if (hasUnknownDates(place)) return [place.phone === null ? words.askDates : words.phoneForDates];
  if (place.stops.length > 0) {
    return place.stops
      .slice(0, 4)
      .map(({ date, from, to, town, where }) =>
        [words.stop(formatDay(date, language), formatHours([from, to], language), town), where]
          .filter(Boolean)
          .join(', '),
      );
  }
  // A holiday or a closure concerns this week only, but the paper is kept for longer: print it on its own line.
  const week = place.week && { days: place.week, odd: place.week.find((day) => day.holiday !== null || day.closedFor) };
  const why = week?.odd && (week.odd.holiday === null ? week.odd.closedFor : holidayWords(week.odd.holiday, language));
  return [
    ...(week ? weekLines(week.days, language) : []),
    ...(week?.odd ? [words.thisWeek(formatDay(week.odd.date, language), why ?? '')] : []),
    ...(place.hoursAsWritten === null ? [] : [place.hoursAsWritten]),
    ...(place.hoursNote === null ? [] : [place.hoursNote]),
    ...(place.week === null ? [place.phone === null ? words.askBefore : words.phoneBefore] : []),
  ];
};

/** The maps available for a ticket. */
export interface TicketMaps {
  readonly map: KioskMap | null;
  /** The streets around this place. */
  readonly streets: StreetPlan | null;
}

const mapOf = (place: PlaceSheet, { map, streets }: TicketMaps): SheetMap | undefined => {
  if (streets !== null) return { kind: 'streets', plan: streets };
  if (map === null || place.at === null || hasUnknownDates(place)) return undefined;
  const [x, y] = project(map.plane, place.at);
  return {
    kind: 'departement',
    width: map.width,
    height: map.height,
    outline: map.outline,
    borders: map.areaBorders,
    rivers: map.rivers,
    marker: [x, y],
    markerName: place.town,
    towns: map.towns.slice(0, 8).map((town) => ({ name: town.name, x: town.x, y: town.y })),
  };
};

/** QR code: the number to call, or else the position or the address, which the phone opens in its map. */
const codeOf = (place: PlaceSheet, words: TicketWords): Ticket['code'] => {
  if (place.phone !== null) return { content: `tel:${place.phone.replace(/\s/g, '')}`, caption: words.toCall };
  if (place.at !== null && place.exact) {
    return { content: `geo:${place.at[1]},${place.at[0]}`, caption: words.toGo };
  }
  return place.address.length > 0 ? { content: place.address.join('\n'), caption: words.theAddress } : undefined;
};

/** The address of a mobile service is for post only: nobody should go there. */
const addressLines = (place: PlaceSheet, words: TicketWords): readonly string[] => {
  if (place.itinerant && place.week === null) {
    return place.address.length > 0 ? [words.postal(place.address.join(', '))] : [];
  }
  return place.address.length > 0 ? place.address : [`${place.postcode} ${place.town}`];
};

export const placeTicket = (
  place: PlaceSheet,
  kiosk: { readonly place: string },
  maps: TicketMaps,
  language: Language,
): Ticket => {
  const words = ticketWords[language];
  const showsStops = place.stops.length > 0 || hasUnknownDates(place);
  return {
    kind: 'ticket',
    title: place.name,
    address: addressLines(place, words),
    phone: place.phone,
    sections: [
      ...(place.services.length === 0
        ? []
        : [{ heading: words.services, lines: [place.services.map((one) => serviceWords(one, language)).join(', ')] }]),
      { heading: showsStops ? words.nextStops : words.hours, lines: hourLines(place, language) },
      ...(place.directions === null ? [] : [{ heading: words.directions, lines: [place.directions] }]),
      { heading: words.bring, lines: [place.bring.length === 0 ? words.bringDefault : place.bring.join(', ')] },
      ...(place.accessibility === null ? [] : [{ heading: words.access, lines: [place.accessibility] }]),
    ],
    map: mapOf(place, maps),
    code: codeOf(place, words),
    foldHere: words.foldHere,
    footer: [
      kiosk.place,
      place.checkedOn === '' ? null : words.checked(formatFullDate(place.checkedOn, language)),
      words.source(place.source),
    ]
      .filter(Boolean)
      .join(' · '),
  };
};
