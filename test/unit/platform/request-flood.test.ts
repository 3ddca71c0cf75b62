import { describe, expect, it } from 'vitest';
import { createFloodDetector } from '../../../main/platform/request-flood.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const counted = () => {
  const clock = createManualClock();
  const heard: number[] = [];
  const ask = createFloodDetector(clock, () => heard.push(clock.monotonicMs()));
  const askFor = async (seconds: number, perSecond: number): Promise<void> => {
    for (let tenth = 0; tenth < seconds * 10; tenth++) {
      for (let i = 0; i < perSecond / 10; i++) ask();
      await clock.advance(100);
    }
    ask();
  };
  return { askFor, clock, heard };
};

describe('a flood of requests', () => {
  it('is reported once, after three seconds', async () => {
    const { askFor, heard } = counted();
    await askFor(2, 4_000);
    expect(heard).toEqual([]);
    await askFor(6, 4_000);
    expect(heard.length).toBe(1);
  });

  it('is not reported for a page that moves its window at every animation frame', async () => {
    const { askFor, heard } = counted();
    await askFor(20, 500);
    expect(heard).toEqual([]);
  });

  it('is not reported for bursts with pauses between them', async () => {
    const { askFor, clock, heard } = counted();
    for (let burst = 0; burst < 10; burst++) {
      await askFor(1, 4_000);
      await clock.advance(5_000);
    }
    expect(heard).toEqual([]);
  });
});
