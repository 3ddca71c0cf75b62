/**
 * Keeps the counts in the database: opens it, writes the counts of sessions and of the machine, publishes finished
 * weeks, and holds back counts that cannot be written (disk full, read-only, a clock that jumped). Counts held back are
 * written later under the week of that moment, so that a week already shown never changes.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { cellOf } from '../../measures/measures.ts';
import type { Cell } from './cells.ts';
import { createClockTrust, type Verdict } from './clock-trust.ts';
import type { CountsFile, Increment, OpenCounts } from './counts-file.ts';
import { monthOf, shiftWeek, type Week } from './iso-week.ts';
import { noticesFor, type Delivery } from './notices.ts';
import type { SiteFigures, WeekList } from './publish.ts';
import { siteOf } from './read-site.ts';
import { createListOfWeek } from './week-list.ts';
import { lastDay, weeksOver } from './weeks-over.ts';

export interface KeeperDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly open: OpenCounts;
  /** 0 ≤ x < 1, for the shuffle. */
  readonly random: () => number;
  /** A random integer below 2³² that nobody can guess. */
  readonly drawKey: () => number;
  readonly today: WeekList;
  readonly steadyMs: () => number;
  readonly isNetworkTime: () => boolean | undefined;
  /** Called once when the disk refuses writes, and not again until a write succeeded. */
  readonly onUnwritable: () => void;
  /** Removes the copies of the database that only hold erased weeks. */
  readonly forgetCopies: ((keptFrom: Week) => Promise<unknown>) | undefined;
  /** Delivers the finished weeks, signed, to the Département's folder. */
  readonly deliver: ((site: SiteFigures) => Promise<Delivery>) | undefined;
}

