/** The figures for the agent's area. */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Report } from '../../contract/usage.ts';
import { parsePeriod, periodOf, shiftWeek, type PeriodKind, type Week } from './iso-week.ts';
import type { KnownKeys } from './known-keys.ts';
import type { SiteFigures } from './publish.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import type { Usage } from './usage.ts';

export interface FiguresDeps {
  readonly usage: Pick<Usage, 'opened' | 'site' | 'notices'>;
  readonly known: KnownKeys;
  readonly place: string;
  readonly threshold: number;
  readonly fonts: () => Promise<Typeface | undefined>;
  /** The end of this kiosk's signing key; undefined when the kiosk delivers no figures. */
  readonly keyEnding: () => Promise<string | undefined>;
}

export interface Figures {
  /** `id` null: the period to open with. */
  report(kind: PeriodKind, id: string | null): Promise<Result<Report, 'no-figures' | 'period'>>;
  pdf(report: Report): Promise<Uint8Array>;
  notices(): readonly string[];
  keyEnding(): Promise<string | undefined>;
}

/**
 * The last finished week, which has a whole page; the week under way shows little (`publish.ts`). In its first week the
 * kiosk has no other. Its month and its year are those of that week.
 */
const weekToOpen = ({ current, startedIn, keptFrom }: SiteFigures): Week => {
  const last = shiftWeek(current, -1);
  return last >= startedIn && last >= keptFrom ? last : current;
};

export const createFigures = (deps: FiguresDeps): Figures => ({
  async report(kind, id) {
    await deps.usage.opened();
    const site = deps.usage.site();
    if (!site) return fail('no-figures');
    const period = id === null ? periodOf(kind, weekToOpen(site)) : parsePeriod(kind, id);
    if (!period) return fail('period');
    const { known, place, threshold } = deps;
    const { buildReport } = await import('./report.ts'); // the agent's page is rarely opened
    return ok(buildReport({ site, period, known, place, threshold, notices: deps.usage.notices() }));
  },
  async pdf(report) {
    // As above. The PDF library is large.
    const { reportPdf } = await import('./report-pdf.ts');
    return reportPdf(report, await deps.fonts());
  },
  notices: () => deps.usage.notices(),
  keyEnding: deps.keyEnding,
});
