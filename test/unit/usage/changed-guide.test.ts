/** Pages about a time in which a guide changed: a step has the number of another one, and must not take its name. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../main/contract/usage.ts';
import type { PeriodKind, Week } from '../../../main/features/usage/iso-week.ts';
import type { KnownDemarche, KnownKeys } from '../../../main/features/usage/known-keys.ts';
import type { SiteFigures, WeekList } from '../../../main/features/usage/publish.ts';
import { reportCommand } from '../../../main/features/usage/report-command.ts';
import { buildReport } from '../../../main/features/usage/report.ts';
import { createListOfWeek, readWeekList } from '../../../main/features/usage/week-list.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { sampleKnown, sampleList, siteOfCounts } from './sample-site.ts';

const [apl, attestation, ...others] = sampleKnown.demarches as [KnownDemarche, KnownDemarche, ...KnownDemarche[]];
const knowing = (one: KnownDemarche | undefined): KnownKeys => ({
  ...sampleKnown,
  demarches: [...(one ? [one] : []), attestation, ...others],
});
const inserted = (all: readonly string[], one: string): readonly string[] => [...all.slice(0, 1), one, ...all.slice(1)];
const longer: KnownDemarche = {
  ...apl,
  steps: 7,
  stepTitles: inserted(apl.stepTitles ?? [], 'Refusez les cookies'),
  stepTexts: inserted(apl.stepTexts ?? [], 'Appuyez sur « Continuer sans accepter ».'),
};
const reworded: KnownDemarche = { ...apl, stepTexts: apl.stepTexts?.map((text) => `Plus clair : ${text}`) ?? [] };

/** November 2026. Most people stop at step 2, and fewer at a step of a guide that never changes. */
const november = (listOf: (week: Week) => KnownKeys): SiteFigures =>
  siteOfCounts(
    ['2026-W45', '2026-W46', '2026-W47', '2026-W48'].map((week) => [
      week,
      [
        ['session', 60],
        ['session.helped|yes', 40],
        ['session.helped|no', 20],
        ['demarche.opened|caf-aide-logement', 30],
        ['demarche.finished|caf-aide-logement', 10],
        ['demarche.left-at-step|caf-aide-logement/2', 20],
        ['demarche.opened|caf-attestation', 15],
        ['demarche.left-at-step|caf-attestation/3', 12],
        ['demarche.finished|caf-attestation', 3],
      ],
    ]),
    '2027-W02',
    { listOf: (week) => ({ ...sampleList, known: listOf(week) }) },
  );
const make = (site: SiteFigures, kind: PeriodKind, id: string, today: KnownKeys = sampleKnown): Report =>
  buildReport({ site, period: { kind, id }, known: today, place: 'Moulins', threshold: 1, notices: [] });
const rowOf = ({ tables }: Pick<Report, 'tables'>, key: string) =>
  tables.find(({ measure }) => measure === 'demarche.left-at-step')?.rows.find((row) => row.key === key);
const said = ({ sentences, advice, stuck }: Report): string =>
  [...sentences, ...advice, ...stuck.flatMap(({ where, read }) => [where, read])].join(' ').replaceAll('\u00a0', ' ');
const LONGER = [['month', '2026-11'], ['year', '2026']] as const; // prettier-ignore

describe.each(LONGER)('a %s in which a guide changed', (kind, id) => {
  const page = make(
    november((week) => knowing(week < '2026-W47' ? apl : longer)),
    kind,
    id,
    knowing(longer),
  );
  it('gives the number of its steps, without a name or a text, and says why', () => {
    expect(said(page)).not.toMatch(/cookies|Entrez votre numéro|Continuer sans accepter|courriers de la Caf/);
    expect(said(page)).toContain(
      'On s’est surtout arrêté à l’étape 2 de « Demander une aide au logement (APL) », dont le guide a changé (',
    );
    expect(page.stuck[0]).toMatchObject({ key: 'caf-aide-logement/2', read: '' });
    expect(rowOf(page, 'caf-aide-logement/2')?.label).toBe(
      'Demander une aide au logement (APL)\u00a0: étape 2 (le guide a changé)',
    );
  });
  it('advises to help at a step of a guide that did not change', () =>
    expect(page.advice[0]).toBe(
      'Proposez votre aide à l’étape 3 de «\u00a0Imprimer une attestation de la Caf\u00a0».',
    ));
});

