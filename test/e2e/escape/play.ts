/**
 * Plays attempts on kiosks that are kept from one to the next; one that hung is started again. Most attempts leave the machine
 * alone: those are played on several kiosks side by side, each on a display of its own. The others follow, one after the other.
 */
import type { Attempt } from './attempt.ts';
import { openStage, until, type Stage, type StageOptions } from './stage.ts';
import { Untried } from './patience.ts';
import { judge, type Verdict } from './usable.ts';

export interface Played {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  readonly ms: number;
  /** A figure that the attempt measured. */
  readonly noted: string;
}

export interface PlayOptions extends StageOptions {
  /** Kiosks side by side; one when absent. */
  readonly lanes?: number;
}

/** `{port}` in an address is where the listener of the local network waits. */
const pageOf = (attempt: Attempt, stage: { readonly port: number }): string =>
  (attempt.page ?? '').replace('{port}', String(stage.port));

/** A mailbox that an attempt opened stays open for the next site. */
const closeMailbox = async (stage: Stage, attempt: Attempt, before: Attempt | undefined): Promise<void> => {
  const open = stage.sitesOpen();
  const [mailbox] = open.filter((one) => one.mailbox);
  if (!mailbox) return;
  const bothStay = attempt.sameBeside && before?.beside === attempt.beside && before?.page === attempt.page;
  if (bothStay && open.length === 2) return;
  await stage.say('browsing', 'front', { demarche: mailbox.demarche });
  await stage.say('browsing', 'close');
  await until(() => !stage.sitesOpen().some((one) => one.mailbox), 3_000);
};

const playOne = async (stage: Stage, attempt: Attempt, before: Attempt | undefined): Promise<Verdict> => {
  stage.mark();
  try {
    await stage.begin();
    await closeMailbox(stage, attempt, before);
    const there = attempt.same && before?.page === attempt.page && stage.visit();
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

/** The longest waits for three minutes; none may keep the others from being played. */
const ENDS_WITHIN_MS = 300_000;

const playInTime = async (...of: Parameters<typeof playOne>): Promise<Verdict> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'hung', why: 'the attempt never came to an end' }), ENDS_WITHIN_MS);
  });
  return Promise.race([playOne(...of), tooLong]).finally(() => clearTimeout(timer));
};

/** What is played in one go on one kiosk: the attempts of a family share its page, or follow from one another. */
const familyOf = (attempt: Attempt): string => {
  const [first = '', second = '', ...rest] = attempt.name.split('/');
  return rest.length > 0 && first !== 'agent' ? `${first}/${second}` : first;
};

const inFamilies = (attempts: readonly Attempt[]): (readonly Attempt[])[] => {
  const families: Attempt[][] = [];
  for (const attempt of attempts) {
    const last = families.at(-1);
    if (last?.[0] && familyOf(last[0]) === familyOf(attempt)) last.push(attempt);
    else families.push([attempt]);
  }
  return families;
};

export const play = async (
  attempts: readonly Attempt[],
  tell: (played: Played) => void,
  { lanes = 1, ...options }: PlayOptions = {},
): Promise<readonly Played[]> => {
  const all: Played[] = [];
  const pages = (port: number): readonly string[] =>
    attempts.filter((one) => one.page !== undefined).map((one) => pageOf(one, { port }));

  const mailboxes = attempts.map((one) => one.beside).filter((one) => one !== undefined);

  /** One kiosk, as long as there is a family left. */
  const playFrom = async (families: (readonly Attempt[])[], hurried = false): Promise<void> => {
    if (families.length === 0) return;
    const stage = await openStage(pages, { ...options, hurried, mailboxes });
    let before: Attempt | undefined;
    try {
      for (let family = families.shift(); family; family = families.shift()) {
        for (const attempt of family) {
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

  const hurried = inFamilies(attempts.filter((one) => one.hurried));
  const quiet = inFamilies(attempts.filter((one) => !one.hurried && !one.alone));
  const alone = inFamilies(attempts.filter((one) => !one.hurried && one.alone));
  if (lanes === 1) {
    await playFrom([...quiet, ...alone]);
    await playFrom(hurried, true);
  } else {
    await Promise.all([...Array.from({ length: lanes }, () => playFrom(quiet)), playFrom(hurried, true)]);
    await playFrom(alone);
  }
  return all;
};
