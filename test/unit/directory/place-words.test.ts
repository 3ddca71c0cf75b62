import { expect, it } from 'vitest';
import { holidayWords, serviceWords } from '../../../main/contract/place-words.ts';
import { SERVICES } from '../../../main/features/directory/national-words.ts';
import { addDays } from '../../../main/features/directory/hours/days.ts';
import { holidayOn } from '../../../main/features/directory/hours/holidays.ts';

it.each(Object.keys(SERVICES))('« %s » has plain words in each language', (label) => {
  const said = (['fr', 'simple', 'en'] as const).map((language) => serviceWords(label, language));
  for (const words of said) expect(words).not.toBe(label);
  expect(said[2]).not.toBe(said[0]);
});

it('has an English name for every public holiday of a year', () => {
  const names = Array.from({ length: 365 }, (_, at) => holidayOn(addDays('2026-01-01', at))).filter(
    (name) => name !== null,
  );
  expect(names).toHaveLength(11);
  for (const name of names) {
    expect(holidayWords(name, 'fr')).toBe(name);
    expect(holidayWords(name, 'en'), name).not.toBe(name);
  }
});

it('leaves unknown labels unchanged', () => {
  expect(serviceWords('Faire le café', 'en')).toBe('Faire le café');
  expect(holidayWords('constructor', 'en')).toBe('constructor');
});
