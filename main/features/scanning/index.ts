/** Scanning on this machine: its scanner, the page thread, the French reader from its npm package. */
import { availableParallelism } from 'node:os';
import { createFilePins } from '../../devices/ipp/file-pins.ts';
import { findScanner } from '../../devices/open-scanner.ts';
import type { PageOperations } from './pages/operations.ts';
import { createTesseractReader } from '../../devices/tesseract/tesseract-reader.ts';
import { createScanning, type Scanning, type ScanningDeps } from './scanning.ts';
import { appRoot, outsideArchive } from '../../platform/app-root.ts';
import { createAskThread } from '../../platform/ask-thread.ts';
import { browseServices } from '../../platform/dns-sd.ts';
import { createFifos } from '../../platform/fifo.ts';
import { systemHttp } from '../../platform/http.ts';
import { systemPrivateFiles } from '../../platform/private-files.ts';
import { run, spawnProcess } from '../../platform/run.ts';
import type { KioskSystem } from '../system.ts';

export interface ScanningPorts extends Pick<ScanningDeps, 'publish' | 'counts' | 'holds' | 'tray'> {
  /** Pictures of sheets, for the demonstration scanner. */
  readonly demonstrationFolder: string;
  /** The first search starts programs of its own: it waits for our first screen. */
  readonly searchFrom: Promise<void>;
}

const windowsImaging = () => ({
  powershell: `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
  script: outsideArchive(`${appRoot()}/dist/main/devices/wia/scan.ps1`),
});

/** One core stays with the screens; each reader takes 120 MB. */
const readers = (): number => Math.min(2, Math.max(1, availableParallelism() - 1));

export const openScanning = (system: KioskSystem, ports: ScanningPorts): Scanning => {
  const { clock, logger, files, config, folders, decoderOf } = system;
  const { demonstrationFolder, searchFrom, ...rest } = ports;
  const { kind, address } = config.site.scanner;
  const find =
    kind === 'none'
      ? undefined
      : findScanner(
          {
            run,
            spawn: spawnProcess,
            fifos: createFifos({ run }),
            privateFiles: systemPrivateFiles,
            files,
            http: systemHttp,
            clock,
            browse: browseServices(clock),
            pins: createFilePins(files, `${folders.state}/scanner-certificates.json`),
            logger,
            folder: `${folders.session}/scan`,
            wia: process.platform === 'win32' ? windowsImaging() : undefined,
            demonstrationFolder,
          },
          { kind, address },
        );
  return createScanning({
    ...rest,
    clock,
    logger,
    findScanner:
      find &&
      (async (signal) => {
        await searchFrom;
        return find(signal);
      }),
    workshop: createAskThread<PageOperations>({
      startThread: decoderOf(new URL('./pages/page-thread.ts', import.meta.url)),
      clock,
      timeoutMs: () => 60_000,
      maxHeapMb: 512,
    }),
    reader: createTesseractReader({
      clock,
      logger,
      languageFolder: `${appRoot()}/node_modules/@tesseract.js-data/fra/4.0.0_best_int`,
      threads: readers(),
    }),
    // The mark that nearly every flatbed has; the drawing follows it.
    corner: 'back-left',
  });
};
