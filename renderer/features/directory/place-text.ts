/** Hours, distances and dates of places, in words. */
import type { PlaceSummary, Span } from '../../../main/contract/directory.ts';
import type { Translate } from '../../../main/contract/i18n/translate.ts';
import { languageFacts, type Language } from '../../../main/contract/languages.ts';
import { timeWords } from '../../../main/contract/place-words.ts';
import { directoryMessages as m } from './messages.ts';
import { dayNumber, MINUTES_A_DAY, openingAt } from './opening-now.ts';

/** Midnight at the end of a day is 24 h, at its beginning 0 h. */
export function clockText(minute: number, t: Translate): string {
  const within = ((minute % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
  return timeWords(within === 0 && minute > 0 ? MINUTES_A_DAY : within, t);
}

export function spanText([from, to]: Span, t: Translate): string {
  return `${clockText(from, t)} – ${clockText(to, t)}`;
}

const WRITINGS = {
  weekday: { weekday: 'long' },
  day: { day: 'numeric', month: 'long' },
  weekdayAndDay: { weekday: 'long', day: 'numeric', month: 'long' },
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Creating an Intl format takes longer than the rest of a card. */
const keptBy = <K extends string, T>(make: (key: K) => T): ((key: K) => T) => {
  const made = new Map<K, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
};
type DateKey = `${Language} ${keyof typeof WRITINGS}`;
const dateFormat = keptBy((key: DateKey) => {
  const [language, writing] = key.split(' ') as [Language, keyof typeof WRITINGS];
  return new Intl.DateTimeFormat(languageFacts[language].locale, { ...WRITINGS[writing], timeZone: 'UTC' });
});
const numberFormat = keptBy((language: Language) => new Intl.NumberFormat(languageFacts[language].locale));

const onDay = (days: number, writing: keyof typeof WRITINGS, language: Language): string => {
  const text = dateFormat(`${language} ${writing}`).format(days * 86_400_000);
  return languageFacts[language].tag === 'fr' ? text.replace(/(^| )1 (?=\p{L})/u, '$11er ') : text;
};

export function weekdayText(date: string, language: Language): string {
  return onDay(dayNumber(date), 'weekday', language);
}

/** mercredi 4 mars */
export function dateText(date: string, language: Language): string {
  return onDay(dayNumber(date), 'weekdayAndDay', language);
}

/** 2019 → 2019; 2024-08 and 2024-08-01 → août 2024; empty when no source gives a date. */
export function checkedText(checkedOn: string, language: Language): string {
  if (!/^\d{4}-\d\d/.test(checkedOn)) return checkedOn;
  return onDay(dayNumber(`${checkedOn.slice(0, 7)}-01`), 'month', language);
}

export interface Status {
  /** `ask`: the hours are not known. */
  readonly kind: 'open' | 'closed' | 'ask';
  readonly text: string;
}

/** « Ouvert jusqu’à 17 h », « Ouvre à 13 h 30 », « Fermé aujourd’hui. Ouvre vendredi à 9 h ». */
export function statusOf(
  { opens, phone, itinerant }: Pick<PlaceSummary, 'opens' | 'phone' | 'itinerant'>,
  { day, minute, language, t }: { day: string; minute: number; language: Language; t: Translate },
): Status {
  const opening = openingAt(opens, minute);
  if (opening.state === 'unknown') {
    // Do not ask people to phone when there is no number.
    if (itinerant) return { kind: phone ? 'ask' : 'closed', text: t(m.askDates) };
    return phone ? { kind: 'ask', text: t(m.phoneFirst) } : { kind: 'closed', text: t(m.hoursNotKnown) };
  }
  if (opening.state === 'open') return { kind: 'open', text: t(m.openUntil, { until: clockText(opening.until, t) }) };
  if (opening.from === null) return { kind: 'closed', text: t(m.closedNow) };
  const at = clockText(opening.from % MINUTES_A_DAY, t);
  const days = Math.floor(opening.from / MINUTES_A_DAY);
  if (days === 0 && itinerant) return { kind: 'closed', text: t(m.nextVisit, { when: t(m.today), at }) };
  if (days === 0) return { kind: 'closed', text: t(m.opensAt, { at }) };
  const today = dayNumber(day) + Math.floor(minute / MINUTES_A_DAY);
  const when =
    days === 1
      ? t(m.tomorrow)
      : days < 7
        ? onDay(today + days, 'weekday', language)
        : t(m.onDate, { date: onDay(today + days, 'day', language) });
  if (itinerant) return { kind: 'closed', text: t(m.nextVisit, { when, at }) };
  return { kind: 'closed', text: t(opening.closedToday ? m.closedToday : m.closedAgain, { when, at }) };
}

/** Tenths below five kilometres, whole kilometres above: more precision means nothing as the crow flies. */
export function distanceText(km: number | null, around: boolean, language: Language, t: Translate): string {
  if (km === null) return '';
  if (km < 0.95) return t(m.veryNear);
  const figure = numberFormat(language).format(km < 5 ? Math.round(km * 10) / 10 : Math.round(km));
  return t(around ? m.aboutKm : m.km, { km: figure });
}