export interface CountsKeeper {
  add(cell: Cell, n: number): void;
  /** Writes the waiting counts if the clock, the disk and the database allow it. */
  flush(): Promise<void>;
  /** Resolves when the database is open, or could not be opened. */
  opened(): Promise<void>;
  /** All figures kept. Undefined while the database cannot be read or the clock cannot be trusted. */
  site(): SiteFigures | undefined;
  clock(): Verdict;
  notices(): readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

export const KEPT_MONTHS = 25;
const RETRY_MS = 5 * 60_000;
/** Failures that are the disk's fault. */
const DISK_REFUSES: ReadonlySet<string> = new Set(['full', 'read-only', 'unusable']);

/**
 * The first week to keep: 25 months that have counts, back from the last one. Calendar months would be dangerous: a
 * clock that runs ahead could erase all figures. This way it costs one month at most.
 */
export const keptFromWeek = (counted: Iterable<Week>): Week | undefined => {
  const months = new Set<string>();
  let kept: Week | undefined;
  for (const week of [...counted].sort().reverse()) {
    months.add(monthOf(week));
    if (months.size > KEPT_MONTHS) break;
    kept = week;
  }
  return kept;
};

const dayOfLastCount = (store: CountsFile): number | null => {
  const week = store.lastWeek();
  const counts = week === undefined ? undefined : store.read(week, week).get(week)?.counts;
  return week === undefined || !counts ? null : lastDay(week, counts);
};

const shuffled = <T>(items: readonly T[], random: () => number): readonly T[] => {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
};

/** The counts in random order, so that the file does not reveal theirs, each with its own random key. */
const incrementsOf = (
  counts: ReadonlyMap<Cell, number>,
  { drawKey, random }: Pick<KeeperDeps, 'drawKey' | 'random'>,
): readonly Increment[] =>
  shuffled(
    [...counts].map(([cell, n]): Increment => [cell, n, drawKey()]),
    random,
  );

/** Counts written later may be written in another half-day than they happened in, so theirs becomes unknown. */
const forgetHalfDays = (waiting: Map<Cell, number>): void => {
  const unknown = cellOf('session.half-day', 'unknown');
  for (const [cell, n] of [...waiting]) {
    if (!cell.startsWith('session.half-day|') || cell === unknown) continue;
    waiting.set(unknown, (waiting.get(unknown) ?? 0) + n);
    waiting.delete(cell);
  }
};

type SteadyClock = Extract<Verdict, { kind: 'steady' }>;

/** The weeks that are over and not published yet, and from which week on figures are kept then. */
const weeksToPublish = (
  store: CountsFile,
  published: ReadonlySet<string>,
  moment: SteadyClock,
): { readonly over: readonly Week[]; readonly keptFrom: Week | undefined } | undefined => {
  const life = store.life();
  // Most calls end here, without reading the counts.
  if (!life || life.startedIn >= moment.week || published.has(shiftWeek(moment.week, -1))) return undefined;
  const weeks = store.read('0000-W00', moment.week);
  const over = weeksOver(weeks, published, life.startedIn as Week, moment);
  const last = over.at(-1);
  if (last === undefined) return undefined;
  // Weeks that are not over may come from a wrong clock, so they make no others too old.
  const counted = [...weeks].flatMap(([week, { counts }]) => (counts.size > 0 && week <= last ? [week as Week] : []));
  return { over, keptFrom: keptFromWeek(counted) };
};

interface Deliveries {
  /** Of the last one that ended; `away` while one has been under way for long: a folder that hangs never says so. */
  readonly last: Delivery;
  /** Not while one is under way: a shared drive that hangs keeps a thread busy for each call. */
  give(figures: SiteFigures): void;
  /** The end of the one under way. */
  readonly done: Promise<void> | undefined;
}

const trackDeliveries = (clock: Clock, deliver: (site: SiteFigures) => Promise<Delivery>): Deliveries => {
  let underWay: { readonly sinceMs: number; readonly done: Promise<void> } | undefined;
  let last: Delivery = 'delivered';
  return {
    get last() {
      return underWay && clock.monotonicMs() - underWay.sinceMs >= RETRY_MS ? 'away' : last;
    },
    give(figures) {
      const done = deliver(figures).then((took) => void ([last, underWay] = [took, undefined]));
      underWay = { sinceMs: clock.monotonicMs(), done };
    },
    get done() {
      return underWay?.done;
    },
  };
};

export const createCountsKeeper = (deps: KeeperDeps): CountsKeeper => {
  const { clock, logger } = deps;
  /** Counts of sessions and of the machine that are not written yet. */
  let waiting = new Map<Cell, number>();
  let heldBecause: string | undefined;
  let store: CountsFile | undefined;
  let diskRefuses = false;
  let refusedVersion = false;
  let movedAside: string | null = null;
  let opening: Promise<void> | undefined;
  /** The published weeks, which may not grow. Read once, so that a damaged file is only met where it is written. */
  let published: ReadonlySet<string> = new Set();
  /** The weeks that are over were given to the folder, or are being given. */
  let hasDelivered = false;
  const deliveries = deps.deliver && trackDeliveries(clock, deps.deliver);
  let clockWasWrong = false;
  let stopRetry: () => void = () => undefined;

  const readClock = createClockTrust({
    now: () => clock.now(),
    steadyMs: deps.steadyMs,
    isNetworkTime: deps.isNetworkTime,
    lastDay: () => (store ? dayOfLastCount(store) : undefined),
  });
  /** In a published week the clock was set back: what is published must not change, so counts wait. */
  const checkClock = (): Verdict => {
    const moment = readClock();
    return moment.kind === 'steady' && published.has(moment.week) ? { kind: 'wrong', why: 'behind' } : moment;
  };
  const listOfWeek = createListOfWeek(deps.today);
  const grow = (cell: Cell, n: number): void => void waiting.set(cell, (waiting.get(cell) ?? 0) + n);

  const openStore = async (): Promise<void> => {
    if (store || refusedVersion) return;
    opening ??= (async () => {
      const opened = await deps.open();
      if (opened.ok) {
        store = opened.value.store;
        published = store.published();
        if (opened.value.movedAside !== null) {
          movedAside = opened.value.movedAside;
          logger.log('usage.damaged');
        }
        const tidied = store.compact();
        heldBecause = tidied.ok ? undefined : tidied.error.kind;
      } else {
        heldBecause = opened.error.kind;
        refusedVersion = opened.error.kind === 'newer';
      }
    })().finally(() => {
      opening = undefined;
    });
    await opening;
  };

  const holdBack = (why: string): void => {
    if (heldBecause !== why) logger.log('usage.held-back', { reason: why });
    if (!diskRefuses && DISK_REFUSES.has(why)) {
      diskRefuses = true;
      deps.onUnwritable();
    }
    heldBecause = why;
    forgetHalfDays(waiting);
  };
  const failed = (kind: string): void => {
    if (kind === 'damaged') {
      // The next attempt reopens the database, which moves the damaged file aside.
      store?.close();
      store = undefined;
    }
    holdBack(kind);
  };

  const flush = async (): Promise<void> => {
    if (waiting.size === 0 && store) return;
    await openStore();
    if (!store) return waiting.size === 0 ? undefined : holdBack(heldBecause ?? 'unusable');
    const moment = checkClock();
    if (moment.kind === 'wrong') {
      if (!clockWasWrong) logger.log('usage.held-back', { reason: 'clock' });
      clockWasWrong = true;
      forgetHalfDays(waiting);
    } else clockWasWrong = false;
    if (waiting.size === 0) return;
    const increments = incrementsOf(waiting, deps);
    const added =
      moment.kind === 'steady' ? store.add(moment.week, increments, listOfWeek) : store.addWaiting(increments);
    if (!added.ok) return failed(added.error.kind);
    waiting = new Map(); // only after success, so that counts are retried after a failure
    if (heldBecause !== undefined) logger.log('usage.written-late');
    heldBecause = undefined;
    diskRefuses = false;
    await releaseAndPublish(moment);
    store?.compact();
  };

  /**
   * Once the clock is trusted: assigns waiting counts to this week, publishes the weeks that are over, and delivers
   * them.
   */
  const releaseAndPublish = async (moment: Verdict): Promise<void> => {
    if (!store || moment.kind === 'wrong') return;
    // Counts of the future come from a clock that was ahead. They would stay hidden until that week.
    if ((store.lastWeek() ?? '') > moment.week) store.takeBackAfter(moment.week);
    const released = store.releaseWaiting(moment.week, listOfWeek);
    if (released.ok && released.value > 0) {
      logger.log('usage.written-late');
      store.compact();
    }
    if (await publishOver(moment)) {
      store?.compact();
      hasDelivered = false;
    }
    if (!hasDelivered) deliver();
  };
  /** Returns true when weeks were published. */
  const publishOver = async (moment: SteadyClock): Promise<boolean> => {
    const found = store && weeksToPublish(store, published, moment);
    if (!store || !found) return false;
    const { over, keptFrom } = found;
    if (!store.publish(over, listOfWeek(null)).ok) return false;
    if (keptFrom !== undefined) store.eraseBefore(keptFrom);
    published = store.published();
    if (keptFrom !== undefined) await deps.forgetCopies?.(keptFrom);
    return true;
  };
  /** No count waits for it. */
  const deliver = (): void => {
    const figures = deliveries?.done ? undefined : site();
    if (!deliveries || !figures) return;
    hasDelivered = true;
    deliveries.give(figures);
  };
  /** Periodic retry: waiting counts, weeks that ended while the kiosk was idle, and a folder that was unreachable. */
  const retry = async (): Promise<void> => {
    await flush();
    const moment = checkClock();
    if (!store || moment.kind === 'wrong') return;
    await releaseAndPublish(moment);
    if (deliveries && deliveries.last !== 'delivered') deliver();
  };
  const site = (): SiteFigures | undefined => {
    const moment = checkClock();
    if (!store || moment.kind === 'wrong') return undefined;
    return siteOf(store.read('0000-W00', moment.week), { ...store.life(), published }, moment.ms, deps.today);
  };

  return {
    add: grow,
    flush,
    opened: openStore,
    site,
    clock: checkClock,
    notices: () =>
      noticesFor({ heldBecause, movedAside, delivery: deliveries?.last ?? 'delivered', clock: checkClock() }),
    async start() {
      await openStore();
      stopRetry = clock.every(RETRY_MS, () => void retry());
      await releaseAndPublish(checkClock());
      await deliveries?.done;
    },
    async stop() {
      stopRetry();
      await flush();
      store?.close();
      store = undefined;
    },
  };
};
