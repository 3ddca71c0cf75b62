import { expect, it } from 'vitest';
import { createHostResolver } from '../../../main/platform/resolve-host.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

/** A numeric name, for which no DNS request is sent. */
const name = (index: number): string => `10.0.${Math.floor(index / 250)}.${1 + (index % 250)}`;

it('caches a name for a minute', async () => {
  const clock = createManualClock();
  const resolve = createHostResolver(clock);
  const first = resolve(name(0));
  expect(await first).toEqual(['10.0.0.1']);
  expect(resolve(name(0))).toBe(first);
  await clock.advance(61_000);
  expect(resolve(name(0))).not.toBe(first);
});

it('caches the latest thousand names', async () => {
  const resolve = createHostResolver(createManualClock());
  const first = resolve(name(0));
  const second = resolve(name(1));
  for (let index = 2; index < 1_001; index++) void resolve(name(index));
  expect(resolve(name(1))).toBe(second);
  expect(resolve(name(0))).not.toBe(first);
  await second;
});
