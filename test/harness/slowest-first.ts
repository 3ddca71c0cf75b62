/**
 * Starts the slowest test files first, so that no worker is still busy with one after the others have finished. Vitest
 * knows durations only from earlier runs, which a fresh clone does not have.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Slowest first. Files not listed here run afterwards, in Vitest's order. */
const SLOW = [
  'e2e/printing-faults',
  'e2e/agent',
  'e2e/covers',
  'e2e/printing',
  'e2e/escape/escape',
  'e2e/scanning',
  'e2e/usb',
  'e2e/residue',
  'integration/scanning/scanning',
  'contract/shell/shell',
  'integration/watch/watch',
  'integration/kiosk/bad-machine',
  'integration/documents/tray',
  'integration/printing/ipp-printer',
  'integration/printing/ipp-faults',
  'integration/commands/commands',
  'unit/npm-scripts/checks',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const at = SLOW.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return at < 0 ? SLOW.length : at;
};

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
