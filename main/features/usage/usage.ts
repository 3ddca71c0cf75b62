/**
 * Counting. While a session lasts its counts live here, in memory; its end adds them to the week in one transaction,
 * shuffled. What cannot be written (disk full, read-only, no plausible clock) waits here and is written later under the week
 * of that moment, so that a week already shown never changes.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { covers } from '../../config/domains.ts';
import { failure, ok } from '../../contract/result.ts';
import type { Preferences } from '../../contract/session.ts';
import type { UsageContract } from '../../contract/usage.ts';
import type { WipeName } from '../../measures/wipe-names.ts';
import type { Feature } from '../feature.ts';
import type { CountsFile, OpenCounts } from './counts-file.ts';
import { monthOf, shiftWeek, weekOfMoment, type Week } from './iso-week.ts';
import { allowedCells, type KnownKeys } from './known-keys.ts';
import { cellOf, measureOf, partsOf, type Counts, type KeyOf, type MeasureId } from '../../measures/measures.ts';
import type { Cell, SiteFigures, WeekCells } from './publish.ts';
import { noticesFor } from './notices.ts';
import { asWeeks } from './read-site.ts';
import { closeSession, type EndReason } from './session-counts.ts';

export interface UsageDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly known: KnownKeys;
  readonly open: OpenCounts;
  /** 0 ≤ x < 1, for the shuffle. */
  readonly random: () => number;
  /** The agent's page of the week under way moves only when this many more sessions have ended. */
  readonly threshold: number;
  /** Puts the signed weeks that are over where the Département reads them; false: the folder did not take them. */
  readonly deliver?: (usage: Usage) => Promise<boolean>;
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
  /** All that is kept, the week under way as it may be shown. Undefined while nothing can be read. */
  site(): SiteFigures | undefined;
  currentWeek(): Week | undefined;
  /** What the agent must know about the figures themselves, in French. */
  notices(): readonly string[];
  start(): Promise<void>;
}

/** Before the first version, or far after any machine's life: the clock is wrong. */
const PLAUSIBLE_FROM_MS = Date.UTC(2026, 0, 1);
const PLAUSIBLE_UNTIL_MS = Date.UTC(2066, 0, 1);
const KEPT_MONTHS = 25;
const QUARTER_MS = 15 * 60_000;
const RETRY_MS = 5 * 60_000;
/** Why figures are held back when it is the disk's fault. */
const DISK_REFUSES: ReadonlySet<string> = new Set(['full', 'read-only', 'unusable']);

export const keptFromWeek = (current: Week): Week => {
  let week = current;
  const months = new Set([monthOf(week)]);
  for (;;) {
    const earlier = shiftWeek(week, -1);
    months.add(monthOf(earlier));
    if (months.size > KEPT_MONTHS) return week;
    week = earlier;
  }
};

