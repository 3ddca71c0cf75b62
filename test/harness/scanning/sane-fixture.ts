/** The SANE adapter with the real `scanimage` on SANE's virtual devices. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSaneScanner, type SaneScannerDeps } from '../../../main/devices/sane/sane-scanner.ts';
import type { Scanner } from '../../../main/devices/scanner.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { createFifos } from '../../../main/platform/fifo.ts';
import { systemPrivateFiles } from '../../../main/platform/private-files.ts';
import { run, spawnProcess } from '../../../main/platform/run.ts';

export interface SaneFixture {
  readonly scanner: Scanner;
  readonly folder: string;
  stop(): Promise<void>;
  leftovers(): Promise<readonly string[]>;
}

export const saneFixture = async (over: Partial<SaneScannerDeps>): Promise<SaneFixture> => {
  const folder = await mkdtemp(join(tmpdir(), 'sane-stage-'));
  const scanner = createSaneScanner({
    run,
    spawn: spawnProcess,
    fifos: createFifos({ run }),
    files: systemPrivateFiles,
    clock: systemClock,
    folder: join(folder, 'pipes'),
    device: 'test',
    ...over,
  });
  return {
    scanner,
    folder,
    stop: () => rm(folder, { recursive: true, force: true }),
    leftovers: () => readdir(join(folder, 'pipes')).catch(() => []),
  };
};
