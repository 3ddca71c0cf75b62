/**
 * What the hours of a place say at a given minute. Minutes count on the place's own clock, so daylight saving changes
 * have no effect.
 */
import type { Span } from '../../../main/contract/directory.ts';

export const MINUTES_A_DAY = 1440;

export type Opening =
  /** Shown as « Téléphonez avant ». */
  | { readonly state: 'unknown' }
  | { readonly state: 'open'; readonly until: number }
  /**
   * `from` counts from midnight of today: 1440 and more is another day. `closedToday`: it has no hours at all today.
   */
  | { readonly state: 'closed'; readonly from: number | null; readonly closedToday: boolean };

const clocks = new Map<string, Intl.DateTimeFormat>();
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(timeZone, made);
  return made;
};

/** Days since 1970 of a date such as 2026-11-26. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** Minutes since midnight of `day` on the clock of the place: 1500 is 1 a.m. on the following day. */
export function minuteSince(day: string, nowMs: number, timeZone = 'Europe/Paris'): number {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(nowMs)
      .map(({ type, value }) => [type, value]),
  );
  const today = `${parts['year']}-${parts['month']}-${parts['day']}`;
  return (dayNumber(today) - dayNumber(day)) * MINUTES_A_DAY + Number(parts['hour']) * 60 + Number(parts['minute']);
}

export function isOpenAt(opens: readonly Span[] | null, minute: number): boolean {
  return opens?.some(([from, to]) => from <= minute && minute < to) === true;
}

/** Evaluates `opens` of a place; `minute` counts from midnight of the same day. */
export function openingAt(opens: readonly Span[] | null, minute: number): Opening {
  if (opens === null) return { state: 'unknown' };
  const midnight = Math.floor(minute / MINUTES_A_DAY) * MINUTES_A_DAY;
  let next: number | null = null;
  let closedToday = true;
  for (const [from, to] of opens) {
    if (from <= minute && minute < to) return { state: 'open', until: to - midnight };
    if (from < midnight + MINUTES_A_DAY && to > midnight) closedToday = false;
    if (from > minute && (next === null || from < next)) next = from;
  }
  return { state: 'closed', from: next === null ? null : next - midnight, closedToday };
}
