/** "La fiche à emporter": where to go, when, and whom to call, on half a sheet that fits a pocket. */
import type { PlaceSheet } from '../../contract/directory.ts';
import { words as sharedWords } from '../../contract/i18n/messages.ts';
import { translateTo, type Translate } from '../../contract/i18n/translate.ts';
import type { KioskMap, StreetPlan } from '../../contract/kiosk-map.ts';
import { languageFacts, type Language } from '../../contract/languages.ts';
import { project } from '../../contract/map-geometry.ts';
import { holidayWords, serviceWords } from '../../contract/place-words.ts';
import { ticketMessages as m, words } from './messages.ts';
import type { SheetMap, Ticket } from './pdf/sheet.ts';
import { formatDay, formatFullDate, formatHours, weekdayName } from './ticket-times.ts';

/** The language of the person, and how to say things in it. */
interface Voice {
  readonly t: Translate;
  readonly language: Language;
}

const capitalised = (text: string, language: Language): string =>
  text.replace(/^./u, (first) => first.toLocaleUpperCase(languageFacts[language].locale));

/** Monday is 0. */
const onDays = (first: number, last: number, hours: string, { t, language }: Voice): string => {
  const day = capitalised(weekdayName(first, language), language);
  if (last === first) return t(m.oneDay, { day, hours });
  return t(last === first + 1 ? m.twoDays : m.severalDays, { first: day, last: weekdayName(last, language), hours });
};

/** Consecutive days with the same hours share one line. */
const weekLines = (week: NonNullable<PlaceSheet['week']>, voice: Voice): readonly string[] => {
  const { t } = voice;
  const hoursOn = (day: number): string =>
    (week[day]?.spans ?? []).map((span) => formatHours(span, t)).join(', ') || t(m.closed);
  const lines: string[] = [];
  for (let first = 0; first < week.length;) {
    const hours = hoursOn(first);
    let last = first;
    while (last + 1 < week.length && hoursOn(last + 1) === hours) last += 1;
    lines.push(onDays(first, last, hours, voice));
    first = last + 1;
  }
  return lines;
};

/** A mobile service without published hours or stops: the person must ask for the dates. */
const hasUnknownDates = (place: PlaceSheet): boolean =>
  place.itinerant && place.week === null && place.stops.length === 0;

const hourLines = (place: PlaceSheet, voice: Voice): readonly string[] => {
  const { t, language } = voice;
  if (hasUnknownDates(place)) return [t(place.phone === null ? m.askDates : m.phoneForDates)];
  if (place.stops.length > 0) {
    return place.stops
      .slice(0, 4)
      .map(({ date, from, to, town, where }) =>
        [t(m.stop, { day: formatDay(date, language), hours: formatHours([from, to], t), town }), where]
          .filter(Boolean)
          .join(', '),
      );
  }
  // A holiday or a closure concerns this week only, but the paper is kept for longer: print it on its own line.
  const week = place.week && { days: place.week, odd: place.week.find((day) => day.holiday !== null || day.closedFor) };
  const why = week?.odd && (week.odd.holiday === null ? week.odd.closedFor : holidayWords(week.odd.holiday, t));
  return [
    ...(week ? weekLines(week.days, voice) : []),
    ...(week?.odd ? [t(m.thisWeek, { day: formatDay(week.odd.date, language), why: why ?? '' })] : []),
    ...(place.hoursAsWritten === null ? [] : [place.hoursAsWritten]),
    ...(place.hoursNote === null ? [] : [place.hoursNote]),
    ...(place.week === null ? [t(place.phone === null ? m.askBefore : m.phoneBefore)] : []),
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
const codeOf = (place: PlaceSheet, t: Translate): Ticket['code'] => {
  if (place.phone !== null) return { content: `tel:${place.phone.replace(/\s/g, '')}`, caption: t(m.toCall) };
  if (place.at !== null && place.exact) {
    return { content: `geo:${place.at[1]},${place.at[0]}`, caption: t(m.toGo) };
  }
  return place.address.length > 0 ? { content: place.address.join('\n'), caption: t(m.theAddress) } : undefined;
};

/** The address of a mobile service is for post only: nobody should go there. */
const addressLines = (place: PlaceSheet, t: Translate): readonly string[] => {
  if (place.itinerant && place.week === null) {
    return place.address.length > 0 ? [t(m.postal, { address: place.address.join(', ') })] : [];
  }
  return place.address.length > 0 ? place.address : [`${place.postcode} ${place.town}`];
};

export const placeTicket = async (
  place: PlaceSheet,
  kiosk: { readonly place: string },
  maps: TicketMaps,
  language: Language,
): Promise<Ticket> => {
  const t = await translateTo(language, [sharedWords, words]);
  const showsStops = place.stops.length > 0 || hasUnknownDates(place);
  return {
    kind: 'ticket',
    title: place.name,
    address: addressLines(place, t),
    phone: place.phone,
    sections: [
      ...(place.services.length === 0
        ? []
        : [{ heading: t(m.services), lines: [place.services.map((one) => serviceWords(one, t)).join(', ')] }]),
      { heading: t(showsStops ? m.nextStops : m.hours), lines: hourLines(place, { t, language }) },
      ...(place.directions === null ? [] : [{ heading: t(m.directions), lines: [place.directions] }]),
      { heading: t(m.bring), lines: [place.bring.length === 0 ? t(m.bringDefault) : place.bring.join(', ')] },
      ...(place.accessibility === null ? [] : [{ heading: t(m.access), lines: [place.accessibility] }]),
    ],
    map: mapOf(place, maps),
    code: codeOf(place, t),
    foldHere: t(m.foldHere),
    footer: [
      kiosk.place,
      place.checkedOn === '' ? null : t(m.checked, { day: formatFullDate(place.checkedOn, language) }),
      t(m.source, { name: place.source }),
    ]
      .filter(Boolean)
      .join(' · '),
  };
};
