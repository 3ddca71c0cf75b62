/**
 * Plays attempts one after the other on the same kiosk, and restarts it after a hang. Attempts that use little of the
 * machine run on several kiosks in parallel, each on its own display. The others follow, on two kiosks or on one.
 */
import type { Attempt } from './attempt.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';
import { Untried } from './patience.ts';
import { judge, type Verdict } from './usable.ts';

export interface Played {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  readonly ms: number;
  /** A figure that the attempt measured, or an empty string. */
  readonly noted: string;
}

export interface PlayOptions extends StageOptions {
  /** How many kiosks run in parallel; one when absent. */
  readonly lanes?: number;
}

/** `{port}` in an address stands for the port of the local-network listener. */
const pageOf = (attempt: Attempt, stage: { readonly port: number }): string =>
  (attempt.page ?? '').replace('{port}', String(stage.port));

const isAfter = (attempt: Attempt, before: Attempt | undefined): boolean =>
  before !== undefined && attempt.after === before.name;

/**
 * Whether the open site (or both sites) can be reused. Otherwise closes the mailbox, which would stay for the next
 * site.
 */
const canReuseSites = async (stage: Stage, attempt: Attempt, before: Attempt | undefined): Promise<boolean> => {
  const two = stage.sitesOpen().length === 2;
  if (two && isAfter(attempt, before)) return true;
  const same = attempt.same === true && before?.page === attempt.page;
  if (two && same && attempt.sameBeside && before?.sameBeside && (await stage.isThere())) return true;
  await stage.closeBeside();
  return same && stage.isThere();
};

const playOne = async (stage: Stage, attempt: Attempt, before: Attempt | undefined): Promise<Verdict> => {
  stage.mark();
  try {
    await stage.begin();
    const there = await canReuseSites(stage, attempt, before);
    const follows = attempt.follows && before?.follows && stage.visit();
    if (attempt.page !== undefined && !there)
      await (follows ? stage.follow : stage.open)(pageOf(attempt, stage.victim));
    else if (attempt.page === undefined && stage.visit()) await stage.say('browsing', 'close');
    await attempt.do?.(stage);
    await new Promise((resolve) => setTimeout(resolve, attempt.waitMs ?? 250));
    const verdict = await judge(stage);
    if (verdict.kind !== 'held') return verdict;
    const broken = await attempt.mustHold?.(stage);
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

/** A rough estimate: each attempt's wait plus one second. */
const lengthOf = (row: readonly Attempt[]): number => row.reduce((ms, one) => ms + (one.waitMs ?? 250) + 1_000, 0);
const longestFirst = (rows: (readonly Attempt[])[]): (readonly Attempt[])[] =>
  rows.toSorted((a, b) => lengthOf(b) - lengthOf(a));

export const play = async (
  attempts: readonly Attempt[],
  tell: (played: Played) => void,
  { lanes = 1, ...options }: PlayOptions = {},
): Promise<readonly Played[]> => {
  const all: Played[] = [];
  const pages = (port: number): readonly string[] =>
    attempts.filter((one) => one.page !== undefined).map((one) => pageOf(one, { port }));

  const mailboxes = attempts.map((one) => one.beside).filter((one) => one !== undefined);

  let starting: Promise<unknown> = Promise.resolve();
  /** Kiosks start one after the other: five at once on a busy machine exceed the start timeout of their browsers. */
  const openNext = (of: StageOptions): Promise<Stage> => {
    const next = starting.then(() => openStage(pages, of));
    starting = next.catch(() => undefined);
    return next;
  };

  /** Plays rows on one kiosk until none is left. */
  const playFrom = async (rows: (readonly Attempt[])[], hurried = false): Promise<void> => {
    if (rows.length === 0) return;
    const stage = await openNext({ ...options, hurried, mailboxes });
    try {
      for (let row = rows.shift(); row; row = rows.shift()) {
        let before: Attempt | undefined; // a row shares nothing with the previous one
        for (const attempt of row) {
          const startedMs = performance.now();
          const verdict = await playInTime(stage, attempt, before);
          before = attempt;
          const ms = Math.round(performance.now() - startedMs);
          const played = { attempt, verdict, ms, noted: stage.noted() };
          all.push(played);
          tell(played);
          if (verdict.kind === 'hung') await stage.restart();
        }
      }
    } finally {
      await stage.stop();
    }
  };

  const sideBySide = (kiosks: number, rows: (readonly Attempt[])[]): readonly Promise<void>[] =>
    Array.from({ length: Math.min(kiosks, rows.length) }, () => playFrom(rows));
  const rowsOf = (wanted: (one: Attempt) => boolean | undefined): (readonly Attempt[])[] =>
    longestFirst(inRows(attempts.filter(wanted)));
  const hurried = rowsOf((one) => one.hurried);
  const quiet = rowsOf((one) => !one.hurried && !one.greedy && !one.alone);
  const greedy = rowsOf((one) => one.greedy);
  const alone = rowsOf((one) => one.alone);
  if (lanes === 1) {
    await playFrom([...quiet, ...greedy, ...alone]);
    await playFrom(hurried, true);
  } else {
    await Promise.all([...sideBySide(lanes, quiet), playFrom(hurried, true)]);
    await Promise.all(sideBySide(2, greedy));
    await playFrom(alone);
  }
  return all;
};
