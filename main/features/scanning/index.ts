/** Builds scanning with the real scanner, the page decoder, and French OCR from its npm package. */
import { availableParallelism } from 'node:os';
import { createFilePins } from '../../devices/ipp/file-pins.ts';
import type { OpenScannerDeps } from '../../devices/open-scanner.ts';
import type { PageOperations } from './pages/operations.ts';
import { createTesseractReader } from '../../devices/tesseract/tesseract-reader.ts';
import { scanningCounters } from './counters.ts';
import { scanningEvents } from './events.ts';
import { createScanning, type ScanningDeps } from './scanning.ts';
import { scanningSection } from './section.ts';
import { defineFeature } from '../feature.ts';
import { appRoot, outsideArchive } from '../../platform/app-root.ts';
import { createDecoderClient } from '../../platform/decoders/client.ts';
import { browseServices } from '../../platform/network/dns-sd.ts';
import { createFifos } from '../../platform/fifo.ts';
import { systemHttp } from '../../platform/network/http.ts';
import { systemPrivateFiles } from '../../platform/private-files.ts';
import { run, spawnProcess } from '../../platform/run.ts';

export type ScanningPorts = Pick<ScanningDeps, 'tray'>;

const windowsImaging = () => ({
  powershell: `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`,
  script: outsideArchive(`${appRoot()}/dist/main/devices/wia/scan.ps1`),
});

/** Number of OCR threads. Leave one core for the screens; each thread takes 120 MB. */
const readers = (): number => Math.min(2, Math.max(1, availableParallelism() - 1));

export const scanningFeature = defineFeature({
  name: 'scanning',
  counters: scanningCounters,
  events: scanningEvents,
  section: scanningSection,
  open(kiosk, { tray }: ScanningPorts) {
    const { clock, logger, files, config, folders, decoderOf } = kiosk;
    const { kind, address } = config.site.scanner;
    const folder = `${folders.session}/scan`;
    const system: OpenScannerDeps = {
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
      folder,
      wia: process.platform === 'win32' ? windowsImaging() : undefined,
      demonstrationFolder: kiosk.demonstrationScans,
    };
    const scanning = createScanning({
      ...kiosk,
      tray,
      passing: { list: () => systemPrivateFiles.list(folder), remove: () => systemPrivateFiles.remove(folder) },
      findScanner:
        kind === 'none'
          ? undefined
          : async (signal) => {
              const { findScanner } = await import('../../devices/open-scanner.ts');
              return findScanner(system, { kind, address })(signal);
            },
      pageDecoder: createDecoderClient<PageOperations>({
        startDecoder: decoderOf(new URL('./pages/page-decoder.ts', import.meta.url)),
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
      // Nearly every flatbed has its alignment mark there. The drawing on the screen shows the same corner.
      corner: 'back-left',
    });
    return { ...scanning, wipes: [scanning.wipe] };
  },
});
