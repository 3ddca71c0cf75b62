/** The figures as the agent area asks for them. */
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
  /** Of the key with which this kiosk signs; undefined where it sends nothing. */
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
    // A large library that one press a week needs.
    const { reportPdf } = await import('./report-pdf.ts');
    return reportPdf(report, await deps.fonts());
  },
  notices: () => deps.usage.notices(),
  keyEnding: deps.keyEnding,
});
