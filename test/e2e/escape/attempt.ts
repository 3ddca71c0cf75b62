/** The shape of a catalogue entry. `README.md` shows how to add one in under ten lines. */
import type { Fixture } from './fixture.ts';

export interface Attempt {
  /** `family/short-name`, unique. */
  readonly name: string;
  /** What is tried, for the person who reads the run. */
  readonly what: string;
  /**
   * Address on the misbehaving site where the démarche opens. Absent: no site is open, and our own screens are tried.
   */
  readonly page?: string;
  /** Address of the mailbox that `do` opens beside it with `fixture.openBeside`. */
  readonly beside?: string;
  /** The previous attempt's mailbox may stay open. `do` navigates it to its own page, or opens one if there is none. */
  readonly sameBeside?: true;
  /** Name of another attempt. When played right after it, this one reuses the sites in the state that it left. */
  readonly after?: string;
  /** Reuses the page of the previous attempt if it has the same address: nothing is opened again. */
  readonly same?: true;
  /** The previous attempt's browser may navigate here, because this attempt depends on nothing but its own page. */
  readonly follows?: true;
  /** What is tried once the page is open. Absent when the page acts by itself. */
  readonly do?: (fixture: Fixture) => unknown;
  /** Checked in addition to `usable.ts`. Returns what went wrong. */
  readonly mustHold?: (fixture: Fixture) => Promise<string | undefined> | string | undefined;
  /** Time between `do` and the check. */
  readonly waitMs?: number;
  /** Rough duration, where it is much longer than `waitMs`: long attempts start first. */
  readonly lastsMs?: number;
  /** Why this attempt proves nothing on Electron. There it is listed and counted, but not played. */
  readonly chromiumOnly?: string;
  /** Played on a kiosk with very short idle times: `HURRY` in `fixture.ts`. */
  readonly hurried?: boolean;
  /** Uses much CPU or memory: at most two of these run at the same time. */
  readonly greedy?: true;
  /** Measures a short time, so no other kiosk may run at the same time. */
  readonly alone?: true;
  /** Part of the short run in `npm test`. */
  readonly fast?: true;
}
