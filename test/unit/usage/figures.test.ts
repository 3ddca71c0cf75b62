import { describe, expect, it } from 'vitest';
import type { Report } from '../../../main/contract/usage.ts';
import { createFigures } from '../../../main/features/usage/figures.ts';
import type { PeriodKind, Week } from '../../../main/features/usage/iso-week.ts';
import type { SiteFigures } from '../../../main/features/usage/publish.ts';
import { sampleKnown, sampleSite } from './sample-site.ts';

const open = async (site: SiteFigures, kind: PeriodKind, id: string | null = null): Promise<Report> => {
  let isOpen = false;
  const made = await createFigures({
    usage: {
      // As after the start, when an agent is quicker than the disk.
      opened: async () => void (isOpen = true),
      site: () => (isOpen ? site : undefined),
      notices: () => [],
    },
    known: sampleKnown,
    place: 'MSD de Moulins',
    threshold: 1,
    fonts: async () => undefined,
    keyEnding: async () => undefined,
  }).report(kind, id);
  if (!made.ok) throw new Error(made.error);
  return made.value;
};

describe('the period with which the agent’s area opens', () => {
  it('is the last finished week, with trend, stuck steps and three things to do; then the week under way', async () => {
    // Week 1 of 2027 is under way.
    const site = sampleSite('2025-W40', 67, 90);
    expect(site.current).toBe('2027-W01');
    const page = await open(site, 'week');
    expect([page.period.id, page.underWay, page.next]).toEqual(['2026-W53', false, '2027-W01']);
    expect([page.trend.weeks.length, page.stuck.length, page.advice.length]).toEqual([14, 3, 3]);
    expect((await open(site, 'week', page.next)).underWay).toBe(true);
    expect([(await open(site, 'month')).period.id, (await open(site, 'year')).period.id]).toEqual(['2026-12', '2026']);
  });

  it('is the week under way in the first days of a kiosk, and says when the page will be complete', async () => {
    const site = { ...sampleSite('2026-W47', 1, 5), halfDaysOver: 3 };
    for (const kind of ['week', 'month', 'year'] as const)
      expect(await open(site, kind)).toMatchObject({ underWay: true, previous: null });
    expect((await open(site, 'week')).sentences[0]).toBe(
      'Cette semaine, il y a eu trop peu de passages pour en dire le nombre. La page sera complète quand la semaine sera finie.',
    );
  });

  it('is the week under way when the weeks before it were erased', async () => {
    const site = { ...sampleSite('2026-W40', 8, 90), keptFrom: '2026-W47' as Week };
    expect((await open(site, 'week')).period.id).toBe('2026-W47');
  });
});
