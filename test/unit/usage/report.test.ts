import { describe, expect, it } from 'vitest';
import { PDFDocument } from '@cantoo/pdf-lib';
import { A4 } from '../../../main/pdf/a4.ts';
import { keysOf } from '../../../main/features/usage/known-keys.ts';
import { periodTitle } from '../../../main/features/usage/labels.ts';
import { buildReport, figuresOf, tablesOf } from '../../../main/features/usage/report.ts';
import { reportCsv, reportJson } from '../../../main/features/usage/report-csv.ts';
import { reportPdf } from '../../../main/features/usage/report-pdf.ts';
import type { Period, Week } from '../../../main/features/usage/iso-week.ts';
import type { SiteFigures } from '../../../main/features/usage/publish.ts';
import { isNumber } from '../../../main/features/usage/shown.ts';
import { halfDays } from '../../../main/measures/half-days.ts';
import { cellOf, measureOf, writtenIds } from '../../../main/measures/measures.ts';
import { report as reportSchema, type Report } from '../../../main/contract/usage.ts';
import { sampleKnown, sampleSite, siteOfCounts } from './sample-site.ts';

const site = sampleSite('2025-W40', 66, 90);
const make = (period: Period, from: SiteFigures = site, threshold = 1): Report =>
  buildReport({ site: from, period, known: sampleKnown, place: 'MSD de Moulins', threshold, notices: [] });
const tiny = (cells: Record<string, number>, week = '2026-W47'): SiteFigures =>
  siteOfCounts([[week, Object.entries(cells)]], '2026-W48');

