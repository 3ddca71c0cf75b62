/** The sum of many sites over a month or a year, when weeks of some sites are missing. */
import { describe, expect, it } from 'vitest';
import { siteInFolder, type SiteInFolder } from '../../../main/features/usage/bundle-folder.ts';
import type { Cell } from '../../../main/features/usage/cells.ts';
import { addedSite, buildDepartement } from '../../../main/features/usage/departement.ts';
import { weekAt, weekIndex, weeksOf, type Period, type Week } from '../../../main/features/usage/iso-week.ts';
import { publish, publishFew } from '../../../main/features/usage/publish.ts';
import { isNumber } from '../../../main/features/usage/shown.ts';
import { sampleKnown, sampleList, sampleSite, siteOfCounts } from './sample-site.ts';

const YEAR: Period = { kind: 'year', id: '2025' };
const [FIRST, ...LATER] = weeksOf(YEAR);
const LAST = LATER.at(-1) as Week;
/** Far below what a sum with a noise of its own would need to be shown. */
const SMALL_CELLS: readonly Cell[] = ['session', 'session.helped|yes', 'session.helped|no'];
const CELLS: readonly Cell[] = ['session', 'session.helped|yes', `demarche.opened|${sampleKnown.demarches[0]?.id}`];

/** Sites with about 15 sessions a week, from their first week on, without the weeks that they have not sent. */
const sitesWith = (
  change: (site: number) => { readonly from?: Week; readonly missing?: readonly Week[]; readonly until?: Week },
): readonly SiteInFolder[] =>
  Array.from({ length: 12 }, (_, at) => {
    const { from = FIRST as Week, missing = [], until = LAST } = change(at);
    const { weeks } = sampleSite(from, weekIndex(until) - weekIndex(from) + 1, 15, at + 1);
    return siteInFolder({
      kiosk: `borne-${at}`,
      place: `Lieu ${at}`,
      placeType: 'msd',
      late: [],
      startedIn: from,
      weeks: new Map([...weeks].filter(([week]) => !missing.includes(week))),
    });
  });
const figuresOf = (sites: readonly SiteInFolder[], period: Period) =>
  sites.map((site) => site.figures(weeksOf(period), sampleList));

/** What is shown for all sites together, and what was counted. */
const shownAndTrue = (sites: readonly SiteInFolder[], period: Period) => {
  const each = figuresOf(sites, period);
  const all = addedSite(each);
  if (!all) throw new Error('no site');
  const shown = publish(all, period, CELLS);
  const inside = weeksOf(period);
  return CELLS.map((cell) => {
    const one = shown.get(cell);
    const counted = each.flatMap(({ weeks }) => inside.map((week) => weeks.get(week)?.get(cell) ?? 0));
    return { cell, shown: isNumber(one) ? one.n : null, counted: counted.reduce((sum, n) => sum + n, 0) };
  });
};
/** Five standard deviations of the noise of as many numbers as were added up. */
const noiseOf = (numbers: number): number => 5 * Math.sqrt(2 * numbers);

describe('the year of twelve sites', () => {
  it.each<[string, Parameters<typeof sitesWith>[0], numbers: number]>([
    ['is drawn once when every week is there', () => ({}), 1],
    ['counts all sites when one of them began in July', (at) => (at === 3 ? { from: '2025-W28' as Week } : {}), 1],
    ['counts all weeks when a site has not sent one', (at) => (at === 5 ? { missing: ['2025-W50' as Week] } : {}), 52],
    ['counts the weeks so far', () => ({ until: '2025-W30' as Week }), 30],
  ])('%s', (_, change, numbers) => {
    for (const { cell, shown, counted } of shownAndTrue(sitesWith(change), YEAR)) {
      expect(shown, cell).not.toBeNull();
      expect(Math.abs((shown ?? 0) - counted), cell).toBeLessThanOrEqual(noiseOf(numbers));
    }
  });

  it('draws the months before and after a missing week once, as their own pages do', () => {
    const sites = sitesWith((at) => (at === 5 ? { missing: ['2025-W20' as Week] } : {}));
    const sum = (period: Period): number => shownAndTrue(sites, period)[0]?.shown ?? 0;
    const months = Array.from({ length: 12 }, (_, at) => `2025-${String(at + 1).padStart(2, '0')}`);
    expect(sum(YEAR)).toBe(months.reduce((total, id) => total + sum({ kind: 'month', id }), 0));
  });
});

