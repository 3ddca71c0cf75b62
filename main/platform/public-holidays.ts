/** Public holidays of metropolitan France except Alsace-Moselle. The package computes them for any year. */
import { createRequire } from 'node:module';
import type joursFeries from '@socialgouv/jours-feries';

let feries: typeof joursFeries | undefined;

/** Loaded on first use: nothing needs it before the first screen. */
const openPackage = (): typeof joursFeries =>
  (feries ??= createRequire(import.meta.url)('@socialgouv/jours-feries') as typeof joursFeries);

const known = new Map<number, ReadonlyMap<string, string>>();

const PLAIN: Readonly<Record<string, string>> = {
  "Jour de l'an": 'Jour de l’an',
  'Fête Nationale': 'Fête nationale',
  'Victoire des alliés': 'Victoire de 1945',
};

const ofYear = (year: number): ReadonlyMap<string, string> => {
  const made = known.get(year);
  if (made) return made;
  const days = new Map<string, string>();
  for (const [name, date] of Object.entries(openPackage()(year))) {
    // The dates are at midnight in the machine's time zone, or one hour off around a daylight saving change.
    const middle = new Date(date.getTime() + 43_200_000);
    const month = String(middle.getMonth() + 1).padStart(2, '0');
    days.set(`${middle.getFullYear()}-${month}-${String(middle.getDate()).padStart(2, '0')}`, PLAIN[name] ?? name);
  }
  known.set(year, days);
  return days;
};

/** The name of the holiday on this day; null when it is none. */
export const holidayOn = (day: string): string | null => ofYear(Number(day.slice(0, 4))).get(day) ?? null;
