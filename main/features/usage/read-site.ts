/** The figures on disk as a site, for the command line (the running kiosk uses `Usage.site`, whose week moves more slowly). */
import { weekOfMoment, type Week } from './iso-week.ts';
import type { SiteFigures, WeekCells } from './publish.ts';
import type { CountsFile } from './counts-file.ts';

/** What the database calls text is a week here: its own check says so. */
export const asWeeks = (read: ReadonlyMap<string, WeekCells>): Map<Week, WeekCells> =>
  new Map([...read].map(([week, cells]) => [week as Week, cells]));

export const readSite = (store: Pick<CountsFile, 'read' | 'life'>, nowMs: number): SiteFigures => {
  const current = weekOfMoment(nowMs).week;
  const life = store.life();
  return {
    weeks: asWeeks(store.read('0000-W00', current)),
    startedIn: (life?.startedIn ?? current) as Week,
    keptFrom: (life?.keptFrom ?? current) as Week,
    current,
  };
};
