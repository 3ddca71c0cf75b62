/**
 * How long the kiosk was on while its place was open. The configuration knows opening half-days and no hours, so the
 * hours on are told beside the half-days. Figures about the machine are exact. Pure.
 */
import { halfDays, type HalfDay } from '../../measures/half-days.ts';
import { cellOf } from '../../measures/measures.ts';
import { holidayOn } from '../../platform/public-holidays.ts';
import { dayOf, weeksOf, type Period, type Week } from './iso-week.ts';
import type { SiteFigures, WeekList } from './publish.ts';

export interface ServiceTime {
  /** Opening half-days of the period that are over, without public holidays. */
  readonly open: number;
  /** Those in which the kiosk was on, at least for a quarter of an hour. */
  readonly on: number;
  /** How long it was on in them. */
  readonly quarters: number;
  /** For a finished week: the opening half-days in which it was off. */
  readonly off: readonly string[];
  /** The period is over and nothing at all was counted: a kiosk that is on counts its quarters of an hour. */
  readonly neverOn: boolean;
}

/** The place is open on this half-day of the week: its opening times say so, and it is no public holiday. */
export const isOpen = ({ openHalfDays }: Pick<WeekList, 'openHalfDays'>, week: Week, half: HalfDay): boolean =>
  openHalfDays.includes(half) && holidayOn(dayOf(week, half)) === null;

/** Null for a period with a week of an earlier version, which did not count when it was on. */
export const serviceTime = (site: SiteFigures, period: Period): ServiceTime | null => {
  const weeks = weeksOf(period).filter(
    (week) => week >= site.startedIn && week >= site.keptFrom && week <= site.current,
  );
  const isCounted = (week: Week): boolean => [...(site.weeks.get(week)?.keys() ?? [])].length > 0;
  const quartersIn = (week: Week, half: string): number => site.weeks.get(week)?.get(cellOf('service.on', half)) ?? 0;
  const firstOn = (week: Week): number => halfDays.findIndex((half) => quartersIn(week, half) > 0);
  if (weeks.some((week) => isCounted(week) && firstOn(week) < 0)) return null;
  const halves = weeks.flatMap((week) => {
    // In its first week, the kiosk was not installed yet before the first half-day in which it was on.
    const from = week === site.startedIn ? firstOn(week) : 0;
    const to = week === site.current ? site.halfDaysOver : halfDays.length;
    const list = site.listOf(week);
    return halfDays
      .slice(from < 0 ? to : from, to)
      .filter((half) => isOpen(list, week, half))
      .map((half) => ({ half, quarters: quartersIn(week, half) }));
  });
  const underWay = weeks.includes(site.current);
  const off = halves.filter(({ quarters }) => quarters === 0).map(({ half }) => half);
  return {
    open: halves.length,
    on: halves.length - off.length,
    quarters: halves.reduce((sum, { quarters }) => sum + quarters, 0),
    off: period.kind === 'week' && !underWay ? off : [],
    neverOn: !underWay && !weeks.some(isCounted),
  };
};
