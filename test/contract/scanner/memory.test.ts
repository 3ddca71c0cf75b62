/** The scanners without a machine: the folder of a demonstration, and the fake. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../../main/contract/result.ts';
import type { ScannedPage, ScannerFaultCode } from '../../../main/devices/scanner.ts';
import { createFolderScanner } from '../../../main/devices/virtual/scanner-folder.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles, type Files } from '../../../main/platform/files.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { scannerSuite } from './suite.ts';

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_000)]);

const FAULTS: readonly ScannerFaultCode[] = [
  'busy',
  'jam',
  'cover-open',
  'feeder-empty',
  'unplugged',
  'no-answer',
  'garbled',
  'denied',
  'too-large',
  'unsupported',
];

scannerSuite(
  'the fake',
  async ({ sheets = 1, fault, slow, absent, dies }) => {
    const { scanner, controller } = createMemoryScanner();
    const sheet: ScannedPage = { number: 1, dpi: 75, image: { format: 'jpeg', bytes: jpeg } };
    controller.present = !absent;
    const laid = Array.from({ length: sheets }, () => sheet);
    controller.sheets = fault === 'feeder-empty' ? [] : laid;
    if (fault && fault !== 'feeder-empty') controller.fault = { code: fault, afterPages: 0 };
    if (dies) controller.fault = { code: 'unplugged', afterPages: 1 };
    if (slow) controller.gate = new Promise((resolve) => systemClock.after(20, resolve));
    return {
      scanner,
      stop: async () => undefined,
      leftovers: async () => [],
      repair() {
        controller.sheets = laid;
        controller.fault = undefined;
      },
    };
  },
  { feeder: 5, faults: FAULTS },
);

scannerSuite(
  'the folder of a demonstration',
  async ({ sheets = 1, fault, slow, absent, dies }) => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-scans-'));
    const put = (content: Uint8Array): void => {
      for (let n = 1; n <= sheets; n += 1) writeFileSync(join(folder, `page-${n}.jpg`), content);
    };
    if (!absent) put(fault === 'garbled' ? Buffer.alloc(2_000, 'not a picture') : jpeg);
    let readsLeft = fault === 'unplugged' ? 0 : dies ? 1 : Infinity;
    const files: Files = {
      ...systemFiles,
      async readBytes(path) {
        readsLeft -= 1;
        return readsLeft < 0 ? fail({ kind: 'missing', path, code: 'ENOENT' }) : systemFiles.readBytes(path);
      },
    };
    return {
      scanner: createFolderScanner({ files, clock: systemClock, folder, pageMs: slow ? 400 : 0 }),
      stop: async () => rmSync(folder, { recursive: true, force: true }),
      leftovers: async () => [],
      repair() {
        readsLeft = Infinity;
        put(jpeg);
      },
    };
  },
  // A folder has no cover, no feeder that jams, and nobody else who uses it.
  { feeder: 5, faults: ['unplugged', 'garbled'] },
);
