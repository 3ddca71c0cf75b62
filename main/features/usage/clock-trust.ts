/**
 * Decides whether the clock can be trusted. Signing a week or erasing figures because the clock jumped ahead could
 * not be undone. So when the clock moved by days, the agent is warned and counts wait. Keeps its own state, no other
 * effects.
 */
import { isPlausible } from '../../platform/clock.ts';
import { weekOfMoment, type Week } from './iso-week.ts';
import { dayOfMoment } from './weeks-over.ts';

export interface ClockTrustDeps {
  /** The wall clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** A monotonic clock, in milliseconds, that also runs while the machine sleeps. */
  readonly steadyMs: () => number;
  /** True while the system's time service is synchronised with a network server; undefined when that is unknown. */
  readonly isNetworkTime: () => boolean | undefined;
  /**
   * The last day with a count, from earlier runs too, as counted by `dayOfMoment`; null: there is none; undefined: the
   * file is not open.
   */
  readonly lastDay: () => number | null | undefined;
}

export type Verdict =
  | {
      readonly kind: 'steady';
      readonly ms: number;
      readonly week: Week;
      /**
       * True when network time confirmed it in this run. Otherwise counts use it, but `weeks-over.ts` must decide which
       * weeks are over before one is published, signed or erased.
       */
      readonly sure: boolean;
    }
  | { readonly kind: 'wrong'; readonly why: 'implausible' | 'behind' | 'ahead' };

const HOUR_MS = 3_600_000;
/** The clock may be corrected by this much and still be used for counting. */
const TOLERATED_MS = 12 * HOUR_MS;
/** A kiosk may have been off for a week. Further ahead, the clock must first stay steady. */
const AHEAD_DAYS = 8;
/**
 * A clock that jumped is used for counting after running this long without another jump. Short enough for a kiosk that
 * is on for a half-day at a time: otherwise its counts would wait forever.
 */
const STAYS_MS = 3 * HOUR_MS;

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
    const last = deps.lastDay();
    if (last === null || last === undefined) return undefined;
    const day = dayOfMoment(at.wallMs);
    if (Math.floor(day / 7) < Math.floor(last / 7)) return 'behind';
    return day - last >= AHEAD_DAYS ? 'ahead' : undefined;
  };
  const trust = (at: Moment, sure: boolean): Verdict => {
    trusted = { ...at, sure };
    suspected = undefined;
    return steady(at, sure);
  };

  return () => {
    const at = { wallMs: deps.now(), steadyMs: deps.steadyMs() };
    if (!isPlausible(at.wallMs)) {
      suspected = undefined;
      return { kind: 'wrong', why: 'implausible' };
    }
    if (deps.isNetworkTime() === true) return trust(at, true);
    const why = suspicion(at);
    if (!trusted && deps.lastDay() === undefined) return steady(at, false);
    if (why === undefined) return trust(at, trusted?.sure === true && Math.abs(drift(trusted, at)) <= HOUR_MS);
    if (!suspected || Math.abs(drift(suspected, at)) > HOUR_MS) suspected = at;
    return at.steadyMs - suspected.steadyMs >= STAYS_MS ? trust(at, false) : { kind: 'wrong', why };
  };
};

const steady = ({ wallMs }: Moment, sure: boolean): Verdict => ({
  kind: 'steady',
  ms: wallMs,
  week: weekOfMoment(wallMs).week,
  sure,
});
