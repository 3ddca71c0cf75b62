/** Hours and dates of a place's ticket, in the person's language. */
import type { Span } from '../../contract/directory.ts';
import type { Translate } from '../../contract/i18n/translate.ts';
import { languageFacts, type Language } from '../../contract/languages.ts';
import { timeWords } from '../../contract/place-words.ts';
import { ticketTimes as m } from './messages.ts';

const MINUTES_A_DAY = 1440;

export const formatHours = ([from, to]: Span, t: Translate): string => {
  if (to - from >= MINUTES_A_DAY) return t(m.dayAndNight);
  const until = to === MINUTES_A_DAY ? t(m.midnight) : timeWords(to % MINUTES_A_DAY, t);
  return t(m.fromTo, { from: timeWords(from % MINUTES_A_DAY, t), until });
};

const formatDate = (day: string, language: Language, how: Intl.DateTimeFormatOptions): string => {
  const { tag, locale } = languageFacts[language];
  const text = new Intl.DateTimeFormat(locale, { ...how, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
  return tag === 'fr' ? text.replace(/(^| )1 (?=\p{L})/u, '$11er ') : text;
};

/** Monday is 0. */
export const weekdayName = (day: number, language: Language): string =>
  formatDate(`2024-01-0${day + 1}`, language, { weekday: 'long' }); // 1 January 2024 was a Monday

/** `jeudi 3 décembre` */
export const formatDay = (day: string, language: Language): string =>
  formatDate(day, language, { weekday: 'long', day: 'numeric', month: 'long' });

/** `2024-08-01` → `1er août 2024`, `2024-08` → `août 2024`; a year stays a year. */
export const formatFullDate = (day: string, language: Language): string => {
  if (day.length === 10) return formatDate(day, language, { day: 'numeric', month: 'long', year: 'numeric' });
  return day.length === 7 ? formatDate(`${day}-01`, language, { month: 'long', year: 'numeric' }) : day;
};
