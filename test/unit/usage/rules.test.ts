/** Weeks that were counted by the rules of before December 2026, and the first ones after them. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../main/contract/usage.ts';
import type { PeriodKind, Week } from '../../../main/features/usage/iso-week.ts';
import { perturbParts, roomForEmptyEnds } from '../../../main/features/usage/noise.ts';
import type { SiteFigures } from '../../../main/features/usage/publish.ts';
import { buildReport, figuresOf } from '../../../main/features/usage/report.ts';
import { isNumber } from '../../../main/features/usage/shown.ts';
import { sampleKnown, sampleList, siteOfCounts } from './sample-site.ts';

const OPENED = 'demarche.opened|caf-aide-logement';
const FINISHED = 'demarche.finished|caf-aide-logement';
const left = (step: number): string => `demarche.left-at-step|caf-aide-logement/${step}`;
const on = sampleList.openHalfDays.map((half) => [`service.on|${half}`, 16] as const);
const quarters = 16 * on.length;
const people = (helped: number, finished: number, last: number): [string, number][] => [
  ['session', 100],
  ['session.helped|yes', helped],
  ['session.helped|no', 100 - helped],
  [OPENED, 60],
  [FINISHED, finished],
  [left(2), 60 - finished - last],
  [left(6), last],
];
/** The last step was shown to as many people in all weeks. The update came in the middle of week 46. */
const site: SiteFigures = siteOfCounts(
  [
    ['2026-W44', [...on, ...people(90, 40, 0)]],
    ['2026-W45', [...on, ...people(90, 40, 0)]],
    ['2026-W46', [...on, ...people(70, 20, 20), ['service.out|network', 9], ['service.rules|2', quarters / 2]]],
    ['2026-W47', [...on, ...people(50, 5, 35), ['service.out|network', 9], ['service.rules|2', quarters]]],
    ['2026-W48', [...on, ...people(50, 5, 35), ['service.rules|2', quarters]]],
  ],
  '2026-W49',
);
const make = (kind: PeriodKind, id: string): Report =>
  buildReport({ site, period: { kind, id }, known: sampleKnown, place: 'Moulins', threshold: 1, notices: [] });
const EARLIER = 'd’avant une mise à jour de la borne';
const changes = ({ headline, sentences }: Report): string =>
  [sentences[0], ...headline.map(({ label, change }) => `${label}: ${change}`)].join(' ');

describe('people who were helped', () => {
  it('are compared with a week that was counted by the same rules', () => {
    expect(changes(make('week', '2026-W45'))).toContain('sans écart net avec la semaine d’avant');
    expect(changes(make('week', '2026-W48'))).toContain('sans écart net avec la semaine d’avant');
  });
  it.each(['2026-W46', '2026-W47'])('are not in %s, when less is counted as help', (id) => {
    const page = make('week', id);
    expect(page.sentences[0]).not.toContain('semaine d’avant');
    expect(changes(page)).toMatch(/Personnes aidées: {2}Passages: sans écart net/);
    const rows = page.tables.flatMap(({ measure, rows: all }) => (/^demarche/.test(measure) ? all : []));
    expect(rows.filter(({ before }) => before !== null)).toEqual([]);
    const out = page.tables.find(({ measure }) => measure === 'service.out')?.rows ?? [];
    expect(out.map(({ key, before }) => [key, before])).toContainEqual(['network', null]);
  });
  it('and the steps of a month with both kinds of weeks are explained', () => {
    const explained = (kind: PeriodKind, id: string): boolean => make(kind, id).sentences.join(' ').includes(EARLIER);
    expect(['2026-W45', '2026-W46', '2026-W47', '2026-W48'].map((id) => explained('week', id))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(explained('month', '2026-11')).toBe(true);
    expect([explained('year', '2026'), explained('week', '2026-W49')]).toEqual([true, false]); // both under way
  });
});

it('the ends of a week that was published before the last step had a key are not drawn anew', () => {
  const week = '2026-W45' as Week;
  const shown = figuresOf({ site, known: sampleKnown, threshold: 1 }, { kind: 'week', id: week });
  const n = (cell: string): number => {
    const one = shown?.get(cell);
    return isNumber(one) ? one.n : Number.NaN;
  };
  const cells = [FINISHED, ...[0, 1, 2, 3, 4, 5].map(left)];
  const counts = site.weeks.get(week);
  const parts = cells.map((cell) => ({ n: counts?.get(cell) ?? 0, key: counts?.keyOf(cell) ?? 0 }));
  expect(cells.map(n)).toEqual(perturbParts(parts, n(OPENED) + roomForEmptyEnds(parts.length)));
  expect(n(left(6))).toBe(0);
});

it('the last step is not one to help at: nobody knows whether people finished there', () => {
  const page = make('week', '2026-W48');
  expect(page.stuck.map(({ key }) => key)).toEqual(['caf-aide-logement/2']);
  const rows = page.tables.find(({ measure }) => measure === 'demarche.left-at-step')?.rows;
  expect(rows?.[0]?.label).toMatch(/étape 6 \(Envoyez\), la dernière$/);
});
