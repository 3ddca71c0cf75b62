/** What an entry of the catalogue is. Add one in under ten lines: `README.md` shows how. */
import type { Stage } from './stage.ts';

export interface Attempt {
  /** `family/short-name`, unique. */
  readonly name: string;
  /** What is tried, for the person who reads the run. */
  readonly what: string;
  /** Address on the misbehaving site the démarche opens at; none: no site is open, our own screens are tried. */
  readonly page?: string;
  /** Where the mailbox opens that `do` puts beside it: `stage.openBeside`. */
  readonly beside?: string;
  /** The mailbox of such an attempt before may stay: `do` opens it only if it is not there, or leads it to its own page. */
  readonly sameBeside?: true;
  /** Name of the attempt whose sites it finds as they were left, where it is played right after that one. */
  readonly after?: string;
  /** Already on a page of the attempt before: nothing is opened again. */
  readonly same?: true;
  /** The site of the attempt before may lead here, in the browser that it has: what is tried is the page's alone. */
  readonly follows?: true;
  /** What is tried once the page is there; nothing when the page acts by itself. */
  readonly do?: (stage: Stage) => unknown;
  /** Beyond being usable: answers what went wrong. */
  readonly mustHold?: (stage: Stage) => Promise<string | undefined> | string | undefined;
  /** Left to act before the check. */
  readonly waitMs?: number;
  /** Says nothing about Electron, and why: told and counted there, not played. */
  readonly chromiumOnly?: string;
  /** Played on a kiosk that waits for nobody: `HURRY` of the stage. */
  readonly hurried?: boolean;
  /** Takes much of the machine: beside another one of these at most. */
  readonly greedy?: true;
  /** Timed so closely that no other kiosk is played beside it. */
  readonly alone?: true;
  /** Part of the short run in `npm test`. */
  readonly fast?: true;
}
