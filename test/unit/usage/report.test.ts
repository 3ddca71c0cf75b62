import { describe, expect, it } from 'vitest';
import { PDFDocument } from '@cantoo/pdf-lib';
import { periodTitle } from '../../../main/features/usage/labels.ts';
import { buildReport, figuresOf, tablesOf } from '../../../main/features/usage/report.ts';
import { reportCsv, reportJson } from '../../../main/features/usage/report-csv.ts';
import { reportPdf } from '../../../main/features/usage/report-pdf.ts';
import type { Period, Week } from '../../../main/features/usage/iso-week.ts';
import type { SiteFigures } from '../../../main/features/usage/publish.ts';
import { report as reportSchema, type Report } from '../../../main/contract/usage.ts';
import { sampleKnown, sampleSite } from './sample-site.ts';

const site = sampleSite('2025-W40', 66, 90);
const make = (period: Period, from: SiteFigures = site, threshold = 5): Report =>
  buildReport({ site: from, period, known: sampleKnown, place: 'MSD de Moulins', threshold, notices: [] });
const tiny = (cells: Record<string, number>, week = '2026-W47'): SiteFigures => ({
  weeks: new Map([[week as Week, new Map(Object.entries(cells))]]),
  startedIn: week as Week,
  keptFrom: week as Week,
  current: '2026-W48' as Week,
});

describe('the page', () => {
  it('has the shape of the contract, for a week, a month, a year, and week 53', () => {
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

  it('speaks first of the people helped, against the week before and the same week last year', () =>
    expect(make({ kind: 'week', id: '2026-W47' }).sentences[0]).toMatch(
      /^En semaine 47, \d+ personnes ont été aidées, (\d+ de (plus|moins)|autant) que la semaine d’avant, (\d+ de (plus|moins)|autant) que la même semaine de l’an dernier\.$/,
    ));
  it('does not call half a week a bad week', () => {
    const [first] = make({ kind: 'week', id: site.current }).sentences;
    expect(first).toMatch(/^Cette semaine, .* contre \d+ en tout la semaine d’avant\.$/);
  });
  it('names the démarche, the step and the half-day to look after', () => {
    const { sentences, advice } = make({ kind: 'week', id: '2026-W47' });
    expect(sentences.join(' ')).toContain('Demander une aide au logement (APL)');
    expect(sentences.join(' ')).toMatch(/On s’est surtout arrêté à l’étape \d+ (\(.+\) )?de «/);
    expect(advice.length).toBeGreaterThan(1);
  });
  it('says little, and why, when few people came', () => {
    const page = make(
      { kind: 'week', id: '2026-W47' },
      tiny({ session: 3, 'session.helped|yes': 3, 'pages.printed': 6043 }),
    );
    expect(page.sentences[0]).toBe(
      'En semaine 47, il y a eu moins de 5 passages\u00a0: le reste est masqué, pour ne reconnaître personne.',
    );
    expect(JSON.stringify(page)).not.toContain('6043');
  });
  it('stands for an empty week, a week before the kiosk came, one to come, and one that was erased', () => {
    expect(make({ kind: 'week', id: '2026-W47' }, tiny({})).sentences[0]).toContain('moins de 5');
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
    const page = make(
      { kind: 'week', id: '2026-W47' },
      tiny({ session: 9, 'session.helped|yes': 9, 'session.helped|no': 0 }),
    );
    expect(page.sentences[0]).toBe('En semaine 47, 9 personnes ont été aidées.');
    expect([page.previous, page.next]).toEqual([null, '2026-W48']);
  });
  it('shows all of the tour’s own session when the threshold is one', () => {
    const page = make(
      { kind: 'week', id: '2026-W47' },
      tiny({ session: 1, 'session.helped|yes': 1, 'pages.printed': 2 }),
      1,
    );
    expect(page.sentences[0]).toBe('En semaine 47, 1 personne a été aidée.');
    expect(page.headline.map((box) => box.now)).toContainEqual({ kind: 'exact', n: 2 });
  });
});

const whole = (from: SiteFigures, period: Period) => {
  const now = figuresOf({ site: from, period, known: sampleKnown, threshold: 5 }, period);
  return now ? tablesOf(now, undefined, undefined, sampleKnown, true) : [];
};

describe('CSV and JSON', () => {
  const period = { kind: 'week', id: '2026-W47' } as const;
  const csv = reportCsv(make(period), whole(site, period));
  it('opens in a spreadsheet: mark, semicolons, CRLF, the same number of cells on each line', () => {
    expect(csv.startsWith('\ufeffperiode;lieu;')).toBe(true);
    const lines = csv.slice(1).trimEnd().split('\r\n');
    expect(new Set(lines.map((line) => line.split(';').length))).toEqual(new Set([10]));
  });
  it('hides small counts in both, and keeps every key', () => {
    expect(csv).toContain('moins de 5');
    expect(csv).toContain('documents.kept');
    const small = tiny({ session: 40, 'session.helped|yes': 40, 'demarche.opened|caf-attestation': 3 });
    const text = reportJson(make(period, small), whole(small, period));
    const opened = (
      JSON.parse(text) as { tables: { measure: string; rows: { key: string; now: unknown }[] }[] }
    ).tables.find((t) => t.measure === 'demarche.opened');
    expect(opened?.rows.find((row) => row.key === 'caf-attestation')?.now).toBe('under');
    expect(opened?.rows).toHaveLength(sampleKnown.demarches.length);
  });
  it('tames what a spreadsheet would run', () => {
    const known = {
      ...sampleKnown,
      demarches: [{ id: 'piege', title: '=HYPERLINK("x");1', theme: 'impots', steps: 0 }],
    };
    const now = figuresOf({ site, period, known, threshold: 5 }, period);
    expect(reportCsv(make(period), now ? tablesOf(now, undefined, undefined, known, true) : [])).toContain(
      `"'=HYPERLINK(""x"");1"`,
    );
  });
});

describe('the paper', () => {
  it.each([
    ['week', '2026-W47'],
    ['year', '2026'],
  ] as const)('is one A4 page for a %s', async (kind, id) => {
    const pdf = await PDFDocument.load(await reportPdf(make({ kind, id }), undefined));
    expect(pdf.getPageCount()).toBe(1);
    expect(pdf.getPage(0).getSize()).toEqual({ width: 595.28, height: 841.89 });
  });
  it('is the same each time: no moment of printing inside', async () => {
    const page = make({ kind: 'week', id: '2026-W47' });
    expect(Buffer.from(await reportPdf(page, undefined)).equals(Buffer.from(await reportPdf(page, undefined)))).toBe(
      true,
    );
  });
});
