/** The agent may write opening hours in everyday notation. */
import { expect, it } from 'vitest';
import { hoursOf, linesOf } from '../../../renderer/features/directory/hours-lines.ts';

const empty = linesOf(null);

it.each([
  ['9:00-12:00, 13:30-17:00', ['09:00-12:00', '13:30-17:00']],
  ['9h-12h et 14h30-17h', ['09:00-12:00', '14:30-17:00']],
  ['9 h à 12 h', ['09:00-12:00']],
  ['de 9h à midi et de 14h à 17h', ['09:00-12:00', '14:00-17:00']],
  ['Fermé', []],
  ['', []],
])('%s', (line, spans) => {
  const read = hoursOf({ ...empty, tu: line });
  expect('hours' in read && read.hours.tu).toEqual(spans);
});

it.each(['le matin', '9:00', '9-12-14', '25:0-3'])('rejects « %s » with the name of the day', (line) => {
  expect(hoursOf({ ...empty, fr: line })).toEqual({ wrong: 'fr' });
});

it('reads back the lines that it writes', () => {
  const hours = { mo: ['09:00-12:00', '13:30-17:00'], tu: [], we: ['14:00-18:00'], th: [], fr: [], sa: [], su: [] };
  expect(hoursOf(linesOf(hours))).toEqual({ hours });
});
