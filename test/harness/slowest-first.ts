/**
 * Starts the slowest test files first, so that no worker is still busy with one after the others have finished. Vitest
 * knows durations only from earlier runs, which a fresh clone does not have.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Slowest first. Files not listed here run afterwards, in Vitest's order. */
const SLOW = [
  'integration/scanning/no-ink-lost',
  'integration/sites/real/what-is-printed',
  'e2e/screens-in-sight',
  'e2e/tutorials',
  'integration/sites/real/windows-beside',
  'contract/scanner/escl',
  'e2e/escape/escape',
  'integration/scanning/upright',
  'e2e/printing',
  'e2e/printing-faults',
  'e2e/unfinished-scan',
  'integration/kiosk/new-feature',
  'e2e/scanning',
  'e2e/usb',
  'integration/sites/real/documents-taken',
  'integration/scanning/scanning',
  'integration/sites/real/pdf-in-place',
  'e2e/covers',
  'e2e/agent',
  'integration/printing/queue-standstill',
  'integration/printing/two-kiosks',
  'e2e/tutorials-shipped',
  'e2e/residue',
  'contract/shell/shell',
  'integration/documents/office',
  'integration/sites/real/mailbox',
  'integration/os/packed',
  'integration/kiosk/bad-machine',
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
