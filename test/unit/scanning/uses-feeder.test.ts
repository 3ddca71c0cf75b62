import { expect, it } from 'vitest';
import { usesFeeder } from '../../../renderer/features/scanning/uses-feeder.ts';

it.each([
  ['several', { glass: true, feeder: true }, true],
  ['both-sides', { glass: true, feeder: true }, true],
  ['several', { glass: true, feeder: false }, false],
  ['single', { glass: true, feeder: true }, false],
  ['card', { glass: true, feeder: true }, false],
  ['single', { glass: false, feeder: true }, true],
] as const)('%s, with %j: the feeder is drawn is %s', (mode, scanner, drawn) => {
  expect(usesFeeder({ mode }, scanner)).toBe(drawn);
});
