/** The figures for the agent's area. */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Report } from '../../contract/usage.ts';
import { parsePeriod, periodOf, type PeriodKind } from './iso-week.ts';
import type { KnownKeys } from './known-keys.ts';
import { buildReport } from './report.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import type { Usage } from './usage.ts';

export interface FiguresDeps {
  readonly usage: Pick<Usage, 'site' | 'notices'>;
  readonly known: KnownKeys;
  readonly place: string;
  readonly threshold: number;
  readonly fonts: () => Promise<Typeface | undefined>;
  /** The end of this kiosk's signing key; undefined when the kiosk delivers no figures. */
  readonly keyEnding: () => Promise<string | undefined>;
}

export interface Figures {
  report(kind: PeriodKind, id: string | null): Result<Report, 'no-figures' | 'period'>;
  pdf(report: Report): Promise<Uint8Array>;
  notices(): readonly string[];
  keyEnding(): Promise<string | undefined>;
}

export const createFigures = (deps: FiguresDeps): Figures => ({
  report(kind, id) {
    const site = deps.usage.site();
    if (!site) return fail('no-figures');
    const period = id === null ? periodOf(kind, site.current) : parsePeriod(kind, id);
    if (!period) return fail('period');
    const { known, place, threshold } = deps;
    return ok(buildReport({ site, period, known, place, threshold, notices: deps.usage.notices() }));
  },
  async pdf(report) {
    // Imported on demand: the PDF library is large and used about once a week.
    const { reportPdf } = await import('./report-pdf.ts');
    return reportPdf(report, await deps.fonts());
  },
  notices: () => deps.usage.notices(),
  keyEnding: deps.keyEnding,
});
