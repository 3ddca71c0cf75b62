/** Printing on this machine: the PDF thread and the printer that the site file names, or that is found. */
import { randomUUID } from 'node:crypto';
import type { SystemPrinter } from '../../devices/handover/system-printer.ts';
import { createFilePins } from '../../devices/ipp/file-pins.ts';
import { openPrinter } from '../../devices/open-printer.ts';
import { rasterOf } from './pdf/raster.ts';
import { createPdfWorkshop } from './pdf/workshop.ts';
import { createPrinting, type Printing, type PrintingDeps } from './printing.ts';
import { readTypeface } from '../../pdf/typeface.ts';
import { appRoot } from '../../platform/app-root.ts';
import { browseServices } from '../../platform/dns-sd.ts';
import { systemHttp } from '../../platform/http.ts';
import { run } from '../../platform/run.ts';
import type { KioskSystem } from '../system.ts';

export interface PrintingPorts extends Pick<
  PrintingDeps,
  'publish' | 'emitWanted' | 'counts' | 'holds' | 'sources' | 'onPrinted'
> {
  /** What the shell prints by itself, where nothing better is found. */
  readonly systemPrinter: SystemPrinter | undefined;
}

const CUPS = 'http://localhost:631/';

export const openPrinting = (system: KioskSystem, ports: PrintingPorts): Printing => {
  const { clock, logger, files, config, folders, decoderOf } = system;
  const workshop = createPdfWorkshop({
    startThread: decoderOf(new URL('./pdf/pdf-thread.ts', import.meta.url)),
    clock,
  });
  const { pagesPerSession, ...choice } = config.site.printer;
  const { systemPrinter, ...rest } = ports;
  return createPrinting({
    ...rest,
    clock,
    logger,
    workshop,
    printer: openPrinter(
      {
        clock,
        logger,
        files,
        http: systemHttp,
        run,
        pins: createFilePins(files, `${folders.state}/printer-certificates.json`),
        raster: rasterOf(workshop),
        browse: browseServices(clock),
        cups: CUPS,
        ...(systemPrinter === undefined ? {} : { systemPrinter }),
        ownFolder: `${folders.session}/printed`,
      },
      choice,
    ),
    fonts: () => readTypeface(files, `${appRoot()}/resources/fonts`),
    pagesPerSession,
    newId: randomUUID,
  });
};
