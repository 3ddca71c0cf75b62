import { describe, expect, it } from 'vitest';
import { words } from '../../../main/contract/i18n/messages.ts';
import { makeTranslate, translateTo } from '../../../main/contract/i18n/translate.ts';
import {
  checkedText,
  clockText,
  dateText,
  distanceText,
  spanText,
  statusOf,
  weekdayText,
} from '../../../renderer/features/directory/place-text.ts';

const t = makeTranslate(() => 'fr');
/** A Thursday. */
const day = '2026-11-26';
const status = (opens: readonly (readonly [number, number])[] | null, minute: number, place = {}) =>
  statusOf(
    { opens, phone: '04 65 71 00 01', itinerant: false, ...place },
    { day, minute, language: 'fr', t },
  ).text.replaceAll('\u00a0', ' ');

describe('the hours of a place, in words', () => {
  it.each([
    [
      [
        [540, 720],
        [810, 1020],
      ],
      600,
      'Ouvert jusqu’à 12 h',
    ],
    [
      [
        [540, 720],
        [810, 1020],
      ],
      730,
      'Ouvre à 13 h 30',
    ],
    [
      [
        [540, 720],
        [1980, 2160],
      ],
      800,
      'Fermé. Ouvre demain à 9 h',
    ],
    [[[1980, 2160]], 800, 'Fermé aujourd’hui. Ouvre demain à 9 h'],
    [[[3 * 1440 + 540, 3 * 1440 + 720]], 800, 'Fermé aujourd’hui. Ouvre dimanche à 9 h'],
    [[[10 * 1440 + 540, 10 * 1440 + 720]], 800, 'Fermé aujourd’hui. Ouvre le 6 décembre à 9 h'],
    [[[5 * 1440 + 540, 5 * 1440 + 720]], 800, 'Fermé aujourd’hui. Ouvre mardi à 9 h'],
    [[[36 * 1440 + 540, 36 * 1440 + 720]], 800, 'Fermé aujourd’hui. Ouvre le 1er janvier à 9 h'],
    [[], 800, 'Fermé en ce moment'],
    [null, 800, 'Téléphonez avant'],
  ] as const)('%j at %i: %s', (opens, minute, words) => {
    expect(status(opens, minute)).toBe(words);
  });

  it('do not suggest a call when there is no phone number', () => {
    expect(status(null, 800, { phone: null })).toBe('Horaires non connus');
  });

  it('give the next stop of a bus instead of its opening', () => {
    expect(status([[1980, 2160]], 800, { itinerant: true })).toBe('Prochain passage demain à 9 h');
    expect(status([[840, 960]], 800, { itinerant: true })).toBe('Prochain passage aujourd’hui à 14 h');
  });

  it('suggest asking for the dates of a bus when they are unknown', () => {
    expect(statusOf({ opens: null, phone: '07 00', itinerant: true }, { day, minute: 800, language: 'fr', t })).toEqual(
      {
        kind: 'ask',
        text: 'Dates de passage à demander',
      },
    );
    // Without a phone number the state is `closed`, because `ask` has the colour of a number to call.
    expect(statusOf({ opens: null, phone: null, itinerant: true }, { day, minute: 800, language: 'fr', t }).kind).toBe(
      'closed',
    );
  });

  it('are relative to the new day after midnight', () => {
    expect(status([[2 * 1440 + 540, 2 * 1440 + 720]], 1500)).toBe('Fermé aujourd’hui. Ouvre demain à 9 h');
  });

  it('follow the conventions of each language', async () => {
    const english = await translateTo('en', [words]);
    expect(clockText(13 * 60 + 5, t)).toBe('13\u00a0h\u00a005');
    expect(clockText(1500, t)).toBe('1\u00a0h');
    expect(spanText([0, 1440], t)).toBe('0\u00a0h – 24\u00a0h');
    expect(clockText(13 * 60 + 5, english)).toBe('13:05');
    expect(spanText([540, 720], english)).toBe('9:00 – 12:00');
    expect(weekdayText(day, 'en')).toBe('Thursday');
    expect(dateText('2026-12-01', 'fr')).toBe('mardi 1er décembre');
    expect(dateText('2026-12-11', 'fr')).toBe('vendredi 11 décembre');
    expect(dateText('2026-12-01', 'en')).toBe('Tuesday 1 December');
  });
});

it.each([
  ['2019', '2019'],
  ['2024-08', 'août 2024'],
  ['2024-08-01', 'août 2024'],
])('a fact checked on %s was checked in %s', (written, said) => {
  expect(checkedText(written, 'fr')).toBe(said);
});

it.each([
  [0.3, 'tout près'],
  [2.34, 'à 2,3 km'],
  [23.6, 'à 24 km'],
])('%f km: %s', (km, said) => {
  expect(distanceText(km, false, 'fr', t).replaceAll('\u00a0', ' ')).toBe(said);
});

it('a distance from a town’s centre is approximate, and an unknown distance is left out', () => {
  expect(distanceText(12, true, 'fr', t)).toContain('environ');
  expect(distanceText(null, true, 'fr', t)).toBe('');
});
