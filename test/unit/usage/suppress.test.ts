import { describe, expect, it } from 'vitest';
import { publish, type Family, type SiteFigures } from '../../../main/features/usage/publish.ts';
import type { Week } from '../../../main/features/usage/iso-week.ts';
import { exact, HIDDEN, showParts, subtractionIsSafe, sumShown, UNDER } from '../../../main/features/usage/suppress.ts';

const week = { labelSmall: true, showZeros: true };
const kinds = (parts: readonly { kind: string }[]): string[] => parts.map((part) => part.kind);

describe('one line of figures', () => {
  it('shows a line without small counts as it is', () =>
    expect(showParts([10, 20, 5], 5, week)).toEqual([10, 20, 5].map(exact)));
  it('shows zeros when nothing else is small: nobody is behind them', () =>
    expect(showParts([43, 0, 0], 5, week)).toEqual([43, 0, 0].map(exact)));
  it('hides zeros too once one count is small, or they would give it away', () =>
    expect(kinds(showParts([43, 0, 2, 30], 5, week))).toEqual(['exact', 'under', 'under', 'hidden']));
  it('hides a larger part behind which a lone small one can stand', () =>
    expect(showParts([40, 3, 12], 5, week)).toEqual([exact(40), UNDER, HIDDEN]));
  it('needs no larger part when the small ones hide each other', () =>
    expect(showParts([40, 3, 2, 2], 5, week)).toEqual([exact(40), UNDER, UNDER, UNDER]));
  it('is not fooled by small parts that are all as large as they can be', () =>
    expect(kinds(showParts([40, 4, 4], 5, week))).toEqual(['hidden', 'under', 'under']));
  it('keeps quiet about the whole line when nothing is large enough', () =>
    expect(showParts([5, 2], 5, week)).toEqual([HIDDEN, HIDDEN]));
  it('hides nothing with a threshold of one, as in the demonstration', () =>
    expect(showParts([1, 0, 2], 1, week)).toEqual([1, 0, 2].map(exact)));
  it('never says "under" on the line of people helped', () =>
    expect(showParts([2, 30], 5, { labelSmall: false, showZeros: true })).toEqual([HIDDEN, HIDDEN]));
  it('adds shown figures only', () => {
    expect(sumShown([exact(5), exact(6)])).toEqual(exact(11));
    expect(sumShown([exact(5), UNDER, HIDDEN])).toEqual({ kind: 'at-least', n: 5 });
    expect(sumShown([UNDER])).toEqual(HIDDEN);
  });
  it('judges subtraction', () => {
    expect(subtractionIsSafe(0, 0, 0, 5)).toBe(true);
    expect(subtractionIsSafe(3, 1, 0, 5)).toBe(false);
    expect(subtractionIsSafe(8, 2, 0, 5)).toBe(false);
    expect(subtractionIsSafe(8, 3, 0, 5)).toBe(true);
    expect(subtractionIsSafe(30, 1, 1, 5)).toBe(true);
  });
});

describe('weeks, months and years', () => {
  const gate: Family = { total: 'session', splits: [] };
  const site = (numbers: readonly number[], current = '2026-W50'): SiteFigures => ({
    weeks: new Map(numbers.map((n, at) => [`2026-W${45 + at}` as Week, new Map([['session', n]])])),
    startedIn: '2026-W45' as Week,
    keptFrom: '2026-W45' as Week,
    current: current as Week,
  });
  const month = (numbers: readonly number[], current?: string) =>
    publish(site(numbers, current), { kind: 'month', id: '2026-11' }, { threshold: 5, gate, families: [] }).get(
      'session',
    );

  it('shows a month whose weeks are all shown', () => expect(month([10, 20, 30, 40])).toEqual(exact(100)));
  it('does not let a month give its one hidden week away', () =>
    expect(month([10, 20, 3, 40])).toEqual({ kind: 'at-least', n: 70 }));
  it('shows a month made of small weeks that hide each other', () => expect(month([4, 3, 1, 3])).toEqual(exact(11)));
  it('never shows the true sum of a month that is not over: next week would be subtracted', () =>
    expect(month([4, 3, 1, 3], '2026-W48')).toEqual(HIDDEN));
  it('does not hide a person behind a week of closure', () =>
    expect(month([10, 3, 0, 40])).toEqual({ kind: 'at-least', n: 50 }));
  it('shows no true sum of weeks that are partly erased', () => {
    const old = { ...site([4, 3, 1, 3]), keptFrom: '2026-W46' as Week };
    expect(publish(old, { kind: 'month', id: '2026-11' }, { threshold: 5, gate, families: [] }).get('session')).toEqual(
      HIDDEN,
    );
  });
  it('hides everything about people in a week with few sessions', () => {
    const few: SiteFigures = {
      ...site([]),
      weeks: new Map([
        [
          '2026-W45' as Week,
          new Map([
            ['session', 3],
            ['printed', 40],
          ]),
        ],
      ]),
    };
    const shown = publish(
      few,
      { kind: 'week', id: '2026-W45' },
      { threshold: 5, gate, families: [{ total: 'printed', splits: [] }] },
    );
    expect([shown.get('session'), shown.get('printed')]).toEqual([UNDER, HIDDEN]);
  });
});