describe('the page', () => {
  it('conforms to the contract, for a week, a month, a year, and week 53', () => {
    for (const period of [
      { kind: 'week', id: '2026-W47' },
      { kind: 'month', id: '2026-10' },
      { kind: 'year', id: '2026' },
      { kind: 'week', id: '2026-W53' },
    ] as const)
      expect(() => reportSchema.parse(make(period))).not.toThrow();
  });
  it.each([
    ['2026-W47', 'Semaine 47\u00a0: du lundi 16 au dimanche 22 novembre 2026'],
    ['2026-W49', 'Semaine 49\u00a0: du lundi 30 novembre au dimanche 6 décembre 2026'],
    ['2026-W53', 'Semaine 53\u00a0: du lundi 28 décembre 2026 au dimanche 3 janvier 2027'],
    ['2026-W23', 'Semaine 23\u00a0: du lundi 1er au dimanche 7 juin 2026'],
  ])('names the days of %s', (id, title) => expect(periodTitle({ kind: 'week', id })).toBe(title));

  it('begins with the people helped, compared with the previous week and the same week last year', () =>
    expect(make({ kind: 'week', id: '2026-W47' }).sentences[0]).toMatch(
      /^En semaine 47, \d+ personnes ont été aidées, (\d+ de (plus|moins) que|sans écart net avec) la semaine d’avant, (\d+ de (plus|moins) que|sans écart net avec) la même semaine de l’an dernier\.$/,
    ));
  it('publishes no second count equal to the visits, because its noise would reveal more about them', () => {
    const now = figuresOf({ site, known: sampleKnown, threshold: 1 }, { kind: 'week', id: '2026-W47' });
    expect([...(now?.keys() ?? [])].filter((cell) => cell.startsWith('reset.proven'))).toEqual([]);
  });
  it('has breakdowns of the visits that add up', () => {
    const now = figuresOf({ site, known: sampleKnown, threshold: 1 }, { kind: 'week', id: '2026-W47' });
    const n = (cell: string): number => {
      const shown = now?.get(cell);
      return isNumber(shown) ? shown.n : Number.NaN;
    };
    for (const id of writtenIds) {
      const whole = measureOf(id)?.splits;
      if (whole === undefined) continue;
      const parts = keysOf(id, sampleKnown).map((key) => n(cellOf(id, key)));
      expect(
        parts.reduce((a, b) => a + b, 0),
        id,
      ).toBe(n(whole));
    }
  });
  it('shows only the finished half-days of the week in progress, without comparisons', () => {
    const page = make({ kind: 'week', id: site.current });
    expect(page.sentences[0]).toMatch(/^Cette semaine, jusqu’à la dernière demi-journée finie, il y a eu \d+ passages/);
    expect([page.underWay, page.trend.sentence, page.stuck]).toEqual([true, '', []]);
    expect(page.headline.every(({ change }) => change === '')).toBe(true);
  });
  it('shows a chart of the last weeks, and compares this one with the averages of the last 4 and 13', () => {
    const { trend } = make({ kind: 'week', id: '2026-W47' });
    expect(trend.weeks).toHaveLength(14);
    expect(trend.weeks.every(({ n }) => n !== null)).toBe(true);
    expect(trend.sentence).toMatch(/moyenne des 4 semaines d’avant \(\d+\).*moyenne des 13 semaines d’avant \(\d+\)/);
  });
  it('lists the steps where most people gave up, with the text shown there', () => {
    const page = make({ kind: 'week', id: '2026-W47' });
    expect(page.stuck.length).toBeGreaterThan(0);
    expect([...page.stuck].sort((a, b) => b.n - a.n)).toEqual(page.stuck);
    const apl = page.stuck.find(({ key }) => key === 'caf-aide-logement/2');
    if (apl) expect(apl.read).toContain('numéro');
  });
  it('follows up on the step that last week’s page advised to help with', () => {
    const said = (before: [number, number], since: [number, number]): string | undefined => {
      const stuck = ([opened, n]: [number, number]): [string, number][] => [['session', 60], ['demarche.opened|caf-attestation', opened], ['demarche.left-at-step|caf-attestation/2', n]]; // prettier-ignore
      return make({ kind: 'week', id: '2026-W47' }, siteOfCounts([['2026-W46', stuck(before)], ['2026-W47', stuck(since)]], '2026-W48')).sentences.at(-1); // prettier-ignore
    };
    expect(said([30, 25], [30, 6])).toMatch(/^Conseil de la semaine d’avant, aider à l’étape 2 .*cela va mieux\.$/);
    expect(said([30, 25], [6, 6])).toMatch(/mais moins de personnes ont ouvert cette démarche\.$/);
    expect(said([30, 6], [30, 25])).toMatch(/cela ne va pas mieux\.$/);
  });
  it('gives at most three pieces of advice', () =>
    expect(make({ kind: 'year', id: '2026' }).advice.length).toBeLessThan(4));
  it('names the démarche and the step that need attention', () => {
    const { sentences, advice } = make({ kind: 'week', id: '2026-W47' });
    expect(sentences.join(' ')).toContain('Demander une aide au logement (APL)');
    expect(sentences.join(' ')).toMatch(/On s’est surtout arrêté à l’étape \d+ (\(.+\) )?de «/);
    expect(advice.length).toBeGreaterThan(1);
  });
  it('says little when few people came', () => {
    const page = make({ kind: 'week', id: '2026-W47' }, tiny({ session: 3, 'session.helped|yes': 3 }));
    expect(page.sentences[0]).toMatch(
      /^En semaine 47, il y a eu \d passages?\u00a0: trop peu pour dire combien sont repartis aidés\.$/,
    );
    expect(page.tables.find(({ measure }) => measure === 'session.helped')?.rows ?? []).toEqual([]);
  });
  it('makes no statement about most people after a handful of visits', () => {
    const few = {
      session: 6,
      'session.half-day|mon-am': 6,
      'theme.chosen|logement': 6,
      'demarche.opened|caf-attestation': 6,
      'demarche.left-at-step|caf-attestation/2': 6,
      'help.asked|visit': 6,
    };
    const said = (cells: Record<string, number>): string => {
      const { sentences, advice } = make({ kind: 'week', id: '2026-W47' }, tiny(cells));
      return [...sentences, ...advice].join(' ');
    };
    expect(said(few)).not.toMatch(/surtout|le plus|la plus|Prévoyez/);
    expect(said(few)).toMatch(/On est venu pour|La démarche ouverte/);
    const many = Object.fromEntries(Object.entries(few).map(([cell, n]) => [cell, n * 10]));
    expect(said(many)).toMatch(/surtout/);
  });
  it('hides numbers under a threshold where the law requires one', () => {
    const page = make({ kind: 'week', id: '2026-W47' }, tiny({ session: 3 }), 11);
    expect(page.sentences[0]).toBe('En semaine 47, il y a eu moins de 11 passages.');
  });
  it('hides them in the trend too', () => {
    const quiet = sampleSite('2025-W40', 66, 7);
    const { trend } = make({ kind: 'week', id: '2026-W47' }, quiet);
    expect(trend.weeks.some(({ n }) => n !== null && n > 0 && n < 11)).toBe(true);
    for (const weekId of ['2026-W45', '2026-W46', '2026-W47'] as const) {
      const hidden = make({ kind: 'week', id: weekId }, quiet, 11).trend;
      expect(hidden.weeks.filter(({ n }) => n !== null && n < 11)).toEqual([]);
      expect(hidden.sentence).not.toMatch(/^\d passages/);
      // A mean without the weeks that are hidden would be too high.
      const before = hidden.weeks.slice(-5, -1);
      if (before.some(({ n }) => n === null)) expect(hidden.sentence).not.toContain('moyenne des 4 semaines');
    }
  });
  it('explains a week before the kiosk’s installation, a future one, and an erased one', () => {
    expect(make({ kind: 'week', id: '2026-W40' }, tiny({})).sentences).toEqual([
      'La borne n’était pas encore en service.',
    ]);
    expect(make({ kind: 'week', id: '2027-W40' }, tiny({})).sentences).toEqual([
      'Cette période n’a pas encore commencé.',
    ]);
    const erased = { ...site, keptFrom: '2026-W01' as Week };
    expect(make({ kind: 'week', id: '2025-W50' }, erased).sentences[0]).toContain('effacés');
  });
  it('compares nothing in the first week', () => {
    const page = make({ kind: 'week', id: '2026-W47' }, tiny({ session: 40, 'session.helped|yes': 40 }));
    expect(page.sentences[0]).toMatch(/^En semaine 47, (3[6-9]|4[0-4]) personnes ont été aidées\.$/);
    expect([page.previous, page.next]).toEqual([null, '2026-W48']);
  });
  it('has every half-day of a month in its place in the chart, also those that are not shown', () => {
    const weeks = ['2026-W40', '2026-W41', '2026-W42', '2026-W43', '2026-W44'];
    const halves: [string, number][] = halfDays.slice(0, 10).map((half) => [`session.half-day|${half}`, half === 'mon-am' ? 1 : 20]); // prettier-ignore
    const month = siteOfCounts(
      weeks.map((week) => [week, [['session', 181], ...halves]]),
      '2026-W48',
    );
    const rows = make({ kind: 'month', id: '2026-10' }, month).tables.find(({ measure }) => measure === 'session.half-day')?.rows; // prettier-ignore
    expect(rows?.map(({ key }) => key)).toEqual(halfDays);
    expect(rows?.map(({ now }) => now.kind).slice(0, 3)).toEqual(['hidden', 'about', 'about']);
    const few = siteOfCounts(weeks.map((week) => [week, [['session', 2], ['session.half-day|mon-am', 2]]]), '2026-W48'); // prettier-ignore
    expect(make({ kind: 'month', id: '2026-10' }, few).tables.find(({ measure }) => measure === 'session.half-day')?.rows).toEqual([]); // prettier-ignore
  });
  it('shows the same numbers of a past week whenever it is opened', () => {
    const of = (from: SiteFigures): unknown => make({ kind: 'week', id: '2026-W30' }, from).tables;
    expect(JSON.stringify(of(site))).toBe(JSON.stringify(of({ ...site, current: '2026-W52' as Week })));
  });
});

