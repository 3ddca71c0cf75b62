/** The counted weeks: in progress, over, and with a wrong clock. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../main/contract/usage.ts';
import { keptFromWeek } from '../../../main/features/usage/counts-keeper.ts';
import { shiftWeek, type Week } from '../../../main/features/usage/iso-week.ts';
import type { WeekList } from '../../../main/features/usage/publish.ts';
import { buildReport } from '../../../main/features/usage/report.ts';
import type { Usage } from '../../../main/features/usage/usage.ts';
import { weekListText } from '../../../main/features/usage/week-list.ts';
import { createFakeCounts, type FakeCounts } from './fake-counts.ts';
import { sampleKnown, sampleList } from './sample-site.ts';
import { begin, end, pageOf, WEEK } from './usage-fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const total = (store: FakeCounts, cell = 'session'): number =>
  [...store.read('0', '9').values()].reduce((n, { counts }) => n + (counts.get(cell)?.n ?? 0), 0);

describe('a wrong clock', () => {
  it.each([
    ['1970', Date.UTC(1970, 0, 1)],
    ['eight days ahead', Date.UTC(2026, 10, 2)],
    ['eight days behind', Date.UTC(2026, 9, 17)],
    ['2031', Date.UTC(2031, 2, 3)],
    ['2099', Date.UTC(2099, 0, 1)],
  ])('(%s) loses no count, creates no false week, erases nothing, and is reported', async (_, wrong) => {
    const delivered: string[] = [];
    const store = createFakeCounts();
    for (let month = 0; month < 25; month += 1)
      store.add(shiftWeek(WEEK as Week, -4 - Math.round(month * 4.3)), [['session', 1, 7]]);
    store.add(shiftWeek(WEEK as Week, -1), [['session', 1, 7]]);
    const weeks = [...store.read('0', '9').keys()].length;
    const { usage, clock } = await begin({ store, deliver: async () => (delivered.push(''), 'delivered') });
    await usage.endSession(end);
    const right = clock.now();
    clock.jumpWall(wrong - right);
    await usage.endSession(end);
    await clock.advance(2 * HOUR);
    await usage.endSession(end);
    expect(usage.notices().join(' ')).toContain('Rien n’est perdu');
    expect(store.waits().get('session')).toBe(2);
    expect([...store.read('0', '9').keys()].sort().at(-1)).toBe(WEEK);
    clock.jumpWall(right - wrong);
    await clock.advance(5 * 60_000);
    expect(usage.notices()).toEqual([]);
    expect([store.waits().size, store.counts(WEEK).get('session'), total(store)]).toEqual([0, 3, 29]);
    expect(store.counts(WEEK).get('session.half-day|unknown')).toBe(2);
    expect([...store.read('0', '9').keys()]).toHaveLength(weeks + 1);
    // Delivered once only, at the start, for the weeks already over.
    expect(delivered).toHaveLength(1);
  });

  it('keeps the pending counts on disk, so a power cut loses none', async () => {
    const { usage, clock, store } = await begin();
    await usage.endSession(end);
    clock.jumpWall(8 * DAY);
    await usage.endSession(end);
    const again = await begin({ store });
    await again.clock.advance(5 * 60_000);
    expect(store.counts(WEEK).get('session')).toBe(2);
  });

  it('is trusted at once after network time synchronisation', async () => {
    let follows = false;
    const { usage, clock, store } = await begin({ isNetworkTime: () => follows });
    await usage.endSession(end);
    clock.jumpWall(8 * DAY);
    await usage.endSession(end);
    expect(total(store)).toBe(1);
    follows = true;
    await clock.advance(5 * 60_000);
    expect(store.counts('2026-W45').get('session')).toBe(1);
  });

  it('is used for counting after three hours, but not for publishing or erasing weeks', async () => {
    let delivered = 0;
    const { usage, clock, store } = await begin({ deliver: async () => ((delivered += 1), 'delivered') });
    await usage.endSession(end);
    clock.jumpWall(8 * DAY);
    await usage.endSession(end);
    await clock.advance(7 * HOUR);
    expect(store.counts('2026-W45').get('session')).toBe(1);
    expect([delivered, store.life()?.keptFrom]).toEqual([1, WEEK]);
    expect(store.published().size).toBe(0);
  });

  it('is not suspected after three days without a session', async () => {
    const { usage, clock, store } = await begin();
    await usage.endSession(end);
    await clock.advance(3 * DAY);
    await usage.endSession(end);
    expect([usage.notices(), store.counts('2026-W44').get('session')]).toEqual([[], 1]);
  });
});

describe('the weeks that are kept', () => {
  it('are the last 25 months with counts, whatever today’s date', () => {
    const weekly = Array.from({ length: 200 }, (_, at) => shiftWeek('2026-W47' as Week, -at));
    expect(keptFromWeek(weekly)).toBe('2024-W45');
    expect(keptFromWeek(['2031-W10' as Week, ...weekly])).toBe('2024-W49');
    expect(keptFromWeek([])).toBeUndefined();
  });
  it('are the only ones left after the start', async () => {
    const store = createFakeCounts();
    for (let at = 1; at < 130; at += 1) store.add(shiftWeek(WEEK as Week, -at), [['session', 1, 7]]);
    await begin({ store, isNetworkTime: () => true });
    expect(store.life()?.keptFrom).toBe('2024-W40');
    expect(store.counts('2024-W39').size).toBe(0);
  });
});

describe('a week that is over', () => {
  it('is published with the configuration of its time, so a later one does not change it', async () => {
    const store = createFakeCounts();
    const last = shiftWeek(WEEK as Week, -1);
    store.add(last, [['session', 9, 99], ['demarche.opened|caf-attestation', 6, 55]]); // prettier-ignore
    const first = await begin({ store, isNetworkTime: () => true });
    const show = (usage: Usage): Report => {
      const site = usage.site();
      if (!site) throw new Error('nothing is kept');
      return buildReport({
        site,
        period: { kind: 'week', id: last },
        known: { ...sampleKnown, demarches: [] },
        place: 'Moulins',
        threshold: 1,
        notices: [],
      });
    };
    const before = JSON.stringify(show(first.usage));
    expect(before).toContain('Imprimer une attestation de la Caf');
    store.publish([last], JSON.stringify({ known: { demarches: [], tutorials: [], organismDomains: [] }, openHalfDays: [] })); // prettier-ignore
    expect(JSON.stringify(show(first.usage))).toBe(before);
  });
  it('keeps the list that it was counted with, whatever changed over the weekend', async () => {
    const { usage, store } = await begin();
    await usage.endSession(end);
    await usage.stop();
    const today = { known: { ...sampleKnown, demarches: [] }, openHalfDays: [] };
    const monday = await begin({ store, today, atMs: Date.UTC(2026, 9, 26, 8), isNetworkTime: () => true });
    const site = monday.usage.site();
    expect([site?.current, store.published().has(WEEK)]).toEqual(['2026-W44', true]);
    const listOf = (week: string): string => (site ? weekListText(site.listOf(week as Week)) : '');
    expect(listOf(WEEK)).toBe(weekListText(sampleList));
    expect(listOf('2026-W44')).toBe(weekListText(today));
  });
  it('keeps all that it could count when the configuration changed in the middle', async () => {
    const store = createFakeCounts();
    const [first, ...others] = sampleKnown.demarches;
    if (!first) throw new Error('no démarche');
    const changed = { ...first, title: 'Autre titre', steps: first.steps - 1 };
    const added = { ...first, id: 'nouvelle', title: 'Nouvelle' };
    const lists: WeekList[] = [
      { known: { ...sampleKnown, demarches: [first, ...others] }, openHalfDays: ['mon-am'] },
      { known: { ...sampleKnown, demarches: [changed, added], organismDomains: ['caf.fr'] }, openHalfDays: ['mon-pm'] },
    ];
    for (const today of [...lists, ...lists]) {
      const { usage } = await begin({ store, today });
      await usage.endSession(end);
      await usage.stop();
    }
    expect(JSON.parse(store.read(WEEK, WEEK).get(WEEK)?.madeWith ?? '')).toMatchObject({
      known: {
        demarches: [first, ...others, added].map(({ id, title, steps }) => ({ id, title, steps })),
        organismDomains: [...sampleKnown.organismDomains, 'caf.fr'],
      },
      openHalfDays: ['mon-am', 'mon-pm'],
    });
  });
  it('does not grow when the clock is set back an hour after its end', async () => {
    const { usage, clock, store } = await begin({ isNetworkTime: () => true });
    await usage.endSession(end);
    await clock.advance(23 * HOUR); // Monday, half past midnight
    await usage.endSession(end);
    clock.jumpWall(-HOUR);
    await usage.endSession(end);
    expect([store.counts(WEEK).get('session'), store.waits().get('session')]).toEqual([1, 1]);
    await clock.advance(HOUR);
    expect(store.counts('2026-W44').get('session')).toBe(2);
  });
});

describe('the week in progress', () => {
  it('shows each half-day only after it has ended, unchanged by a restart', async () => {
    const store = createFakeCounts();
    const { usage, clock } = await begin({ store });
    await clock.advance(32 * HOUR); // Monday, half past nine
    const shown = (of: Usage): string => JSON.stringify([pageOf(of).sentences[0], pageOf(of).tables.find(({ measure }) => measure === 'session.half-day')]); // prettier-ignore
    const empty = shown(usage);
    for (let at = 0; at < 20; at += 1) {
      await usage.endSession(end);
      expect(shown(usage)).toBe(empty);
    }
    expect(empty).not.toContain('"kind":"about","n":2');
    await clock.advance(4 * HOUR);
    const morning = shown(usage);
    expect(morning).not.toBe(empty);
    const n = Number(/il y a eu (\d+) passages/.exec(morning)?.[1]);
    expect(Math.abs(n - 20)).toBeLessThanOrEqual(4);
    for (let at = 0; at < 20; at += 1) await usage.endSession(end);
    expect(shown(usage)).toBe(morning);
    const again = await begin({ store });
    await again.clock.advance(36 * HOUR);
    expect(shown(again.usage)).toBe(morning);
  });

  it('counts the quarter-hours out of service by cause', async () => {
    const { usage, store, clock } = await begin();
    await clock.advance(32 * HOUR); // Monday, half past nine
    const back = usage.hoursOutOfService('printer');
    await clock.advance(70 * 60_000);
    back();
    await usage.endSession(end);
    expect(store.counts('2026-W44').get('service.out|printer')).toBe(5);
  });
});
