/** Converts hours from a source to the notation of OpenStreetMap, or keeps them as written. */
import { rangeOf, spansOfDay } from '../../../contract/typed-hours.ts';
import { readPlainWeek, writePlainWeek } from '../hours/plain-week.ts';
import { tidyHours, type HoursReader } from '../hours/reader.ts';

export interface MendedHours {
  readonly hours: string | null;
  readonly asWritten: string | null;
  readonly how?: string;
}

const none: MendedHours = { hours: null, asWritten: null };
const NOTHING = /^\s*(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)[A-Za-z,-]*\s+)?0?0:00\s*-\s*0?0:00\s*$/;

/** The `horaires` of the national schema. */
export const mendHours = (text: string, reader: HoursReader): MendedHours => {
  const trimmed = text.trim();
  if (trimmed === '') return none;
  const rules = trimmed.split(';').filter((rule) => !NOTHING.test(rule) && rule.trim() !== '');
  if (rules.length === 0) return { ...none, how: '« 00:00 - 00:00 » veut dire « pas d’horaires »' };
  const real = rules.map((rule) => rule.trim()).join('; ');
  const once = onceEach(real);
  if (reader.read(once)) {
    const twice = once === real ? undefined : 'une plage écrite deux fois, gardée une fois';
    const how = twice ?? (real === trimmed ? undefined : '« 00:00 - 00:00 » retiré');
    return { hours: once, asWritten: null, ...(how === undefined ? {} : { how }) };
  }
  const tidy = tidyHours(once);
  if (tidy !== undefined && reader.read(tidy)) {
    return { hours: tidy, asWritten: null, how: `écrit « ${tidy} » au lieu de « ${trimmed} »` };
  }
  return {
    hours: null,
    asWritten: trimmed,
    how: `« ${trimmed} » : horaires qu’aucun programme ne lit, montrés tels quels avec « Téléphonez avant »`,
  };
};

/** Removes repeated ranges: `09:00-12:00,09:00-12:00`. */
const onceEach = (hours: string): string =>
  hours.replace(/\d\d:\d\d-\d\d:\d\d(?:,\s*\d\d:\d\d-\d\d:\d\d)+/g, (ranges) =>
    [...new Set(ranges.split(/,\s*/))].join(','),
  );

const ORDINALS: readonly (readonly [RegExp, string])[] = [
  [/^(1 ?ers?|premiers?|1)$/i, '1'],
  [/^(2 ?e|2 ?èmes?|2 ?nds?|deuxièmes?|seconds?)$/i, '2'],
  [/^(3 ?e|3 ?èmes?|troisièmes?)$/i, '3'],
  [/^(4 ?e|4 ?èmes?|quatrièmes?)$/i, '4'],
  [/^(derniers?)$/i, '-1'],
];
const WEEKDAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
const NAMES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const MONTHLY =
  /\b(1 ?ers?|premiers?|[2-4] ?(?:e|èmes?|nds?)|deuxièmes?|seconds?|troisièmes?|quatrièmes?|derniers?)\s+(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\s+(?:du|de chaque)\s+mois\b/i;

/**
 * Sources mention « 1er samedi du mois » only in their comment. The Saturday of the columns then becomes the first one
 * of the month. If the columns give no hours for that day, they are taken from the comment.
 */
export const withMonthlyDay = (
  hours: string | null,
  comment: string,
): { readonly hours: string; readonly how: string } | undefined => {
  const read = MONTHLY.exec(comment);
  const week = readPlainWeek(hours ?? '');
  if (!read || !week) return undefined;
  const nth = ORDINALS.find(([way]) => way.test(read[1] ?? ''))?.[1];
  const day = WEEKDAYS.indexOf((read[2] ?? '').toLowerCase() as (typeof WEEKDAYS)[number]);
  const said = spansOfDay(
    /(\d{1,2}\s*[:hH].*)$/.exec(comment.slice(read.index + read[0].length))?.[1]?.replace(/[^\dhH:à–-]+$/, '') ?? '',
  );
  const spans = (week[day]?.length ?? 0) > 0 ? week[day] : said?.spans;
  if (nth === undefined || day < 0 || !spans || spans.length === 0) return undefined;
  const others = writePlainWeek(week.map((one, at) => (at === day ? [] : one)));
  const monthly = `${NAMES[day] ?? ''}[${nth}] ${spans.map(rangeOf).join(',')}`;
  return {
    hours: others === '' ? monthly : `${others}; ${monthly}`,
    how: `« ${read[0]} » du commentaire : ${monthly}`,
  };
};
