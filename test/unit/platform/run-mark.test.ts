import { describe, expect, it } from 'vitest';
import { isOurRun, isRunAlive, runMark } from '../../../main/platform/run-mark.ts';

describe('the run that created a temporary folder', () => {
  it('is this process, which is alive', () => {
    const mark = `${runMark()}aB3x9Z`;
    expect([isOurRun(mark), isRunAlive(mark)]).toEqual([true, true]);
  });

  it('is not a process that has the same pid after a power cut', () => {
    const earlier = runMark().replace(/-(\d+)-/, (_, ticks: string) => `-${Number(ticks) + 1}-`);
    expect([isOurRun(`${earlier}aB3x9Z`), isRunAlive(`${earlier}aB3x9Z`)]).toEqual([false, false]);
  });

  it('is dead when the process is gone or the name has no mark', () => {
    for (const mark of ['4194304-1-aB3x9Z', '-aB3x9Z', 'aB3x9Z', '']) expect(isRunAlive(mark)).toBe(false);
  });

  // Windows gives no start time here and reuses pids. Trusting a pid alone would keep the remains of an interrupted
  // run.
  it('counts as dead without a start time, unless it is this process', () => {
    expect([isRunAlive('1--aB3x9Z'), isRunAlive(`${process.ppid}--aB3x9Z`)]).toEqual([false, false]);
    expect(isRunAlive(`${process.pid}--aB3x9Z`)).toBe(true);
  });
});
