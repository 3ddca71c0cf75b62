/** Builds the `SiteFigures` of this kiosk from the figures on disk. */
import { KeyedCells } from './cells.ts';
import type { CountsFile, StoredWeek } from './counts-file.ts';
import { halfDaysOver, weekOfMoment, type Week } from './iso-week.ts';
import type { SiteFigures, WeekList } from './publish.ts';
import { readWeekList } from './week-list.ts';

/** `today` is the list of the current week, and of past weeks that were not published with a list of their own. */
export const siteOf = (
  read: ReadonlyMap<string, StoredWeek>,
  life: { readonly startedIn: string; readonly keptFrom: string } | undefined,
  nowMs: number,
  today: WeekList,
): SiteFigures => {
  const moment = weekOfMoment(nowMs);
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
    startedIn: (life?.startedIn ?? moment.week) as Week,
    keptFrom: (life?.keptFrom ?? moment.week) as Week,
    current: moment.week,
    halfDaysOver: halfDaysOver(nowMs),
    listOf,
  };
};

/** For the command line. The running kiosk uses `Usage.site`, which also requires a trusted clock. */
export const readSite = (store: Pick<CountsFile, 'read' | 'life'>, nowMs: number, today: WeekList): SiteFigures =>
  siteOf(store.read('0000-W00', weekOfMoment(nowMs).week), store.life(), nowMs, today);
