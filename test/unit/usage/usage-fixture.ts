/** The usage feature on a manual clock, with counters in memory. */
import type { Report } from '../../../main/contract/usage.ts';
import { defaultPreferences } from '../../../main/contract/session.ts';
import { ok } from '../../../main/contract/result.ts';
import type { Delivery } from '../../../main/features/usage/notices.ts';
import type { SiteFigures, WeekList } from '../../../main/features/usage/publish.ts';
import { buildReport } from '../../../main/features/usage/report.ts';
import { createUsage, type Usage } from '../../../main/features/usage/usage.ts';
import type { Logger } from '../../../main/log/logger.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { createFakeCounts, type FakeCounts } from './fake-counts.ts';
import { drawKey, sampleKnown, sampleList } from './sample-site.ts';

interface UsageFixture {
  readonly usage: Usage;
  readonly clock: ManualClock;
  readonly store: FakeCounts;
  readonly logged: string[];
}
export const begin = async (
  options: {
    isNetworkTime?: () => boolean;
    deliver?: (site: SiteFigures) => Promise<Delivery>;
    store?: FakeCounts;
    /** What the wall clock shows at the start. */
    atMs?: number;
    today?: WeekList;
  } = {},
): Promise<UsageFixture> => {
  const clock = createManualClock();
  clock.jumpWall((options.atMs ?? clock.now()) - clock.now());
  const store = options.store ?? createFakeCounts();
  const logged: string[] = [];
  const logger: Logger = { log: (event) => void logged.push(event) };
  const usage = createUsage({
    clock,
    logger,
    today: options.today ?? sampleList,
    open: async () => ok({ store, movedAside: null }),
    random: Math.random,
    drawKey: () => drawKey(Math.random),
    steadyMs: () => clock.monotonicMs(),
    isNetworkTime: options.isNetworkTime ?? (() => undefined),
    ...(options.deliver ? { deliver: options.deliver } : {}),
  });
  // The first delivery may hang.
  await Promise.race([usage.start(), clock.advance(0)]);
  return { usage, clock, store, logged };
};
export const pageOf = (usage: Usage): Report => {
  const site = usage.site();
  if (!site) throw new Error('nothing is kept');
  const period = { kind: 'week', id: site.current } as const;
  return buildReport({ site, period, known: sampleKnown, place: 'Moulins', threshold: 1, notices: [] });
};
export const end = { reason: 'button', durationMs: 240_000, preferences: defaultPreferences } as const;
export const WEEK = '2026-W43';
