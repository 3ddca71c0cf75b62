import { expect, it } from 'vitest';
import { firstAnswer } from '../../../main/devices/first-answer.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const never = (): Promise<never> => new Promise(() => undefined);

it('takes the first of the list that answers, not the fastest', async () => {
  const clock = createManualClock();
  const answer = firstAnswer(clock, 1_000, ['none', 'slow', 'fast'], async (one) => {
    if (one === 'slow') await new Promise<void>((resolve) => clock.after(500, resolve));
    return one === 'none' ? undefined : one;
  });
  await clock.advance(500);
  expect(await answer).toBe('slow');
});

it('takes whoever answered when the time is up', async () => {
  const clock = createManualClock();
  const answer = firstAnswer(clock, 1_000, ['silent', 'late', 'fast', 'other'], async (one) => {
    if (one === 'silent') return never();
    if (one === 'late') await new Promise<void>((resolve) => clock.after(1_500, resolve));
    return one;
  });
  await clock.advance(2_000);
  expect(await answer).toBe('fast');
});

it('begins the next one when an earlier one has ended', async () => {
  const asked: number[] = [];
  const candidates = Array.from({ length: 25 }, (_, at) => at);
  const answer = await firstAnswer(createManualClock(), 1_000, candidates, async (one) => {
    asked.push(one);
    return one === 20 ? 'here' : undefined;
  });
  expect(answer).toBe('here');
  expect(asked.length).toBeGreaterThan(20);
});

it('stops asking the others once one was taken', async () => {
  const aborted: number[] = [];
  const answer = await firstAnswer(createManualClock(), 1_000, [0, 1, 2], (one, signal) => {
    if (one === 0) return Promise.resolve('here');
    signal.addEventListener('abort', () => aborted.push(one));
    return never();
  });
  expect(answer).toBe('here');
  expect(aborted).toEqual([1, 2]);
});

it('fails with the one it waits for, and is not disturbed by one that fails behind it', async () => {
  const clock = createManualClock();
  const broken = async (): Promise<string> => {
    throw new Error('broken');
  };
  await expect(firstAnswer(clock, 1_000, [0], broken)).rejects.toThrow('broken');
  const answer = firstAnswer(clock, 1_000, [0, 1], async (one) => {
    if (one === 1) return broken();
    await new Promise<void>((resolve) => clock.after(500, resolve));
    return 'here';
  });
  await new Promise((resolve) => setImmediate(resolve)); // an unhandled rejection would be reported by now
  await clock.advance(500);
  expect(await answer).toBe('here');
});

it('has no answer of nobody', async () => {
  expect(await firstAnswer(createManualClock(), 1_000, [], never)).toBeUndefined();
});