export const createUsage = (deps: UsageDeps): Usage => {
  const { clock, logger } = deps;
  const allowed = allowedCells(deps.known);
  /** All that was counted of the session under way, or of who stands at the welcome screen: dropped whole at its end. */
  let session = new Map<Cell, number>();
  /** Sessions and machine counts that wait to be written. */
  let waiting = new Map<Cell, number>();
  let heldBecause: string | undefined;
  let store: CountsFile | undefined;
  let diskRefuses = false;
  let refusedVersion = false;
  let movedAside: string | null = null;
  let opening: Promise<void> | undefined;
  let shown: { readonly week: Week; readonly cells: WeekCells } | undefined;
  let lastWeek: Week | undefined;
  let undelivered = false;
  /** Of the last audit; undefined when it passed. */
  let lastLeft: WipeName | undefined;
  let stopRetry: () => void = () => undefined;

  const now = (): { week: Week; half: ReturnType<typeof weekOfMoment>['half'] } | undefined => {
    const ms = clock.now();
    return ms >= PLAUSIBLE_FROM_MS && ms < PLAUSIBLE_UNTIL_MS ? weekOfMoment(ms) : undefined;
  };
  const grow = (cells: Map<Cell, number>, cell: Cell, n: number): void =>
    void cells.set(cell, (cells.get(cell) ?? 0) + n);
  const check = (cell: Cell, n: number): boolean => {
    if (allowed.has(cell) && Number.isInteger(n) && n > 0) return true;
    logger.log('usage.refused', { cell: cell.replaceAll('|', ':') });
    return false;
  };

  const openStore = async (): Promise<void> => {
    if (store || refusedVersion) return;
    opening ??= (async () => {
      const opened = await deps.open();
      if (opened.ok) {
        store = opened.value.store;
        if (opened.value.movedAside !== null) {
          movedAside = opened.value.movedAside;
          logger.log('usage.damaged');
        }
        const tidied = store.tidy();
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

  const shuffled = (cells: ReadonlyMap<Cell, number>): (readonly [Cell, number])[] => {
    const list = [...cells];
    for (let i = list.length - 1; i > 0; i -= 1) {
      const j = Math.floor(deps.random() * (i + 1));
      [list[i], list[j]] = [list[j] as (typeof list)[0], list[i] as (typeof list)[0]];
    }
    return list;
  };

  /** Writes what waits, if the clock, the disk and the database allow. */
  const flush = async (): Promise<void> => {
    if (waiting.size === 0) return;
    await openStore();
    const moment = now();
    if (!moment || !store) return hold(moment ? (heldBecause ?? 'unusable') : 'clock');
    const added = store.add(moment.week, shuffled(waiting));
    if (!added.ok) {
      if (added.error.kind === 'damaged') {
        // The next try opens it anew, which moves the damaged file aside.
        store.close();
        store = undefined;
      }
      return hold(added.error.kind);
    }
    waiting = new Map(); // only now: what a failure leaves unwritten is tried again
    if (heldBecause !== undefined) logger.log('usage.written-late');
    heldBecause = undefined;
    diskRefuses = false;
    await newWeek(moment.week);
    store.tidy();
  };

  const hold = (why: string): void => {
    if (heldBecause !== why || why === 'clock') logger.log('usage.held-back', { reason: why });
    if (!diskRefuses && DISK_REFUSES.has(why)) {
      diskRefuses = true;
      machine('machine.fault', 'unwritable', 1);
    }
    heldBecause = why;
    // A half-day that is not this one would be a lie: what waits has no half-day any more.
    for (const cell of [...waiting.keys()]) {
      if (!cell.startsWith('session.half-day|') || cell.endsWith('|unknown')) continue;
      grow(waiting, cellOf('session.half-day', 'unknown'), waiting.get(cell) ?? 0);
      waiting.delete(cell);
    }
  };

  const newWeek = async (week: Week): Promise<void> => {
    if (lastWeek === week || !store) return;
    lastWeek = week;
    store.eraseBefore(keptFromWeek(week));
    await deliver();
  };
  const deliver = async (): Promise<void> => {
    undelivered = deps.deliver !== undefined && !(await deps.deliver(usage));
  };
  /** What waits, a week that ended while nobody came, a folder (a USB key, a share) that was away. */
  const tend = async (): Promise<void> => {
    await flush();
    const week = now()?.week;
    if (!store || week === undefined) return;
    if (week !== lastWeek) {
      await newWeek(week);
      store.tidy();
    } else if (undelivered) await deliver();
  };

  const currentCells = (week: Week): WeekCells => {
    const stored = store?.read(week, week).get(week) ?? new Map<Cell, number>();
    const fresh = (stored.get('session') ?? 0) - (shown?.cells.get('session') ?? 0);
    // Someone who watches both the kiosk and this page must not see one person's session arrive.
    if (shown?.week !== week || fresh >= deps.threshold) shown = { week, cells: stored };
    // What is wrong with the machine is nobody's: it does not wait.
    const isMachine = (cell: Cell): boolean => measureOf(partsOf(cell).measure)?.machine === true;
    const people = [...shown.cells.keys()].filter((cell) => !isMachine(cell));
    const machines = [...stored.keys()].filter(isMachine);
    return new Map([
      ...people.map((cell) => [cell, shown?.cells.get(cell) ?? 0] as const),
      ...machines.map((cell) => [cell, stored.get(cell) ?? 0] as const),
    ]);
  };

  const counts: Counts = {
    add(measure, key = '', n = 1) {
      const cell = key === '' ? measure : `${measure}|${key}`;
      const past = stepPastEnd(measure, key, deps.known);
      if (past !== undefined) return grow(session, past, n);
      // The totals of sessions are the end's own business.
      if (measureOf(measure)?.perSession) return logger.log('usage.refused', { cell: measure });
      // No session is under way while the printer is out all night.
      if (measureOf(measure)?.machine) return machine(measure, key, n);
      if (check(cell, n)) grow(session, cell, n);
    },
  };
  const machine = (measure: MeasureId, key: string, n: number): void => {
    if (check(cellOf(measure, key), n)) grow(waiting, cellOf(measure, key), n);
  };

  const usage: Usage = {
    initial: {},
    counts,
    handlers: {
      note: async ({ what, key }) => {
        const cell = what === 'theme' ? `theme.chosen|${key}` : `help.asked|${key}`;
        if (!allowed.has(cell)) return failure('usage.unknown');
        grow(session, cell, 1);
        return ok(null);
      },
      nothingFound: async ({ theme }) => {
        grow(session, cellOf('search.nothing', theme), 1);
        return ok(null);
      },
      urgentHelpShown: async () => {
        grow(session, cellOf('help.urgent'), 1);
        return ok(null);
      },
    },
    async endSession({ reason, durationMs, preferences: { language, textSize } }) {
      const half = now()?.half ?? 'unknown';
      const heard = session;
      session = new Map();
      const ended = closeSession(heard, { reason, durationMs, language, textSize, half }, deps.known.demarches);
      for (const [cell, n] of ended) grow(waiting, cell, n);
      await flush();
    },
    blocked(host) {
      const listed = deps.known.organismDomains.filter((domain) => covers(domain, host));
      const nearest = listed.reduce<string | undefined>(
        (a, b) => (a === undefined || b.length > a.length ? b : a),
        undefined,
      );
      if (nearest !== undefined) counts.add('browsing.blocked-domain', nearest);
    },
    resetAudited(left) {
      if (left === undefined) machine('reset.proven', '', 1);
      // Tried again every few seconds: one that lasts is one.
      else if (left !== lastLeft) machine('reset.fault', left, 1);
      lastLeft = left;
    },
    hoursOutOfService(cause) {
      let sinceMs = clock.monotonicMs();
      const stop = clock.every(QUARTER_MS, () => {
        machine('service.out', cause, 1);
        sinceMs += QUARTER_MS;
        void flush();
      });
      return () => {
        stop();
        if (clock.monotonicMs() - sinceMs >= QUARTER_MS / 2) machine('service.out', cause, 1);
      };
    },
    currentWeek: () => now()?.week,
    site() {
      const moment = now();
      const life = store?.life();
      if (!store || !moment) return undefined;
      const startedIn = (life?.startedIn ?? moment.week) as Week;
      const weeks = asWeeks(store.read('0000-W00', shiftWeek(moment.week, -1)));
      weeks.set(moment.week, currentCells(moment.week));
      return { weeks, startedIn, keptFrom: (life?.keptFrom ?? moment.week) as Week, current: moment.week };
    },
    notices: () => noticesFor({ heldBecause, movedAside, undelivered, clockIsWrong: !now() }),
    async start() {
      await openStore();
      stopRetry = clock.every(RETRY_MS, () => void tend());
      const moment = now();
      if (moment) {
        currentCells(moment.week);
        await newWeek(moment.week);
      }
    },
    async stop() {
      stopRetry();
      await flush();
      store?.close();
      store = undefined;
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
