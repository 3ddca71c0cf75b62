/** The finest unit of time in any figure. */
export const halfDays = [
  'mon-am', 'mon-pm', 'tue-am', 'tue-pm', 'wed-am', 'wed-pm', 'thu-am', 'thu-pm',
  'fri-am', 'fri-pm', 'sat-am', 'sat-pm', 'sun-am', 'sun-pm',
] as const; // prettier-ignore
export type HalfDay = (typeof halfDays)[number];

export const halfDayWords: Readonly<Record<HalfDay | 'unknown', string>> = {
  'mon-am': 'Lundi matin',
  'mon-pm': 'Lundi après-midi',
  'tue-am': 'Mardi matin',
  'tue-pm': 'Mardi après-midi',
  'wed-am': 'Mercredi matin',
  'wed-pm': 'Mercredi après-midi',
  'thu-am': 'Jeudi matin',
  'thu-pm': 'Jeudi après-midi',
  'fri-am': 'Vendredi matin',
  'fri-pm': 'Vendredi après-midi',
  'sat-am': 'Samedi matin',
  'sat-pm': 'Samedi après-midi',
  'sun-am': 'Dimanche matin',
  'sun-pm': 'Dimanche après-midi',
  unknown: 'Moment inconnu',
};
