/** Parses the hours of one day as people type them: in the agent's form, at a terminal, in the columns of the ANCT. */
import type { Span } from './directory.ts';

/** Matches `9h`, `9 h 30`, `09:30` and `9`. In « 12h 14h », 14 is another hour and not minutes. */
const HOUR = String.raw`(?<!\d)(\d{1,2})(?!\d)(?:\s*[:hH.](?:\s*(\d{2})(?!\s*[:hH.\d]))?)?`;
const RANGE = new RegExp(String.raw`${HOUR}\s*(?:-|–|—|à)\s*${HOUR}`, 'g');
/** What may surround the hours, and what may replace them. */
const AROUND = /^(?:[\s/,;]|\b(?:de|et|puis)\b)*$/i;
const CLOSED = /^\s*ferm[ée]e?\s*$/i;

/** More spans in one day are a typing mistake. */
export const MOST_SPANS = 4;

/** Parses « 09:30 - 12:30 / 13:30 - 15:30 », « de 9h à midi », « fermé » or nothing; undefined for anything else. */
export const spansOfDay = (text: string): { readonly spans: readonly Span[]; readonly twice: boolean } | undefined => {
  const spans: Span[] = [];
  let twice = false;
  if (CLOSED.test(text)) return { spans, twice };
  const rest = text.replace(/\bmidi\b/gi, '12h').replace(RANGE, (_, fromH, fromM, toH, toM) => {
    const [from, to] = [Number(fromH) * 60 + Number(fromM || 0), Number(toH) * 60 + Number(toM || 0)];
    if (from === 0 && to === 0) return '';
    if (spans.some(([a, b]) => a === from && b === to)) twice = true;
    else spans.push([from, to]);
    return '';
  });
  spans.sort((a, b) => a[0] - b[0]);
  const sound = spans.every(([from, to], at) => from < to && to <= 1440 && from >= (spans[at - 1]?.[1] ?? 0));
  return AROUND.test(rest) && sound && spans.length <= MOST_SPANS ? { spans, twice } : undefined;
};

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** `09:30-12:00` */
export const rangeOf = ([from, to]: Span): string => `${clock(from)}-${clock(to)}`;
