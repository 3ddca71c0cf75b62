/**
 * Whether the clock may be believed. A week that was signed, or figures that were erased, because the clock had jumped ahead could
 * not be brought back; so a clock that moved by days is told to the agent, and counts wait. Pure but for its own memory.
 */
import { weekIndex, weekOfMoment, type Week } from './iso-week.ts';

export interface ClockTrustDeps {
  /** The wall clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that only grow, also while the machine sleeps. */
  readonly steadyMs: () => number;
  /** True while the system's own time service follows a server of the network; undefined when it doesn't tell. */
  readonly isNetworkTime: () => boolean | undefined;
  /** The last week that was counted in, by an earlier run too; null when there is none, undefined while nobody can tell. */
  readonly lastWeek: () => Week | null | undefined;
}

export type Verdict =
  | {
      readonly kind: 'steady';
      readonly ms: number;
      readonly week: Week;
      /** False for a clock that jumped and was believed only because it then stayed: nothing is signed or erased by it. */
      readonly sure: boolean;
    }
  | { readonly kind: 'wrong'; readonly why: 'implausible' | 'behind' | 'ahead' };

/** Before the first version, or far after any machine's life. */
const PLAUSIBLE_FROM_MS = Date.UTC(2026, 0, 1);
const PLAUSIBLE_UNTIL_MS = Date.UTC(2066, 0, 1);
const HOUR_MS = 3_600_000;
/** A clock may be put right by this much without a word. */
const TOLERATED_MS = 12 * HOUR_MS;
/** A clock that jumped and then goes on without a jump for this long is believed; half a day of service. */
const STAYS_MS = 6 * HOUR_MS;

interface Moment {
  readonly wallMs: number;
  readonly steadyMs: number;
}

/** How far the wall clock went beyond the time that passed. */
const drift = (from: Moment, to: Moment): number => to.wallMs - from.wallMs - (to.steadyMs - from.steadyMs);

export const createClockTrust = (deps: ClockTrustDeps): (() => Verdict) => {
  /** The last moment that was believed. */
  let believed: (Moment & { readonly sure: boolean }) | undefined;
  /** Since when a clock that is not believed has gone on without another jump. */
  let suspected: Moment | undefined;

  const suspicion = (at: Moment): 'behind' | 'ahead' | undefined => {
    if (believed) {
      const by = drift(believed, at);
      return by < -TOLERATED_MS ? 'behind' : by > TOLERATED_MS ? 'ahead' : undefined;
    }
    const last = deps.lastWeek();
    if (last === null || last === undefined) return undefined;
    const weeks = weekIndex(weekOfMoment(at.wallMs).week) - weekIndex(last);
    // A kiosk that was off over a week's end; longer than that it has to show that its clock stays.
    return weeks < 0 ? 'behind' : weeks > 1 ? 'ahead' : undefined;
  };
  const believe = (at: Moment, sure: boolean): Verdict => {
    believed = { ...at, sure };
    suspected = undefined;
    return { kind: 'steady', ms: at.wallMs, week: weekOfMoment(at.wallMs).week, sure };
  };

  return () => {
    const at = { wallMs: deps.now(), steadyMs: deps.steadyMs() };
    if (at.wallMs < PLAUSIBLE_FROM_MS || at.wallMs >= PLAUSIBLE_UNTIL_MS) {
      suspected = undefined;
      return { kind: 'wrong', why: 'implausible' };
    }
    if (deps.isNetworkTime() === true) return believe(at, true);
    const why = suspicion(at);
    if (!believed && deps.lastWeek() === undefined)
      return { kind: 'steady', ms: at.wallMs, week: weekOfMoment(at.wallMs).week, sure: false };
    if (why === undefined) return believe(at, believed?.sure ?? true);
    if (!suspected || Math.abs(drift(suspected, at)) > HOUR_MS) suspected = at;
    return at.steadyMs - suspected.steadyMs >= STAYS_MS ? believe(at, false) : { kind: 'wrong', why };
  };
};
