/** "La fiche à emporter": where to go, when, and whom to call, on the half of a sheet that fits a pocket. */
import type { PlaceSheet } from '../../contract/directory.ts';
import type { KioskMap, StreetPlan } from '../../contract/kiosk-map.ts';
import { project } from '../../contract/map-geometry.ts';
import type { SheetMap, Ticket } from './pdf/sheet.ts';

const DAYS = ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'] as const;
const NB = '\u00a0';

/** `9 h`, `13 h 30`. */
const hour = (minute: number): string => {
  const of = minute % 1440;
  const rest = of % 60;
  return `${Math.floor(of / 60)}${NB}h${rest === 0 ? '' : `${NB}${String(rest).padStart(2, '0')}`}`;
};

const dayAndMonth = new Intl.DateTimeFormat('fr', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' });
const onDay = (day: string): string => dayAndMonth.format(Date.parse(`${day}T00:00:00Z`));
const wholeDate = new Intl.DateTimeFormat('fr', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });

const spans = (of: readonly (readonly [number, number])[]): string =>
  of
    .map(([from, to]) => (to - from >= 1440 ? 'jour et nuit' : `${hour(from)} à ${to === 1440 ? 'minuit' : hour(to)}`))
    .join(', ');

/** Days with the same hours are one line. */
const weekLines = (week: NonNullable<PlaceSheet['week']>): readonly string[] => {
  const lines: string[] = [];
  for (let first = 0; first < week.length;) {
    const said = spans(week[first]?.spans ?? []) || 'fermé';
    let last = first;
    while (last + 1 < week.length && (spans(week[last + 1]?.spans ?? []) || 'fermé') === said) last += 1;
    const days =
      last === first
        ? DAYS[first]
        : `${DAYS[first] ?? ''} ${last === first + 1 ? 'et' : 'à'} ${(DAYS[last] ?? '').toLowerCase()}`;
    lines.push(`${days ?? ''} : ${said}`);
    first = last + 1;
  }
  return lines;
};

const hourLines = (place: PlaceSheet): readonly string[] => {
  if (place.stops.length > 0) {
    return place.stops
      .slice(0, 4)
      .map(({ date, from, to, town, where }) =>
        [`${onDay(date)}, ${hour(from)} à ${hour(to)} : ${town}`, where].filter(Boolean).join(', '),
      );
  }
  // A holiday or a closure is this week's alone, and the paper is kept for longer.
  const week = place.week && { days: place.week, odd: place.week.find((day) => day.holiday !== null || day.closedFor) };
  return [
    ...(week ? weekLines(week.days) : []),
    ...(week?.odd ? [`Cette semaine : ${onDay(week.odd.date)}, ${week.odd.holiday ?? week.odd.closedFor ?? ''}`] : []),
    ...(place.hoursAsWritten === null ? [] : [place.hoursAsWritten]),
    ...(place.hoursNote === null ? [] : [place.hoursNote]),
    ...(place.week === null
      ? [place.phone === null ? 'Renseignez-vous avant de venir.' : 'Téléphonez avant de venir.']
      : []),
  ];
};

const checkedIn = (checkedOn: string): string =>
  checkedOn.length === 10 ? wholeDate.format(Date.parse(`${checkedOn}T00:00:00Z`)).replace(/^1 /, '1er ') : checkedOn;

/** What is known of where the kiosk's places are. */
export interface TicketMaps {
  readonly map: KioskMap | null;
  /** Around this place. */
  readonly streets: StreetPlan | null;
}

const mapOf = (place: PlaceSheet, { map, streets }: TicketMaps): SheetMap | undefined => {
  if (streets !== null) return { kind: 'streets', plan: streets };
  if (map === null || place.at === null) return undefined;
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

/** A phone reads the number and offers to call; without one, it opens the address in its own map. */
const codeOf = (place: PlaceSheet): Ticket['code'] => {
  if (place.phone !== null)
    return { content: `tel:${place.phone.replace(/\s/g, '')}`, caption: 'Pour appeler avec votre téléphone' };
  if (place.at !== null && place.exact) {
    return { content: `geo:${place.at[1]},${place.at[0]}`, caption: 'Pour y aller avec votre téléphone' };
  }
  return place.address.length > 0
    ? { content: place.address.join('\n'), caption: 'L’adresse, pour votre téléphone' }
    : undefined;
};

export const placeTicket = (place: PlaceSheet, kiosk: { readonly place: string }, maps: TicketMaps): Ticket => ({
  kind: 'ticket',
  title: place.name,
  address: place.address.length > 0 ? place.address : [`${place.postcode} ${place.town}`],
  phone: place.phone,
  sections: [
    ...(place.services.length === 0 ? [] : [{ heading: 'On y trouve', lines: [place.services.join(', ')] }]),
    { heading: place.stops.length > 0 ? 'Prochains passages' : 'Horaires', lines: hourLines(place) },
    ...(place.directions === null ? [] : [{ heading: 'Pour y aller', lines: [place.directions] }]),
    ...(place.bring.length === 0 ? [] : [{ heading: 'À apporter', lines: [place.bring.join(', ')] }]),
    ...(place.accessibility === null ? [] : [{ heading: 'Accès', lines: [place.accessibility] }]),
  ],
  map: mapOf(place, maps),
  code: codeOf(place),
  footer: [
    kiosk.place,
    place.checkedOn === '' ? null : `fiche vérifiée : ${checkedIn(place.checkedOn)}`,
    `source : ${place.source}`,
  ]
    .filter(Boolean)
    .join(' · '),
});
