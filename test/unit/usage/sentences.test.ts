/** What the page says about the machine, in every combination of what can happen to it in a week. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../main/contract/usage.ts';
import type { Week } from '../../../main/features/usage/iso-week.ts';
import type { SiteFigures } from '../../../main/features/usage/publish.ts';
import { buildReport } from '../../../main/features/usage/report.ts';
import { sampleKnown, sampleList, siteOfCounts } from './sample-site.ts';

type Cells = readonly (readonly [string, number])[];
const OPEN = sampleList.openHalfDays;
const on = (halves: readonly string[]): Cells => [
  ...halves.map((half) => [`service.on|${half}`, 16] as const),
  ['service.rules|2', 16 * halves.length],
];
const PEOPLE: Cells = [['session', 60], ['session.helped|yes', 40], ['session.helped|no', 20]]; // prettier-ignore
const make = (site: SiteFigures, kind: 'week' | 'month' | 'year', id: string): Report =>
  buildReport({ site, period: { kind, id }, known: sampleKnown, place: 'Moulins', threshold: 1, notices: [] });
/** November 2026 with this week 47, and other weeks in which the kiosk was always on and used. */
const november = (week: Cells, change: Partial<SiteFigures> = {}): SiteFigures => {
  const full: Cells = [...on(OPEN), ...PEOPLE];
  const weeks = ['2026-W45', '2026-W46', '2026-W47', '2026-W48'].map((id) => [id, id === '2026-W47' ? week : full] as const); // prettier-ignore
  return siteOfCounts(weeks.filter(([, cells]) => cells.length > 0), '2026-W49', change); // prettier-ignore
};

const POWER = { 'always on': [], 'off some half-days': ['tue-am', 'fri-pm'], 'off all week': OPEN } as const;
const OUT: Readonly<Record<string, Cells>> = {
  'in service': [],
  'out of service': [['service.out|printer', 12]],
  'out of service for two causes at once': [['service.out|printer', 140], ['service.out|network', 140]], // prettier-ignore
};
const cases = Object.entries(POWER).flatMap(([power, off]) =>
  Object.entries(OUT).flatMap(([service, out]) =>
    [0, 1, 12].flatMap((incidents) =>
      [0, 20].flatMap((failed) => {
        const machine: Cells = [...out, ['machine.fault|browser', incidents], ['trouble.met|print', failed]];
        const happened = machine.filter(([, n]) => n > 0);
        // While it is off, the kiosk sees no fault and fails nobody.
        if (power === 'off all week' && happened.length > 0) return [];
        const people = power === 'off all week' ? [] : PEOPLE;
        const cells: Cells = [...on(OPEN.filter((half) => !(off as readonly string[]).includes(half))), ...people, ...happened]; // prettier-ignore
        return [{ power, service, incidents, failed, cells }];
      }),
    ),
  ),
);

