/** Calendar days such as 2026-11-26, without a time of day, so that daylight saving changes can't affect them. */

const DAY_MS = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: string, days: number): string =>
  new Date(at(day) + days * DAY_MS).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number => Math.round((at(to) - at(from)) / DAY_MS);

/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(at(day)).getUTCDay() + 6) % 7;

export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

// Created on first use: loading the time zone table would slow down each start.
let parisDay: Intl.DateTimeFormat | undefined;
let parisClock: Intl.DateTimeFormat | undefined;

/** The current day in France, whatever the machine's time zone. */
export const dayInFrance = (nowMs: number): string =>
  (parisDay ??= new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Paris',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })).format(nowMs);

/** Minutes since midnight in France. */
export const minuteInFrance = (nowMs: number): number => {
  parisClock ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
  const [hours = 0, minutes = 0] = parisClock.format(nowMs).split(':').map(Number);
  return hours * 60 + minutes;
};
