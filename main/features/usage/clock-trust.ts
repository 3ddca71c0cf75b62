/**
 * Decides whether the clock can be trusted. Signing a week or erasing figures because the clock jumped ahead could
 * not be undone. So when the clock moved by days, the agent is warned and counts wait. Keeps its own state, no other
 * effects.
 */
import { weekIndex, weekOfMoment, type Week } from './iso-week.ts';

export interface ClockTrustDeps {
  /** The wall clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** A monotonic clock, in milliseconds, that also runs while the machine sleeps. */
  readonly steadyMs: () => number;
  /** True while the system's time service is synchronised with a network server; undefined when that is unknown. */
  readonly isNetworkTime: () => boolean | undefined;
  /** The last week with a count, from earlier runs too; null: there is none; undefined: the file is not open. */
  readonly lastWeek: () => Week | null | undefined;
}

export type Verdict =
  | {
      readonly kind: 'steady';
      readonly ms: number;
      readonly week: Week;
      /** False for a clock that jumped and then stayed steady: counts use it, but nothing is signed or erased by it. */
      readonly sure: boolean;
    }
  | { readonly kind: 'wrong'; readonly why: 'implausible' | 'behind' | 'ahead' };

/** Outside this range the clock is wrong: before the first version, or after the life of any machine. */
const PLAUSIBLE_FROM_MS = Date.UTC(2026, 0, 1);
const PLAUSIBLE_UNTIL_MS = Date.UTC(2066, 0, 1);
const HOUR_MS = 3_600_000;
/** The clock may be corrected by this much without losing trust. */
const TOLERATED_MS = 12 * HOUR_MS;
/** A clock that jumped is trusted again after running this long without another jump: half a day of service. */
const STAYS_MS = 6 * HOUR_MS;

interface Moment {
  readonly wallMs: number;
  readonly steadyMs: number;
}

/** How far the wall clock moved beyond the elapsed time. */
const drift = (from: Moment, to: Moment): number => to.wallMs - from.wallMs - (to.steadyMs - from.steadyMs);

export const createClockTrust = (deps: ClockTrustDeps): (() => Verdict) => {
  /** The last trusted reading. */
  let trusted: (Moment & { readonly sure: boolean }) | undefined;
  /** The reading since which an untrusted clock has run without another jump. */
  let suspected: Moment | undefined;

  const suspicion = (at: Moment): 'behind' | 'ahead' | undefined => {
    if (trusted) {
      const by = drift(trusted, at);
      return by < -TOLERATED_MS ? 'behind' : by > TOLERATED_MS ? 'ahead' : undefined;
    }
    const last = deps.lastWeek();
    if (last === null || last === undefined) return undefined;
    const weeks = weekIndex(weekOfMoment(at.wallMs).week) - weekIndex(last);
    // One week ahead is normal: the kiosk was off over the end of a week. More than that must first prove steady.
    return weeks < 0 ? 'behind' : weeks > 1 ? 'ahead' : undefined;
  };
  const trust = (at: Moment, sure: boolean): Verdict => {
    trusted = { ...at, sure };
    suspected = undefined;
    return { kind: 'steady', ms: at.wallMs, week: weekOfMoment(at.wallMs).week, sure };
  };

  return () => {
    const at = { wallMs: deps.now(), steadyMs: deps.steadyMs() };
    if (at.wallMs < PLAUSIBLE_FROM_MS || at.wallMs >= PLAUSIBLE_UNTIL_MS) {
      suspected = undefined;
      return { kind: 'wrong', why: 'implausible' };
    }
    if (deps.isNetworkTime() === true) return trust(at, true);
    const why = suspicion(at);
    if (!trusted && deps.lastWeek() === undefined)
      return { kind: 'steady', ms: at.wallMs, week: weekOfMoment(at.wallMs).week, sure: false };
    if (why === undefined) return trust(at, trusted?.sure ?? true);
    if (!suspected || Math.abs(drift(suspected, at)) > HOUR_MS) suspected = at;
    return at.steadyMs - suspected.steadyMs >= STAYS_MS ? trust(at, false) : { kind: 'wrong', why };
  };
};