const contradictions = (report: Report): readonly string[] => {
  const page = [...report.sentences, ...report.advice].join(' ').replaceAll('\u00a0', ' ');
  const says = (...patterns: readonly RegExp[]): boolean => patterns.every((pattern) => pattern.test(page));
  const [, half = '', of = '', names] = /(\d+) demi-journées? sur (\d+)\.(?: Elle était éteinte : ([^.]+)\.)?/.exec(page) ?? []; // prettier-ignore
  const named = names?.split(/, | et /).length ?? 0;
  return [
    ...(says(/aucune panne/, /incident|Hors service|mise? en échec/) ? ['no fault, beside faults'] : []),
    ...(says(/restée éteinte/, /passage|allumée|panne|aidé/) ? ['always off, and something happened'] : []),
    ...(says(/restée en service/) ? ['in service all the time'] : []),
    ...(report.period.kind === 'week' && Number(of) - Number(half) !== named ? ['the half-days do not add up'] : []),
    ...(says(/Allumez la borne/) !== says(/éteinte/) ? ['advice to switch on a kiosk that was on'] : []),
    ...(says(/\b0 passage/) ? ['nobody came'] : []),
    ...[...page.matchAll(/\((\d+) h/g)].flatMap(([, h]) => (Number(h) > 36 ? ['longer out than it was on'] : [])),
  ];
};

describe('a week', () => {
  it.each(cases)('$power, $service, $incidents incidents, $failed failed prints', ({ cells, ...happened }) => {
    const report = make(november(cells), 'week', '2026-W47');
    const page = report.sentences.join(' ').replaceAll('\u00a0', ' ');
    expect(contradictions(report), page).toEqual([]);
    const { power, service, incidents, failed } = happened;
    if (power === 'off all week') {
      expect(report.sentences).toEqual(['En semaine 47, la borne est restée éteinte\u00a0: rien n’a été compté.']);
      expect(report.advice).toEqual(['Allumez la borne à chaque demi-journée d’ouverture.']);
      expect([report.tables, report.trend.sentence]).toEqual([[], '']);
      return;
    }
    expect(page).toContain(
      power === 'always on'
        ? 'Pendant les demi-journées d’ouverture, la borne a été allumée 44 h : 11 demi-journées sur 11.'
        : 'la borne a été allumée 36 h : 9 demi-journées sur 11. Elle était éteinte : mardi matin et vendredi après-midi.',
    );
    expect(page.includes('éteinte')).toBe(power !== 'always on');
    expect(page.includes('Hors service : imprimante (3 h)')).toBe(service === 'out of service');
    expect(page.includes('Hors service : imprimante (35 h) et réseau (35 h)')).toBe(service.endsWith('at once'));
    expect(page.match(/\d+ incidents? de la machine/)?.[0]).toBe(
      incidents === 0 ? undefined : `${incidents} incident${incidents > 1 ? 's' : ''} de la machine`,
    );
    expect(page.includes('impressions qui ont échoué')).toBe(failed > 0);
    expect(page.includes('aucune panne')).toBe(service === 'in service' && incidents + failed === 0);
  });

  it('says how long the kiosk was on, so that a quarter of an hour is no half-day', () => {
    const cells = [...on(OPEN).slice(1), ['service.on|mon-am', 1], ...PEOPLE] as Cells;
    expect(make(november(cells), 'week', '2026-W47').sentences.join(' ')).toContain(
      'la borne a été allumée 40\u00a0h\u00a015\u00a0: 11 demi-journées sur 11.',
    );
  });
  it('leaves out half-days when the place is closed', () => {
    const cells = [...on(['sat-pm', 'sun-am', ...OPEN]), ...PEOPLE] as Cells;
    expect(make(november(cells), 'week', '2026-W47').sentences.join(' ')).toContain(
      '44\u00a0h\u00a0: 11 demi-journées',
    );
  });
  it('leaves out public holidays, whether the kiosk was on or off', () => {
    const weekOf11November = (halves: readonly string[]): Report => {
      const full: Cells = [...on(OPEN), ...PEOPLE];
      const weeks = [['2026-W45', full], ['2026-W46', [...on(halves), ...PEOPLE]]] as const; // prettier-ignore
      return make(siteOfCounts(weeks, '2026-W47'), 'week', '2026-W46');
    };
    const closed = weekOf11November(OPEN.filter((half) => !half.startsWith('wed')));
    expect(closed.sentences.join(' ')).toContain('36\u00a0h\u00a0: 9 demi-journées sur 9.');
    expect(closed.advice.join(' ')).not.toContain('Allumez');
    expect(weekOf11November(OPEN).sentences.join(' ')).toContain('36\u00a0h\u00a0: 9 demi-journées sur 9.');
  });
  it('counts from the first half-day of a kiosk that was installed in the middle of it', () => {
    const site = siteOfCounts([['2026-W47', [...on(['wed-pm', 'thu-am', 'fri-am']), ...PEOPLE]]], '2026-W48');
    expect(make(site, 'week', '2026-W47').sentences.join(' ')).toContain(
      '12\u00a0h\u00a0: 3 demi-journées sur 6. Elle était éteinte\u00a0: jeudi après-midi, vendredi après-midi et samedi matin.',
    );
  });
  it('of a version that did not count them says nothing of the hours, nor of prints that were given up', () => {
    const page = make(november(PEOPLE), 'week', '2026-W47').sentences.join(' ');
    expect(page).not.toMatch(/éteinte|allumée|panne/);
    expect(page).toContain('d’avant une mise à jour de la borne');
  });
  it('is not compared with one in which the kiosk was off', () => {
    const after = make(november([]), 'week', '2026-W48');
    expect(after.sentences[0]).toMatch(/^En semaine 48, \d+ personnes ont été aidées\.$/);
    expect(after.headline.map(({ change }) => change).join('')).toBe('');
  });
  it('under way counts its finished half-days, and never says that nothing failed', () => {
    const site = november([...on(OPEN), ...PEOPLE], { current: '2026-W48' as Week, halfDaysOver: 5 });
    const page = make(site, 'week', '2026-W48').sentences.join(' ');
    expect(page).toContain(
      'Pendant les demi-journées d’ouverture déjà finies, la borne a été allumée 20\u00a0h\u00a0: 5 demi-journées sur 5.',
    );
    expect(page).not.toContain('panne');
  });
});

describe('a month and a year', () => {
  it.each(cases)('$power in week 47, $service, $incidents incidents, $failed failed prints', ({ power, cells }) => {
    for (const [kind, id] of [
      ['month', '2026-11'],
      ['year', '2026'],
    ] as const) {
      const site = kind === 'year' ? november(cells, { current: '2027-W02' as Week }) : november(cells);
      const report = make(site, kind, id);
      const page = report.sentences.join(' ').replaceAll('\u00a0', ' ');
      expect(contradictions(report), page).toEqual([]);
      // Without 11 November.
      const halves = power === 'always on' ? 42 : power === 'off all week' ? 31 : 40;
      // A year ends with weeks 49 to 53, in which this kiosk was off. Two of their days were public holidays.
      const of = kind === 'year' ? 42 + 5 * OPEN.length - 4 : 42;
      expect(page).toContain(
        `Pendant les demi-journées d’ouverture, la borne a été allumée ${halves * 4} h : ${halves} demi-journées sur ${of}.`,
      );
    }
  });
  it('in which the kiosk was always off says only that', () => {
    const site = siteOfCounts([['2026-W40', on(OPEN)]], '2026-W49');
    expect(make(site, 'month', '2026-11').sentences).toEqual([
      'En novembre 2026, la borne est restée éteinte\u00a0: rien n’a été compté.',
    ]);
  });
});
