/** Plays attempts one after the other on one kiosk; a kiosk that hung is started again for the next. */
import type { Attempt } from './attempt.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';
import { judge, type Verdict } from './usable.ts';

export interface Played {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  readonly ms: number;
  /** A figure that the attempt measured. */
  readonly noted: string;
}

/** `{port}` in an address is where the listener of the local network waits. */
const pageOf = (attempt: Attempt, stage: { readonly port: number }): string =>
  (attempt.page ?? '').replace('{port}', String(stage.port));

const playOne = async (stage: Stage, attempt: Attempt, before: Attempt | undefined): Promise<Verdict> => {
  stage.mark();
  try {
    await stage.begin();
    const there = attempt.same && before?.page === attempt.page && stage.visit();
    if (attempt.page !== undefined && !there) await stage.open(pageOf(attempt, stage.victim));
    else if (attempt.page === undefined && stage.visit()) await stage.say('browsing', 'close');
    await attempt.do?.(stage);
    await new Promise((resolve) => setTimeout(resolve, attempt.waitMs ?? 250));
    const verdict = await judge(stage);
    if (verdict.kind !== 'held') return verdict;
    const broken = await attempt.mustHold?.(stage);
    return broken === undefined ? verdict : { kind: 'escaped', why: broken };
  } catch (error) {
    return { kind: 'hung', why: error instanceof Error ? error.message : String(error) };
  }
};

export const play = async (
  attempts: readonly Attempt[],
  tell: (played: Played) => void,
  options: StageOptions = {},
): Promise<readonly Played[]> => {
  const open = (hurried: boolean): Promise<Stage> =>
    openStage((port) => attempts.filter((one) => one.page !== undefined).map((one) => pageOf(one, { port })), {
      ...options,
      hurried,
    });
  let hurried = attempts[0]?.hurried ?? false;
  let stage = await open(hurried);
  const all: Played[] = [];
  try {
    for (const attempt of attempts) {
      if ((attempt.hurried ?? false) !== hurried) {
        hurried = !hurried;
        await stage.stop();
        stage = await open(hurried);
      }
      const startedMs = performance.now();
      const verdict = await playOne(stage, attempt, all.at(-1)?.attempt);
      const ms = Math.round(performance.now() - startedMs);
      const played = { attempt, verdict, ms, noted: stage.noted() };
      all.push(played);
      tell(played);
      if (verdict.kind === 'hung' && attempt !== attempts.at(-1)) await stage.restart();
    }
  } finally {
    await stage.stop();
  }
  return all;
};