describe('a few sites', () => {
  it('show the sum of what each of them shows, in small numbers too', () => {
    const sites = sitesWith((at) => (at === 1 ? { missing: ['2025-W08' as Week] } : {})).slice(0, 3);
    const period: Period = { kind: 'week', id: '2025-W08' };
    const each = figuresOf(sites, period);
    const sum = addedSite(each);
    if (!sum) throw new Error('no site');
    const shown = publishFew(each, sum, period, [...SMALL_CELLS, 'service.on|mon-am']);
    const own = each.map((site) => publish(site, period, SMALL_CELLS));
    for (const cell of SMALL_CELLS) {
      const numbers = own.map((one) => one.get(cell)).filter(isNumber);
      expect(shown.get(cell)).toEqual({ kind: 'about', n: numbers.reduce((total, { n }) => total + n, 0) });
    }
    expect(shown.get('service.on|mon-am')).toEqual({ kind: 'exact', n: 32 });
  });

  it('hide what each of them hides', () => {
    const sites = sitesWith(() => ({})).slice(0, 2);
    const period: Period = { kind: 'week', id: '2025-W08' };
    const each = figuresOf(sites, period).map((site) => ({ ...site, weeks: new Map() }));
    const sum = addedSite(each);
    if (!sum) throw new Error('no site');
    expect(publishFew(each, sum, period, ['session.helped|yes']).get('session.helped|yes')).toEqual({ kind: 'hidden' });
  });
});

it('have no line for a small number of a key that this configuration lacks: it would tell that somebody did it', () => {
  const WEEK = '2026-W47' as Week;
  const elsewhere = Array.from({ length: 40 }, (_, at): [string, number] => [`demarche.opened|ailleurs-${at}`, at % 8]);
  const steps: [string, number][] = [['demarche.left-at-step|ailleurs-7/3', 1]];
  const sites = [0, 1].map((at) => {
    const cells: [string, number][] = [['session', 60], ['session.helped|yes', 60], ...(at === 0 ? [...elsewhere, ...steps] : [])]; // prettier-ignore
    const { weeks } = siteOfCounts([[WEEK, cells.filter(([, n]) => n > 0)]], '2026-W48');
    return siteInFolder({ kiosk: `borne-${at}`, place: `Lieu ${at}`, placeType: 'msd', late: [], startedIn: WEEK, weeks }); // prettier-ignore
  });
  const cells = sites.flatMap((site) => [...(site.figures([WEEK], sampleList).weeks.get(WEEK)?.keys() ?? [])]);
  const folder = { hasAllCounts: true, sites, problems: [], cells, latest: WEEK, sum: new Map() };
  const input = { period: { kind: 'week', id: WEEK } as const, known: sampleKnown, name: 'Allier', threshold: 1 };
  const { figures, listed, report } = buildDepartement({ ...input, folder });
  const ids = elsewhere.map(([cell]) => cell.split('|')[1] ?? '');
  const withLine = new Set(listed.demarches.map(({ id }) => id));
  const isSure = (id: string): boolean =>
    // Two sites, each of which may show 2 for nobody.
    [...(figures ?? [])].some(([cell, one]) => cell.endsWith(`|${id}`) && isNumber(one) && one.n > 4);
  expect(ids.filter((id) => withLine.has(id))).toEqual(ids.filter(isSure));
  const hidden = ids.filter((id) => !withLine.has(id));
  expect(hidden).not.toEqual([]);
  expect(hidden.length).toBeLessThan(ids.length);
  const told = JSON.stringify([report, [...(figures ?? [])]]);
  expect(hidden.filter((id) => new RegExp(`\\b${id}\\b`).test(told))).toEqual([]);
});

describe('one site', () => {
  it('shows the weeks that it sent, added up as shown, while an earlier one may still arrive', () => {
    const [site] = sitesWith(() => ({ missing: ['2025-W08' as Week] }));
    const own = site?.figures(weeksOf({ kind: 'month', id: '2025-02' }), sampleList);
    if (!own) throw new Error('no site');
    const numberIn = (period: Period): number => {
      const shown = publish(own, period, ['session']).get('session');
      return isNumber(shown) ? shown.n : 0;
    };
    const sent = weeksOf({ kind: 'month', id: '2025-02' }).filter((week) => week !== '2025-W08');
    expect(sent.map((week) => weekAt(weekIndex(week)))).toHaveLength(3);
    expect(numberIn({ kind: 'month', id: '2025-02' })).toBe(
      sent.reduce((sum, id) => sum + numberIn({ kind: 'week', id }), 0),
    );
  });
});
