import { describe, expect, it } from 'vitest';
import { isOurRun, isRunAlive, runMark } from '../../../main/platform/run-mark.ts';

describe('who made a throw-away folder', () => {
  it('is this process, and it lives', () => {
    const mark = `${runMark()}aB3x9Z`;
    expect([isOurRun(mark), isRunAlive(mark)]).toEqual([true, true]);
  });

  it('is not the process that has the same number after a power cut', () => {
    const earlier = runMark().replace(/-(\d+)-/, (_, ticks: string) => `-${Number(ticks) + 1}-`);
    expect([isOurRun(`${earlier}aB3x9Z`), isRunAlive(`${earlier}aB3x9Z`)]).toEqual([false, false]);
  });

  it('is nobody when the process is gone or the name says nothing', () => {
    for (const mark of ['4194304-1-aB3x9Z', '-aB3x9Z', 'aB3x9Z', '']) expect(isRunAlive(mark)).toBe(false);
  });

  // Windows tells no birth, and gives the numbers of yesterday to others: what an interrupted run left would stay.
  it('is nobody else’s where the system tells no birth', () => {
    expect([isRunAlive('1--aB3x9Z'), isRunAlive(`${process.ppid}--aB3x9Z`)]).toEqual([false, false]);
    expect(isRunAlive(`${process.pid}--aB3x9Z`)).toBe(true);
  });
});
