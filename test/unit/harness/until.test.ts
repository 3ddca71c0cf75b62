import { expect, it } from 'vitest';
import { until } from '../../harness/until.ts';

const standStill = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

it('names what was expected', async () => {
  await expect(until('the paper', () => false, 50)).rejects.toThrow('not within 50 ms: the paper');
  await expect(
    until(
      () => 'nothing came',
      () => undefined,
      50,
    ),
  ).rejects.toThrow('nothing came');
});

it('does not count the time in which its process stood still', async () => {
  let came = false;
  setTimeout(() => {
    standStill(1_500);
    setTimeout(() => (came = true), 200);
  }, 1);
  await until('what takes 200 ms', () => came, 500);
});
