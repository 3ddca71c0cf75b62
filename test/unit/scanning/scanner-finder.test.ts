import { expect, it } from 'vitest';
import { createScannerFinder } from '../../../main/features/scanning/scanner-finder.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

it('logs what it found only when that changes, because people look again', async () => {
  const logged: string[] = [];
  let isThere = false;
  const scanner = { describe: async () => ({ ok: true, value: {} }) };
  const finder = createScannerFinder({
    findScanner: async () => (isThere ? (scanner as never) : undefined),
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
