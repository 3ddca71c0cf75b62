import { expect, it } from 'vitest';
import { createScannerFinder } from '../../../main/features/scanning/scanner-finder.ts';
import { sleep } from '../../../main/platform/clock.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

it('logs what it found only when that changes, because people look again', async () => {
  const logged: string[] = [];
  let isThere = false;
  const scanner = { describe: async () => ({ ok: true, value: {} }) };
  const finder = createScannerFinder({
    findScanner: async () => (isThere ? (scanner as never) : undefined),
    firstScreen: Promise.resolve(),
    clock: createManualClock(),
    logger: { log: (event) => void logged.push(event) },
    onChange: () => undefined,
  });
  for (const now of [false, false, true, true, false]) {
    isThere = now;
    await finder.look();
  }
  expect(logged).toEqual(['scanner.none', 'scanner.found', 'scanner.none']);
});

it('has all its time on a PC that takes long to show its first screen', async () => {
  const clock = createManualClock();
  const firstScreen = Promise.withResolvers<void>();
  const scanner = { describe: async () => ({ ok: true, value: {} }) };
  const finder = createScannerFinder({
    findScanner: async () => {
      await sleep(clock, 20_000);
      return scanner as never;
    },
    firstScreen: firstScreen.promise,
    clock,
    logger: { log: () => undefined },
    onChange: () => undefined,
  });
  const looked = finder.look();
  await clock.advance(30_000);
  expect(finder.looking).toBe(true);
  firstScreen.resolve();
  await clock.advance(25_000);
  await looked;
  expect(finder.found).toMatchObject({ scanner });
});
