/** Builds the `SiteFigures` of this kiosk from the figures on disk. */
import { KeyedCells } from './cells.ts';
import type { CountsFile, StoredWeek } from './counts-file.ts';
import { halfDaysOver, shiftWeek, weekOfMoment, type Week } from './iso-week.ts';
import type { SiteFigures, WeekList } from './publish.ts';
import { readWeekList } from './week-list.ts';
import { firstOpen, halfDaysBeforeLast, weeksOver } from './weeks-over.ts';

interface Life {
  readonly startedIn?: string;
  readonly keptFrom?: string;
  readonly published: ReadonlySet<string>;
}

/**
 * `today` is the list of weeks without a list of their own. The current week is the first one that is not published,
 * even if the clock is already in the next: until then its counts may still grow.
 */
export const siteOf = (
  read: ReadonlyMap<string, StoredWeek>,
  life: Life,
  nowMs: number,
  today: WeekList,
): SiteFigures => {
  const { week } = weekOfMoment(nowMs);
  const startedIn = (life.startedIn ?? week) as Week;
  const current = currentWeek(life.published, startedIn, week);
  const lists = new Map<string, WeekList>();
  const listOf = (week: Week): WeekList => {
    const text = read.get(week)?.madeWith ?? null;
    if (text === null) return today;
    let list = lists.get(text);
    if (!list) lists.set(text, (list = readWeekList(text) ?? today));
    return list;
  };
  return {
    weeks: new Map([...read].map(([week, { counts, secret }]) => [week as Week, new KeyedCells(counts, secret)])),
    startedIn,
    keptFrom: (life.keptFrom ?? week) as Week,
    current,
    halfDaysOver: current === week ? halfDaysOver(nowMs) : halfDaysBeforeLast(read.get(current)?.counts ?? new Map()),
    listOf,
  };
};

const currentWeek = (published: ReadonlySet<string>, startedIn: Week, clockWeek: Week): Week => {
  let week = firstOpen(published, startedIn, clockWeek);
  // The clock was set back into a published week.
  while (published.has(week)) week = shiftWeek(week, 1);
  return week;
};

/**
 * For the command line, which publishes nothing: weeks that the kiosk would publish at its next start are shown as
 * published. The running kiosk uses `Usage.site`, which also requires a trusted clock.
 */
export const readSite = (
  store: Pick<CountsFile, 'read' | 'life' | 'published'>,
  nowMs: number,
  today: WeekList,
): SiteFigures => {
  const { week } = weekOfMoment(nowMs);
  const read = store.read('0000-W00', week);
  const life = store.life();
  const published = store.published();
  const over = life ? weeksOver(read, published, life.startedIn as Week, { week, sure: false }) : [];
  return siteOf(read, { ...life, published: new Set([...published, ...over]) }, nowMs, today);
};