const whole = (from: SiteFigures, period: Period) => {
  const now = figuresOf({ site: from, known: sampleKnown, threshold: 1 }, period);
  return now ? tablesOf(now, undefined, undefined, sampleKnown, true) : [];
};

describe('CSV and JSON', () => {
  const period = { kind: 'week', id: '2026-W47' } as const;
  const csv = reportCsv(make(period), whole(site, period));
  it('open in a spreadsheet: byte order mark, semicolons, CRLF, the same number of cells on each line', () => {
    expect(csv.startsWith('\ufeffperiode;etat;lieu;')).toBe(true);
    const lines = csv.slice(1).trimEnd().split('\r\n');
    expect(new Set(lines.map((line) => line.split(';').length))).toEqual(new Set([11]));
  });
  it('contain every key, and whether the period is over', () => {
    expect(csv).toContain('session.kept');
    expect(csv).not.toContain(';en cours;');
    const now = { kind: 'week', id: site.current } as const;
    const soFar = reportCsv(make(now), whole(site, now)).trimEnd().split('\r\n').slice(1);
    expect(soFar.every((line) => line.includes(';en cours;'))).toBe(true);
    const text = JSON.parse(reportJson(make(now), whole(site, now))) as { standing: string; method: string };
    expect([text.standing, text.method]).toEqual(['en cours', make(now).method]);
  });
  it('carry the trend and the steps where people stopped, as the page does', () => {
    const page = make(period);
    const text = JSON.parse(reportJson(page, whole(site, period))) as Pick<Report, 'trend' | 'stuck'>;
    expect([text.trend.weeks.length, text.trend, text.stuck]).toEqual([14, page.trend, page.stuck]);
    expect(text.stuck.length).toBeGreaterThan(0);
  });
  it('escape what a spreadsheet would run as a formula', () => {
    const known = {
      ...sampleKnown,
      demarches: [{ id: 'piege', title: '=HYPERLINK("x");1', theme: 'impots', steps: 0 }],
    };
    const now = figuresOf({ site, known, threshold: 1 }, period);
    expect(reportCsv(make(period), now ? tablesOf(now, undefined, undefined, known, true) : [])).toContain(
      `"'=HYPERLINK(""x"");1"`,
    );
  });
});

describe('the PDF', () => {
  it.each([
    ['week', '2026-W47'],
    ['year', '2026'],
  ] as const)('is one A4 page for a %s', async (kind, id) => {
    const pdf = await PDFDocument.load(await reportPdf(make({ kind, id }), undefined));
    expect(pdf.getPageCount()).toBe(1);
    expect(pdf.getPage(0).getSize()).toEqual(A4);
  });
  it('is byte-identical each time, without the time of printing', async () => {
    const page = make({ kind: 'week', id: '2026-W47' });
    expect(Buffer.from(await reportPdf(page, undefined)).equals(Buffer.from(await reportPdf(page, undefined)))).toBe(
      true,
    );
  });
});