describe.each(LONGER)('a past %s', (kind, id) => {
  it('names its steps as they were then, whatever the guide is today', () => {
    const page = make(november(() => knowing(apl)), kind, id, knowing(longer)); // prettier-ignore
    expect(page).toEqual(make(november(() => knowing(apl)), kind, id, knowing(apl))); // prettier-ignore
    expect(said(page)).toContain('à l’étape 2 (Entrez votre numéro) de « Demander une aide');
    expect(page.stuck[0]?.read).toContain('courriers de la Caf');
  });
  it('names a démarche that was removed, and one that was renamed by its last name', () => {
    const old = { ...apl, title: 'Demander l’APL' };
    const page = make(
      november((week) => knowing(week < '2026-W47' ? old : apl)),
      kind,
      id,
      knowing(undefined),
    );
    expect(said(page)).toContain('à l’étape 2 (Entrez votre numéro) de « Demander une aide au logement (APL) »');
    expect(said(page)).not.toContain('caf-aide-logement');
  });
  it('quotes no text where people read two', () => {
    const page = make(
      november((week) => knowing(week < '2026-W47' ? apl : reworded)),
      kind,
      id,
      knowing(reworded),
    );
    expect(page.stuck[0]).toMatchObject({
      where: 'à l’étape 2 (Entrez votre numéro) de «\u00a0Demander une aide au logement (APL)\u00a0»',
      read: '',
    });
  });
});

describe('the follow-up on last week’s advice', () => {
  const changing = (to: KnownDemarche | undefined): Report =>
    make(
      november((week) => knowing(week < '2026-W47' ? apl : to)),
      'week',
      '2026-W47',
      knowing(to),
    );
  it('is not given when the guide has changed since, or is gone', () => {
    expect(make(november(() => knowing(apl)), 'week', '2026-W47').sentences.at(-1)).toMatch(/^Conseil de la semaine/); // prettier-ignore
    expect(said(changing(longer))).not.toContain('Conseil de la semaine');
    expect(said(changing(undefined))).not.toContain('Conseil de la semaine');
  });
  it('is given when only the text of the step is another: that was the help', () =>
    expect(changing(reworded).sentences.at(-1)).toMatch(/^Conseil .* aider à l’étape 2 \(Entrez votre numéro\)/));
});

describe('the numbers of the period before', () => {
  const site = november((week) => knowing(week < '2026-W47' ? apl : longer));
  it('are not set beside steps that were others then', () => {
    const page = make(site, 'week', '2026-W47', knowing(longer));
    expect(rowOf(page, 'caf-aide-logement/2')).toMatchObject({ now: { kind: 'about' }, before: null });
    expect(rowOf(page, 'caf-attestation/3')).toMatchObject({ before: { kind: 'about' } });
    expect(rowOf(make(site, 'week', '2026-W48', knowing(longer)), 'caf-aide-logement/2')?.before?.kind).toBe('about');
  });
  it('are left out of « report --json » too', async () => {
    const written: string[] = [];
    const code = await reportCommand(
      ['--week', '2026-W47', '--json'],
      { out: { write: (text) => void written.push(text) }, err: { write: (text) => void written.push(text) } },
      {
        files: systemFiles,
        now: () => Date.UTC(2027, 0, 13),
        known: knowing(longer),
        place: 'Moulins',
        departement: 'Allier',
        thresholds: { inside: 1, published: 11 },
        fonts: async () => undefined,
        site: async () => ({ ok: true, value: site }),
      },
    );
    expect(code).toBe(0);
    const json = JSON.parse(written.join('')) as Report;
    expect(rowOf(json, 'caf-aide-logement/2')).toMatchObject({ now: expect.any(Number) as number, before: null });
    expect(rowOf(json, 'caf-attestation/3')).toMatchObject({ before: expect.any(Number) as number });
  });
});

describe('a week in the middle of which a guide changed', () => {
  const list = (known: KnownKeys): WeekList => ({ ...sampleList, known });
  const lists = [list(knowing(apl)), list(knowing(longer))];
  it.each([lists, lists.toReversed()])('keeps the names of neither, however often the kiosk restarts', (...both) => {
    let kept: string | null = null;
    for (const today of [...both, ...both]) kept = createListOfWeek(today)(kept);
    const known = readWeekList(kept ?? '')?.known ?? sampleKnown;
    expect(known.demarches[0]).toMatchObject({ steps: 7, stepTitles: [], stepTexts: [] });
    expect(known.demarches.map(({ guideChanged = false }) => guideChanged)).toEqual([true, ...known.demarches.slice(1).map(() => false)]); // prettier-ignore
    const page = make(november(() => known), 'week', '2026-W47', knowing(longer)); // prettier-ignore
    expect(said(page)).toContain('à l’étape 2 de « Demander une aide au logement (APL) », dont le guide a changé');
    expect(page.advice[0]).toContain('Imprimer une attestation de la Caf');
    // The week before had the same list, and advised nothing there either.
    expect(said(page)).not.toMatch(/Conseil [^:]*aide au logement/);
    expect(rowOf(page, 'caf-aide-logement/2')?.before).toBeNull();
  });
});
