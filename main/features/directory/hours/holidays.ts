/** Public holidays of metropolitan France outside Alsace-Moselle. The package computes them, so they don't run out. */
import { createRequire } from 'node:module';
import type joursFeries from '@socialgouv/jours-feries';

let feries: typeof joursFeries | undefined;

/** Read when a day is first asked about: nothing before the first screen needs it. */
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
    // Its dates are at midnight of the machine's own zone, give or take the hour of a daylight change.
    const middle = new Date(date.getTime() + 43_200_000);
    const month = String(middle.getMonth() + 1).padStart(2, '0');
    days.set(`${middle.getFullYear()}-${month}-${String(middle.getDate()).padStart(2, '0')}`, PLAIN[name] ?? name);
  }
  known.set(year, days);
  return days;
};

/** The name of the holiday that a day is. */
export const holidayOn = (day: string): string | null => ofYear(Number(day.slice(0, 4))).get(day) ?? null;
