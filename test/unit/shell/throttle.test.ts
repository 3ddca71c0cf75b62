import { expect, it } from 'vitest';
import { throttleToASecond } from '../../../main/shell/guest/throttle.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

it('runs at the first call, then at the first one of each second', async () => {
  const clock = createManualClock();
  const ranAtMs: number[] = [];
  const startMs = clock.monotonicMs();
  const run = throttleToASecond(clock, () => void ranAtMs.push(clock.monotonicMs() - startMs));
  for (let i = 0; i < 250; i++) {
    run();
    run();
    await clock.advance(10);
  }
  await clock.advance(5_000);
  run();
  expect(ranAtMs).toEqual([0, 1_000, 2_000, 7_500]);
});
