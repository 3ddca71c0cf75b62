/** Builds printing with the PDF decoder and the printer that `site.yaml` names or that discovery finds. */
import { randomUUID } from 'node:crypto';
import { createFilePins } from '../../devices/ipp/file-pins.ts';
import { jobOwner } from '../../devices/job-owner.ts';
import type { OpenPrinterDeps } from '../../devices/open-printer.ts';
import { printerLoadedLater } from '../../devices/printer-loaded-later.ts';
import { rasterOf } from './pdf/raster.ts';
import { createPdfDecoder } from './pdf/decoder-client.ts';
import { printingCounters } from './counters.ts';
import { printingEvents } from './events.ts';
import { createPrinting, type PrintingDeps } from './printing.ts';
import { printingSection } from './section.ts';
import { defineFeature } from '../feature.ts';
import { readTypeface } from '../../pdf/typeface.ts';
import { besideArchive } from '../../platform/app-root.ts';
import { browseServices } from '../../platform/network/dns-sd.ts';
import { systemHttp } from '../../platform/network/http.ts';
import { machineId } from '../../platform/machine-id.ts';
import { run } from '../../platform/run.ts';

export type PrintingPorts = Pick<PrintingDeps, 'sources' | 'onPrinted'>;

const CUPS = 'http://localhost:631/';

export const printingFeature = defineFeature({
  name: 'printing',
  counters: printingCounters,
  events: printingEvents,
  section: printingSection,
  open(kiosk, ports: PrintingPorts) {
    const { clock, logger, files, config, folders, decoderOf } = kiosk;
    const { systemPrinter } = kiosk.shell;
    const pdfDecoder = createPdfDecoder({
      startDecoder: decoderOf(new URL('./pdf/pdf-decoder.ts', import.meta.url)),
      clock,
    });
    const raster = rasterOf(pdfDecoder);
    const { pagesPerSession, free, kind, uri } = config.site.printer;
    const system: OpenPrinterDeps = {
      clock,
      logger,
      files,
      http: systemHttp,
      run,
      pins: createFilePins(files, `${folders.state}/printer-certificates.json`),
      owner: jobOwner(config.site.kioskId, machineId()),
      raster,
      browse: browseServices(clock),
      cups: CUPS,
      ...(systemPrinter === undefined ? {} : { systemPrinter }),
      ownFolder: `${folders.session}/printed`,
    };
    const printing = createPrinting({
      ...kiosk,
      ...ports,
      emitWanted: (value) => kiosk.emit('wanted', value),
      pdfDecoder,
      rasterised: raster,
      // The adapters would slow down our first screen: they are loaded at the first call.
      printer:
        kind === 'none'
          ? undefined
          : printerLoadedLater(async () => {
              const { openPrinter } = await import('../../devices/open-printer.ts');
              return openPrinter(system, { kind, uri });
            }),
      fonts: () => readTypeface(files, besideArchive('resources/fonts')),
      pagesPerSession,
      free,
      newId: randomUUID,
    });
    return { ...printing, settled: printing.start };
  },
});
