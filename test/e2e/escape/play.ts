/**
 * Plays attempts one after the other on the same kiosk, and restarts it after a hang. Attempts that use little of the
 * machine run on several kiosks in parallel, each on its own display. The others follow, on two kiosks or on one.
 */
import type { Attempt } from './attempt.ts';
import { openFixture, type Fixture, type FixtureOptions } from './fixture.ts';
import { Untried } from './patience.ts';
import { judge, type Verdict } from './usable.ts';

export interface Played {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  readonly ms: number;
  /** A figure that the attempt measured, or an empty string. */
  readonly noted: string;
  /** What was seen, when it did not hold. */
  readonly trace: readonly string[];
}

export interface PlayOptions extends FixtureOptions {
  /** How many kiosks run in parallel; one when absent. */
  readonly lanes?: number;
}

/** `{port}` in an address stands for the port of the local-network listener. */
const pageOf = (attempt: Attempt, fixture: { readonly port: number }): string =>
  (attempt.page ?? '').replace('{port}', String(fixture.port));

const isAfter = (attempt: Attempt, before: Attempt | undefined): boolean =>
  before !== undefined && attempt.after === before.name;

/**
 * Whether the open site (or both sites) can be reused. If not, a mailbox is closed: it would stay for the next site.
 */
const canReuseSites = async (fixture: Fixture, attempt: Attempt, before: Attempt | undefined): Promise<boolean> => {
  const two = fixture.sitesOpen().length === 2;
  if (two && isAfter(attempt, before)) return true;
  const same = attempt.same === true && before?.page === attempt.page;
  if (two && same && attempt.sameBeside && before?.sameBeside && (await fixture.isThere())) return true;
  await fixture.closeBoth();
  return same && fixture.isThere();
};

const playOne = async (fixture: Fixture, attempt: Attempt, before: Attempt | undefined): Promise<Verdict> => {
  fixture.mark();
  try {
    await fixture.begin();
    const there = await canReuseSites(fixture, attempt, before);
    const follows = attempt.follows && before?.follows && fixture.visit();
    if (attempt.page !== undefined && !there)
      await (follows ? fixture.follow : fixture.open)(pageOf(attempt, fixture.victim));
    else if (attempt.page === undefined && fixture.visit()) await fixture.say('browsing', 'close');
    await attempt.do?.(fixture);
    await new Promise((resolve) => setTimeout(resolve, attempt.waitMs ?? 250));
    const verdict = await judge(fixture);
    if (verdict.kind !== 'held') return verdict;
    const broken = await attempt.mustHold?.(fixture);
    return broken === undefined ? verdict : { kind: 'escaped', why: broken };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof Untried ? 'untried' : 'hung', why };
  }
};

/** The slowest attempt takes three minutes. One that never ends must not block the rest of the run. */
const ENDS_WITHIN_MS = 300_000;

const playInTime = async (...of: Parameters<typeof playOne>): Promise<Verdict> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'hung', why: 'the attempt never came to an end' }), ENDS_WITHIN_MS);
  });
  return Promise.race([playOne(...of), tooLong]).finally(() => clearTimeout(timer));
};

/** Short rows balance the load: no kiosk runs on long after the others have finished. */
const LONGEST_ROW = 25;

/**
 * Whether two attempts belong in one row, played on one kiosk without a break: they share a page or a browser, both try
 * our own screens, or both are the agent's.
 */
const goesOn = (attempt: Attempt, before: Attempt | undefined): boolean =>
  before !== undefined &&
  ((attempt.name.startsWith('agent/') && before.name.startsWith('agent/')) ||
    (attempt.follows === true && before.follows === true) ||
    // An attempt that leaves its page or kills its browser has no `same`.
    (attempt.same === true && before.same === true && attempt.page === before.page) ||
    (attempt.page === undefined && before.page === undefined));

const inRows = (attempts: readonly Attempt[]): (readonly Attempt[])[] => {
  const rows: Attempt[][] = [];
  for (const attempt of attempts) {
    const last = rows.at(-1);
    const before = last?.at(-1);
    if (last && (isAfter(attempt, before) || (last.length < LONGEST_ROW && goesOn(attempt, before))))
      last.push(attempt);
    else rows.push([attempt]);
  }
  return rows;
};

