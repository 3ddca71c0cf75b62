import { expect, it } from 'vitest';
import { words } from '../../../main/contract/i18n/messages.ts';
import { translateTo } from '../../../main/contract/i18n/translate.ts';
import { languages } from '../../../main/contract/languages.ts';
import { holidayWords, serviceWords } from '../../../main/contract/place-words.ts';
import { SERVICES } from '../../../main/features/directory/national-words.ts';
import { addDays } from '../../../main/features/directory/hours/days.ts';
import { holidayOn } from '../../../main/platform/public-holidays.ts';

const [inFrench, inSimple, inEnglish] = await Promise.all(languages.map((one) => translateTo(one, [words])));
if (!inFrench || !inSimple || !inEnglish) throw new Error('no language');

it.each(Object.keys(SERVICES))('« %s » has plain words in each language', (label) => {
  const said = [inFrench, inSimple, inEnglish].map((t) => serviceWords(label, t));
  for (const words of said) expect(words).not.toBe(label);
  expect(said[2]).not.toBe(said[0]);
});

it('has an English name for every public holiday of a year', () => {
  const names = Array.from({ length: 365 }, (_, at) => holidayOn(addDays('2026-01-01', at))).filter(
    (name) => name !== null,
  );
  expect(names).toHaveLength(11);
  for (const name of names) {
    expect(holidayWords(name, inFrench)).toBe(name);
    expect(holidayWords(name, inEnglish), name).not.toBe(name);
  }
});

it('leaves unknown labels unchanged', () => {
  expect(serviceWords('Faire le café', inEnglish)).toBe('Faire le café');
  expect(holidayWords('constructor', inEnglish)).toBe('constructor');
});
