/** Hours, distances and dates of places, in words. */
import type { PlaceSummary, Span } from '../../../main/contract/directory.ts';
import type { Language } from '../../../main/contract/session.ts';
import type { Translate } from '../../client/i18n/translate.ts';
import { directoryMessages as m } from './messages.ts';
import { dayNumber, MINUTES_A_DAY, openingAt } from './opening-now.ts';

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', simple: 'fr-FR', en: 'en-GB' };

/** 13 h 30 in French, 13:30 in English. The midnight that ends a day is 24 h, not the one that begins it. */
export function clockText(minute: number, language: Language): string {
  const within = ((minute % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
  const inDay = within === 0 && minute > 0 ? MINUTES_A_DAY : within;
  const hours = Math.floor(inDay / 60);
  const minutes = inDay % 60;
  const two = String(minutes).padStart(2, '0');
  if (language === 'en') return `${hours}:${two}`;
  return minutes === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${two}`;
}

export function spanText([from, to]: Span, language: Language): string {
  return `${clockText(from, language)} – ${clockText(to, language)}`;
}

const onDay = (days: number, options: Intl.DateTimeFormatOptions, language: Language): string =>
  new Date(days * 86_400_000).toLocaleDateString(LOCALES[language], { ...options, timeZone: 'UTC' });

export function weekdayText(date: string, language: Language): string {
  return onDay(dayNumber(date), { weekday: 'long' }, language);
}

/** mercredi 4 mars */
export function dateText(date: string, language: Language): string {
  return onDay(dayNumber(date), { weekday: 'long', day: 'numeric', month: 'long' }, language);
}

/** 2019 → 2019; 2024-08 and 2024-08-01 → août 2024. */
export function checkedText(checkedOn: string, language: Language): string {
  if (!/^\d{4}-\d\d/.test(checkedOn)) return checkedOn;
  return onDay(dayNumber(`${checkedOn.slice(0, 7)}-01`), { month: 'long', year: 'numeric' }, language);
}

export interface Status {
  /** `ask`: not known. */
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
    // Nobody is told to call a number that nobody knows.
    return phone ? { kind: 'ask', text: t(m.phoneFirst) } : { kind: 'closed', text: t(m.hoursNotKnown) };
  }
  if (opening.state === 'open')
    return { kind: 'open', text: t(m.openUntil, { until: clockText(opening.until, language) }) };
  if (opening.from === null) return { kind: 'closed', text: t(m.closedNow) };
  const at = clockText(opening.from % MINUTES_A_DAY, language);
  const days = Math.floor(opening.from / MINUTES_A_DAY);
  if (days === 0 && itinerant) return { kind: 'closed', text: t(m.nextVisit, { when: t(m.today), at }) };
  if (days === 0) return { kind: 'closed', text: t(m.opensAt, { at }) };
  const today = dayNumber(day) + Math.floor(minute / MINUTES_A_DAY);
  const when =
    days === 1
      ? t(m.tomorrow)
      : onDay(today + days, days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' }, language);
  if (itinerant) return { kind: 'closed', text: t(m.nextVisit, { when, at }) };
  return { kind: 'closed', text: t(opening.closedToday ? m.closedToday : m.closedAgain, { when, at }) };
}

/** Nobody walks 12.3 km as the crow flies: tenths below five, whole ones above. */
export function distanceText(km: number | null, around: boolean, language: Language, t: Translate): string {
  if (km === null) return '';
  if (km < 0.95) return t(m.veryNear);
  const figure = (km < 5 ? Math.round(km * 10) / 10 : Math.round(km)).toLocaleString(LOCALES[language]);
  return t(around ? m.aboutKm : m.km, { km: figure });
}
