import { describe, expect, it } from 'vitest';
import { isMine, makerLives, makerMark } from '../../../main/platform/maker.ts';

describe('who made a throw-away folder', () => {
  it('is this process, and it lives', () => {
    const mark = `${makerMark()}aB3x9Z`;
    expect([isMine(mark), makerLives(mark)]).toEqual([true, true]);
  });

  it('is not the process that has the same number after a power cut', () => {
    const earlier = makerMark().replace(/-(\d+)-/, (_, ticks: string) => `-${Number(ticks) + 1}-`);
    expect([isMine(`${earlier}aB3x9Z`), makerLives(`${earlier}aB3x9Z`)]).toEqual([false, false]);
  });

  it('is nobody when the process is gone or the name says nothing', () => {
    for (const mark of ['4194304-1-aB3x9Z', '-aB3x9Z', 'aB3x9Z', '']) expect(makerLives(mark)).toBe(false);
  });
});
