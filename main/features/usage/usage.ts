/**
 * Counting. During a session the counts stay here, in memory. When it ends they are added to the week, one for each
 * thing that this person did, in one transaction and in random order (`counts-keeper.ts`).
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
import { BEHIND_SITES, type Delivery } from './notices.ts';
import type { SiteFigures, WeekList } from './publish.ts';
import { isOpen } from './service-time.ts';
import { closeSession, type EndReason } from './session-counts.ts';

export interface UsageDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly today: WeekList;
  readonly open: OpenCounts;
  /** 0 ≤ x < 1, for the shuffle. */
  readonly random: () => number;
  /** A random integer below 2³² that nobody can guess. */
  readonly drawKey: () => number;
  /** A monotonic clock, in milliseconds, that also runs while the machine sleeps. */
  readonly steadyMs: () => number;
  /** True while the system's time service is synchronised with a network server; undefined when that is unknown. */
  readonly isNetworkTime: () => boolean | undefined;
  /** Removes the copies of the database that only hold erased weeks. */
  readonly forgetCopies?: (keptFrom: Week) => Promise<unknown>;
  /** Delivers the finished weeks, signed, to the Département's folder. */
  readonly deliver?: (site: SiteFigures) => Promise<Delivery>;
}

export interface Usage extends Feature<UsageContract> {
  readonly counts: Counts;
  /** Adds the session to the week. It writes to the disk: call it after the session, never while handling a click. */
  endSession(end: {
    readonly reason: EndReason;
    readonly durationMs: number;
    /** As last chosen in the session. */
    readonly preferences: Pick<Preferences, 'language' | 'textSize'>;
  }): Promise<void>;
  /** Navigation outside the démarche was blocked. The host is counted only if one of our own lists has its domain. */
  blocked(host: string): void;
  /**
   * A site has a certificate that only begins at this moment, so the clock is behind. Only for the notices: whoever
   * answers for a site must not be able to hold the counts back.
   */
  clockBehind(passedMs: number): void;
  /** Counts the first wipe step that failed the audit; undefined when the audit passed. */
  resetAudited(left: WipeName | undefined): void;
  /** Counts the machine as out of service, in opening half-days, from now until the returned function is called. */
  hoursOutOfService(cause: KeyOf<'service.out'>): () => void;
  /** Just after the start, the database is still being opened: wait for this before `site`. */
  opened(): Promise<void>;
  /** All figures kept. Undefined while the database cannot be read or the clock cannot be trusted. */
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
  /**
   * The counts of one session. `begin` creates no new object: a person is also counted on the accueil before
   * they begin, and by the wipe that follows. The end takes the object and leaves an empty one.
   */
  let session = new Map<Cell, number>();
  /** The step that the last audit found undone; undefined when it passed. */
  let lastLeft: WipeName | undefined;
  let stopService: () => void = () => undefined;
  /** The latest moment that has certainly passed. */
  let passed = 0;
  const isBehindSites = (): boolean => clock.now() < passed && keeper.clock().kind === 'steady';

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
  const record = (cell: Cell, n: number): void => void session.set(cell, (session.get(cell) ?? 0) + n);
  const check = (cell: Cell, n: number): boolean => {
    const measure = measureOf(cell);
    const heard = measure?.writtenAs !== undefined || measure?.neverStored === true;
    if ((heard || allowed.has(cell)) && Number.isInteger(n) && n > 0) return true;
    logger.log('usage.refused', { cell: cell.replaceAll('|', ':') });
    return false;
  };

  const counts: Counts = {
    add(measure, key = '', n = 1) {
      const cell = key === '' ? measure : `${measure}|${key}`;
      const past = stepPastEnd(measure, key, known);
      if (past !== undefined) return record(past, n);
      // Only `endSession` writes per-session totals.
      if (measureOf(measure)?.perSession) return logger.log('usage.refused', { cell: measure });
      // Machine faults also happen outside sessions, for example a printer out of order all night.
      if (measureOf(measure)?.machine) return machine(measure, key, n);
      if (check(cell, n)) record(cell, n);
    },
  };
  /** Nobody misses a kiosk that is out of service at night or on a closed day, so that time is not counted. */
  const isMissed = (measure: MeasureId): boolean => {
    if (measure !== 'service.out') return true;
    const moment = keeper.clock();
    if (moment.kind !== 'steady') return false;
    const { week, half: now } = weekOfMoment(moment.ms);
    return isOpen(deps.today, week, now);
  };
  const machine = (measure: MeasureId, key: string, n: number): void => {
    if (isMissed(measure) && check(cellOf(measure, key), n)) keeper.add(cellOf(measure, key), n);
  };

  const usage: Usage = {
    initial: {},
    counts,
    handlers: {
      note: async ({ what, key }) => {
        const cell = what === 'theme' ? `theme.chosen|${key}` : `help.asked|${key}`;
        if (!allowed.has(cell)) return failure('usage.unknown');
        record(cell, 1);
        return ok(null);
      },
      nothingFound: async ({ theme }) => {
        record(cellOf('search.nothing', theme), 1);
        return ok(null);
      },
      urgentHelpShown: async () => {
        record(cellOf('help.urgent'), 1);
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
    clockBehind: (passedMs) => void (passed = Math.max(passed, passedMs)),
    resetAudited(left) {
      // The reset is retried every few seconds. A fault that persists counts once.
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
    opened: keeper.opened,
    site: keeper.site,
    notices: () => (isBehindSites() ? [BEHIND_SITES, ...keeper.notices()] : keeper.notices()),
    async start() {
      // This also keeps the file's modification time from revealing when the last session ended.
      stopService = clock.every(QUARTER_MS, () => {
        const during = half();
        if (during !== 'unknown') {
          machine('service.on', during, 1);
          machine('service.rules', '2', 1);
        }
        void keeper.flush();
      });
      await keeper.start();
    },
    async stop() {
      stopService();
      await keeper.stop();
    },
  };
  return usage;
};

/** The cell of the last step for one past it: a guide may be edited while in use. */
const stepPastEnd = (measure: string, key: string, known: KnownKeys): Cell | undefined => {
  if (measure !== 'demarche.left-at-step') return undefined;
  const [id, step] = key.split('/');
  const demarche = known.demarches.find((one) => one.id === id);
  if (!demarche || !/^\d{1,2}$/.test(step ?? '')) return undefined;
  return Number(step) > demarche.steps
    ? cellOf('demarche.left-at-step', `${demarche.id}/${demarche.steps}`)
    : undefined;
};
