/**
 * Counting. While a session lasts its counts live here, in memory; its end adds them to the week, one for each thing that this
 * person did, in one transaction and shuffled (`counts-keeper.ts`).
 */
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { covers } from '../../config/domains.ts';
import { failure, ok } from '../../contract/result.ts';
import type { Preferences } from '../../contract/session.ts';
import type { UsageContract } from '../../contract/usage.ts';
import type { WipeName } from '../../measures/wipe-names.ts';
import type { Feature } from '../feature.ts';
import type { Cell } from './cells.ts';
import type { OpenCounts } from './counts-file.ts';
import { createCountsKeeper } from './counts-keeper.ts';
import { weekOfMoment, type Week } from './iso-week.ts';
import { allowedCells, type KnownKeys } from './known-keys.ts';
import { cellOf, measureOf, type Counts, type KeyOf, type MeasureId } from '../../measures/measures.ts';
import type { Delivery } from './notices.ts';
import type { SiteFigures, WeekList } from './publish.ts';
import { closeSession, type EndReason } from './session-counts.ts';

export interface UsageDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly today: WeekList;
  readonly open: OpenCounts;
  /** 0 ≤ x < 1, for the shuffle. */
  readonly random: () => number;
  /** A whole number under 2³², that nobody can guess. */
  readonly drawKey: () => number;
  /** Milliseconds that only grow, also while the machine sleeps. */
  readonly steadyMs: () => number;
  /** True while the system's own time service follows a server of the network; undefined when it doesn't tell. */
  readonly isNetworkTime: () => boolean | undefined;
  /** Removes the copies of the database that are as old as what is erased from it. */
  readonly forgetCopies?: (keptFrom: Week) => Promise<unknown>;
  /** Puts the signed weeks that are over where the Département reads them. */
  readonly deliver?: (site: SiteFigures) => Promise<Delivery>;
}

export interface Usage extends Feature<UsageContract> {
  readonly counts: Counts;
  /** Adds the session to the week. Never on the path of a click: call it when the session is over. */
  endSession(end: {
    readonly reason: EndReason;
    readonly durationMs: number;
    /** The last ones chosen. */
    readonly preferences: Pick<Preferences, 'language' | 'textSize'>;
  }): Promise<void>;
  /** A page out of its démarche was stopped: the site counts when it is one of the public bodies of our own lists. */
  blocked(host: string): void;
  /** What a reset left first; nothing when it was proven. */
  resetAudited(left: WipeName | undefined): void;
  /** The machine is out of service from now until the answer is called. */
  hoursOutOfService(cause: KeyOf<'service.out'>): () => void;
  /** All that is kept. Undefined while nothing can be read, or the clock cannot be believed. */
  site(): SiteFigures | undefined;
  /** What the agent must know about the figures themselves, in French. */
  notices(): readonly string[];
  start(): Promise<void>;
}

const QUARTER_MS = 15 * 60_000;

