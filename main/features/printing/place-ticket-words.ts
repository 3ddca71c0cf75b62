/** The texts of a place's ticket, in the person's language. */
import type { Span } from '../../contract/directory.ts';
import type { Language } from '../../contract/languages.ts';

export interface TicketWords {
  readonly services: string;
  readonly hours: string;
  readonly nextStops: string;
  readonly directions: string;
  readonly bring: string;
  /** Used when the place lists nothing to bring. */
  readonly bringDefault: string;
  readonly access: string;
  readonly closed: string;
  readonly askBefore: string;
  readonly phoneBefore: string;
  readonly askDates: string;
  readonly phoneForDates: string;
  readonly toCall: string;
  readonly toGo: string;
  readonly theAddress: string;
  readonly foldHere: string;
  /** Monday is 0. */
  onDays(first: number, last: number, hours: string): string;
  thisWeek(day: string, why: string): string;
  stop(day: string, hours: string, town: string): string;
  postal(address: string): string;
  checked(day: string): string;
  source(name: string): string;
}

const NB = '\u00a0';
const JOURS = ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'] as const;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const french: TicketWords = {
  services: 'On y trouve',
  hours: 'Horaires',
  nextStops: 'Prochains passages',
  directions: 'Pour y aller',
  bring: 'À apporter',
  bringDefault: 'Si vous en avez\u00a0: une pièce d’identité, vos courriers, vos mots de passe.',
  access: 'Accès',
  closed: 'fermé',
  askBefore: 'Renseignez-vous avant de venir.',
  phoneBefore: 'Téléphonez avant de venir.',
  askDates: 'Dates de passage à demander.',
  phoneForDates: 'Téléphonez pour demander les dates.',
  toCall: 'Pour appeler avec votre téléphone',
  toGo: 'Pour y aller avec votre téléphone',
  theAddress: 'L’adresse, pour votre téléphone',
  foldHere: 'Pliez ou coupez ici',
  onDays: (first, last, hours) =>
    `${JOURS[first] ?? ''}${last === first ? '' : ` ${last === first + 1 ? 'et' : 'à'} ${(JOURS[last] ?? '').toLowerCase()}`}${NB}: ${hours}`,
  thisWeek: (day, why) => `Cette semaine${NB}: ${day}, ${why}`,
  stop: (day, hours, town) => `${day}, ${hours}${NB}: ${town}`,
  postal: (address) => `Pour écrire${NB}: ${address}`,
  checked: (day) => `fiche vérifiée${NB}: ${day}`,
  source: (name) => `source${NB}: ${name}`,
};

export const ticketWords: Readonly<Record<Language, TicketWords>> = {
  fr: french,
  simple: french,
  en: {
    services: 'What they do',
    hours: 'Opening hours',
    nextStops: 'Next stops',
    directions: 'How to get there',
    bring: 'What to bring',
    bringDefault: 'If you have them: an identity document, your letters, your passwords.',
    access: 'Access',
    closed: 'closed',
    askBefore: 'Ask before you go.',
    phoneBefore: 'Phone before you go.',
    askDates: 'Ask for the dates when it comes.',
    phoneForDates: 'Phone to ask for the dates.',
    toCall: 'To call with your phone',
    toGo: 'To get there with your phone',
    theAddress: 'The address, for your phone',
    foldHere: 'Fold or cut here',
    onDays: (first, last, hours) =>
      `${DAYS[first] ?? ''}${last === first ? '' : ` ${last === first + 1 ? 'and' : 'to'} ${DAYS[last] ?? ''}`}: ${hours}`,
    thisWeek: (day, why) => `This week: ${day}, ${why}`,
    stop: (day, hours, town) => `${day}, ${hours}: ${town}`,
    postal: (address) => `To write: ${address}`,
    checked: (day) => `checked: ${day}`,
    source: (name) => `source: ${name}`,
  },
};

/** `9 h`, `13 h 30`; `9:00`, `13:30` in English. */
const clock = (minute: number, language: Language): string => {
  const of = minute % 1440;
  const [hours, minutes] = [Math.floor(of / 60), String(of % 60).padStart(2, '0')];
  if (language === 'en') return `${hours}:${minutes}`;
  return `${hours}${NB}h${minutes === '00' ? '' : `${NB}${minutes}`}`;
};

export const formatHours = ([from, to]: Span, language: Language): string => {
  const english = language === 'en';
  if (to - from >= 1440) return english ? 'day and night' : 'jour et nuit';
  const until = to === 1440 ? (english ? 'midnight' : 'minuit') : clock(to, language);
  return `${clock(from, language)} ${english ? 'to' : 'à'} ${until}`;
};

const dateFormat = (language: Language, how: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', { ...how, timeZone: 'UTC' });
const formatDate = (day: string, language: Language, how: Intl.DateTimeFormatOptions): string => {
  const text = dateFormat(language, how).format(Date.parse(`${day}T00:00:00Z`));
  return language === 'en' ? text : text.replace(/(^| )1 (?=\p{L})/u, '$11er ');
};

/** `jeudi 3 décembre` */
export const formatDay = (day: string, language: Language): string =>
  formatDate(day, language, { weekday: 'long', day: 'numeric', month: 'long' });

/** `2024-08-01` → `1er août 2024`, `2024-08` → `août 2024`; a year stays a year. */
export const formatFullDate = (day: string, language: Language): string => {
  if (day.length === 10) return formatDate(day, language, { day: 'numeric', month: 'long', year: 'numeric' });
  return day.length === 7 ? formatDate(`${day}-01`, language, { month: 'long', year: 'numeric' }) : day;
};