/** A rough estimate: each attempt's wait plus one second, if it gives none itself. */
const lengthOf = (row: readonly Attempt[]): number =>
  row.reduce((ms, one) => ms + (one.lastsMs ?? (one.waitMs ?? 250) + 1_000), 0);
/** Rows that no kiosk has taken yet, the longest first. */
type Queue = (readonly Attempt[])[];
const longestFirst = (rows: Queue): Queue => rows.toSorted((a, b) => lengthOf(b) - lengthOf(a));

/** A row this short opens a browser for almost every attempt. */
const SHORT_ROW = 3;
/**
 * So many kiosks play the short rows, and the others the long ones. Opening browsers fills both cores, and the attempts
 * that keep theirs mostly wait: side by side they fill each other's gaps. Five kiosks that all open browsers are slower
 * than two.
 */
const OPENING_LANES = 2;

export const play = async (
  attempts: readonly Attempt[],
  report: (played: Played) => void,
  { lanes = 1, ...options }: PlayOptions = {},
): Promise<readonly Played[]> => {
  const all: Played[] = [];
  const pages = (port: number): readonly string[] =>
    attempts.filter((one) => one.page !== undefined).map((one) => pageOf(one, { port }));

  const mailboxes = attempts.map((one) => one.beside).filter((one) => one !== undefined);

  let starting: Promise<unknown> = Promise.resolve();
  /** Kiosks start one after the other: five at once on a busy machine exceed the start timeout of their browsers. */
  const openNext = (of: FixtureOptions, isWanted: () => boolean): Promise<Fixture | undefined> => {
    const next = starting.then(() => (isWanted() ? openFixture(pages, of) : undefined));
    starting = next.catch(() => undefined);
    return next;
  };

  /** Plays rows on one kiosk until none is left: those of the first queue, then of the next. */
  const playFrom = async (queues: readonly Queue[], hurried = false): Promise<void> => {
    const isWanted = (): boolean => queues.some((rows) => rows.length > 0);
    const fixture = await openNext({ ...options, hurried, mailboxes }, isWanted);
    if (fixture === undefined) return;
    const take = (): readonly Attempt[] | undefined => queues.find((rows) => rows.length > 0)?.shift();
    try {
      for (let row = take(); row; row = take()) {
        let before: Attempt | undefined; // a row shares nothing with the previous one
        for (const attempt of row) {
          const startedMs = performance.now();
          const verdict = await playInTime(fixture, attempt, before);
          before = attempt;
          const ms = Math.round(performance.now() - startedMs);
          const trace = verdict.kind === 'held' ? [] : fixture.trace();
          const played = { attempt, verdict, ms, noted: fixture.noted(), trace };
          all.push(played);
          report(played);
          if (verdict.kind === 'hung') await fixture.restart();
        }
      }
    } finally {
      await fixture.stop();
    }
  };

  const rowsOf = (wanted: (one: Attempt) => boolean | undefined): Queue =>
    longestFirst(inRows(attempts.filter(wanted)));
  const hurried = rowsOf((one) => one.hurried);
  const quiet = rowsOf((one) => !one.hurried && !one.greedy && !one.alone);
  const opening = quiet.filter((row) => row.length <= SHORT_ROW);
  const reusing = quiet.filter((row) => row.length > SHORT_ROW);
  const greedy = rowsOf((one) => one.greedy);
  const alone = rowsOf((one) => one.alone);
  if (lanes === 1) {
    await playFrom([opening, reusing, greedy, alone]);
    await playFrom([hurried], true);
  } else {
    const sideBySide = Array.from({ length: lanes }, (_, lane) =>
      playFrom(lane < OPENING_LANES ? [opening, reusing] : [reusing, opening]),
    );
    // The kiosk of the hurried ones is done half-way, and makes room for one more.
    await Promise.all([...sideBySide, playFrom([hurried], true).then(() => playFrom([reusing, opening]))]);
    await Promise.all([playFrom([greedy]), playFrom([greedy])]);
    await playFrom([alone]);
  }
  return all;
};
