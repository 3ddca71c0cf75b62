/**
 * Everything the session knows about the current person: their preferences, and the times that tell whether they are
 * still there. There is one between sessions too: preferences can be chosen on the accueil, and the farewell
 * screen still uses them. It is always replaced as a whole.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Preferences } from '../../contract/session.ts';
import type { LimitedWork, OwnWork } from '../feature.ts';

type Work = OwnWork | LimitedWork;

export interface PersonDeps {
  readonly clock: Clock;
  readonly idle: { readonly afterS: number; readonly warningS: number };
}

export interface Person {
  preferences: Preferences;
  readonly begunAtMs: number;
  /** They used the kiosk at that time, now when absent. */
  used(atMs?: number): void;
  /** The quiet time begins again. Unlike `used`, it does not count as input. */
  resetQuiet(): void;
  isQuiet(nowMs: number): boolean;
  /** The warning is shown to them. */
  warned(): void;
  /** Seconds that remain to answer the warning. */
  answersWithinS(): number;
  isUnanswered(nowMs: number): boolean;
  /** Work begins for them; the returned function ends it. */
  beginWork(what: Work): () => void;
  /** Whether such work would keep their session now. */
  isKeptBy(what: Work): boolean;
  /** Whether work under way keeps their session now. */
  isKept(): boolean;
  /** Seconds of the allowance that remain; null without one. */
  timeLeftS(): number | null;
  /** Extends the allowance, if there is one. */
  addMinutes(minutes: number): void;
  /** The allowance is used up, and no work that must not be interrupted keeps the session. */
  isTimeOver(nowMs: number): boolean;
}

const LIMITED_WORK: ReadonlySet<Work> = new Set<LimitedWork>(['upload', 'download', 'video', 'voice']);
/** A video, a long upload or a voice keeps the session alive for this many idle periods after the last input. */
const LIMITED_WORK_IDLE_PERIODS = 5;
/**
 * The kiosk's own work keeps the session for this long after the last input, and past the allowance. Sixty pages of a
 * minute each, the slowest that we know, still come out. A printer or a scanner that never ends, or whose counters grow
 * for ever, would otherwise leave the session of a person who has gone open to the next one.
 */
const OWN_WORK_MS = 60 * 60_000;

export const createPerson = (
  { clock, idle }: PersonDeps,
  preferences: Preferences,
  allowanceMinutes: number | null,
): Person => {
  const begunAtMs = clock.monotonicMs();
  let quietSinceMs = begunAtMs;
  /** The last input by the person. Unlike `quietSinceMs`, a scan or an upload under way does not move it. */
  let lastInputMs = begunAtMs;
  let warnedAtMs = 0;
  let allowanceEndsMs = allowanceMinutes === null ? null : begunAtMs + allowanceMinutes * 60_000;
  const underWay = new Map<symbol, Work>();

  const resetQuiet = (): void => {
    quietSinceMs = clock.monotonicMs();
  };
  /** Work keeps the session for a limited time only: the person may have left it running. */
  const isKeptBy = (what: Work): boolean => {
    const nowMs = clock.monotonicMs();
    const leftMs = nowMs - lastInputMs;
    if (LIMITED_WORK.has(what)) return leftMs < LIMITED_WORK_IDLE_PERIODS * idle.afterS * 1_000;
    return leftMs < OWN_WORK_MS && nowMs - (allowanceEndsMs ?? nowMs) < OWN_WORK_MS;
  };
  const keptBy = (): readonly Work[] => [...underWay.values()].filter(isKeptBy);

  return {
    preferences,
    begunAtMs,
    used(atMs = clock.monotonicMs()) {
      // Both are never before the session began: input from before it may be the previous person's.
      lastInputMs = Math.max(lastInputMs, atMs);
      quietSinceMs = Math.max(quietSinceMs, atMs);
    },
    resetQuiet,
    isQuiet: (nowMs) => nowMs - quietSinceMs >= idle.afterS * 1_000,
    warned() {
      warnedAtMs = clock.monotonicMs();
    },
    answersWithinS: () => Math.max(0, idle.warningS - Math.floor((clock.monotonicMs() - warnedAtMs) / 1_000)),
    isUnanswered: (nowMs) => nowMs - warnedAtMs >= idle.warningS * 1_000,
    beginWork(what) {
      const mine = Symbol(what);
      underWay.set(mine, what);
      return () => {
        if (underWay.delete(mine) && isKeptBy(what)) resetQuiet();
      };
    },
    isKeptBy,
    isKept: () => keptBy().length > 0,
    timeLeftS: () =>
      allowanceEndsMs === null ? null : Math.max(0, Math.ceil((allowanceEndsMs - clock.monotonicMs()) / 1_000)),
    addMinutes(minutes) {
      if (allowanceEndsMs !== null) allowanceEndsMs += minutes * 60_000;
    },
    // The end of the allowance does not interrupt a print or a scan that keeps the session. It does interrupt work
    // that could otherwise keep the next people waiting for ever.
    isTimeOver: (nowMs) =>
      allowanceEndsMs !== null && nowMs >= allowanceEndsMs && keptBy().every((what) => LIMITED_WORK.has(what)),
  };
};