export const createUsage = (deps: UsageDeps): Usage => {
  const { clock, logger } = deps;
  const { known } = deps.today;
  const allowed = allowedCells(known);
  /** All that was counted of the session under way, or of who stands at the welcome screen: dropped whole at its end. */
  let session = new Map<Cell, number>();
  /** Of the last audit; undefined when it passed. */
  let lastLeft: WipeName | undefined;
  let stopService: () => void = () => undefined;

  const keeper = createCountsKeeper({
    ...deps,
    deliver: deps.deliver,
    forgetCopies: deps.forgetCopies,
    onUnwritable: () => machine('machine.fault', 'unwritable', 1),
  });
  const half = (): KeyOf<'session.half-day'> => {
    const moment = keeper.clock();
    return moment.kind === 'steady' ? weekOfMoment(moment.ms).half : 'unknown';
  };
  const hear = (cell: Cell, n: number): void => void session.set(cell, (session.get(cell) ?? 0) + n);
  const check = (cell: Cell, n: number): boolean => {
    const heard = measureOf(cell)?.writtenAs !== undefined;
    if ((heard || allowed.has(cell)) && Number.isInteger(n) && n > 0) return true;
    logger.log('usage.refused', { cell: cell.replaceAll('|', ':') });
    return false;
  };

  const counts: Counts = {
    add(measure, key = '', n = 1) {
      const cell = key === '' ? measure : `${measure}|${key}`;
      const past = stepPastEnd(measure, key, known);
      if (past !== undefined) return hear(past, n);
      // The totals of sessions are the end's own business.
      if (measureOf(measure)?.perSession) return logger.log('usage.refused', { cell: measure });
      // No session is under way while the printer is out all night.
      if (measureOf(measure)?.machine) return machine(measure, key, n);
      if (check(cell, n)) hear(cell, n);
    },
  };
  const machine = (measure: MeasureId, key: string, n: number): void => {
    if (check(cellOf(measure, key), n)) keeper.add(cellOf(measure, key), n);
  };

  const usage: Usage = {
    initial: {},
    counts,
    handlers: {
      note: async ({ what, key }) => {
        const cell = what === 'theme' ? `theme.chosen|${key}` : `help.asked|${key}`;
        if (!allowed.has(cell)) return failure('usage.unknown');
        hear(cell, 1);
        return ok(null);
      },
      nothingFound: async ({ theme }) => {
        hear(cellOf('search.nothing', theme), 1);
        return ok(null);
      },
      urgentHelpShown: async () => {
        hear(cellOf('help.urgent'), 1);
        return ok(null);
      },
    },
    async endSession({ reason, durationMs, preferences: { language, textSize } }) {
      const heard = session;
      session = new Map();
      const ended = closeSession(heard, { reason, durationMs, language, textSize, half: half() }, known.demarches);
      for (const [cell, n] of ended) keeper.add(cell, n);
      await keeper.flush();
    },
    blocked(host) {
      const listed = known.organismDomains.filter((domain) => covers(domain, host));
      const nearest = listed.reduce<string | undefined>(
        (a, b) => (a === undefined || b.length > a.length ? b : a),
        undefined,
      );
      if (nearest !== undefined) counts.add('browsing.blocked-domain', nearest);
    },
    resetAudited(left) {
      // Tried again every few seconds: one that lasts is one.
      if (left !== undefined && left !== lastLeft) machine('reset.fault', left, 1);
      lastLeft = left;
    },
    hoursOutOfService(cause) {
      let sinceMs = clock.monotonicMs();
      const stop = clock.every(QUARTER_MS, () => {
        machine('service.out', cause, 1);
        sinceMs += QUARTER_MS;
        void keeper.flush();
      });
      return () => {
        stop();
        if (clock.monotonicMs() - sinceMs >= QUARTER_MS / 2) machine('service.out', cause, 1);
      };
    },
    site: keeper.site,
    notices: keeper.notices,
    async start() {
      await keeper.start();
      // Also what keeps the age of the file from telling when the last session ended.
      stopService = clock.every(QUARTER_MS, () => {
        const during = half();
        if (during !== 'unknown') machine('service.on', during, 1);
        void keeper.flush();
      });
    },
    async stop() {
      stopService();
      await keeper.stop();
    },
  };
  return usage;
};

/** The last step reached, or past it (a guide edited while in use), is "finished": `closeSession` turns it so. */
const stepPastEnd = (measure: string, key: string, known: KnownKeys): Cell | undefined => {
  if (measure !== 'demarche.left-at-step') return undefined;
  const [id, step] = key.split('/');
  const demarche = known.demarches.find((one) => one.id === id);
  if (!demarche || !/^\d{1,2}$/.test(step ?? '')) return undefined;
  if (demarche.steps === 0) return cellOf('demarche.left-at-step', `${demarche.id}/0`);
  return Number(step) >= demarche.steps
    ? cellOf('demarche.left-at-step', `${demarche.id}/${demarche.steps}`)
    : undefined;
};
