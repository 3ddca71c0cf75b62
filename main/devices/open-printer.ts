/**
 * Chooses the printer adapter from the kiosk's configuration. With `auto`, searches again whenever the current printer
 * is gone.
 */
import type { Result } from '../contract/result.ts';
import { fail } from '../contract/result.ts';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../platform/clock.ts';
import type { BrowseServices } from '../platform/dns-sd.ts';
import type { Files } from '../platform/files.ts';
import type { Http } from '../platform/http.ts';
import type { Run } from '../platform/run.ts';
import { createLpPrinter } from './cups-lp/lp-printer.ts';
import { createHandOverPrinter } from './handover/handover-printer.ts';
import type { SystemPrinter } from './handover/system-printer.ts';
import { parseIppAddress, type IppAddress } from './ipp/address.ts';
import { IppClient, type CertificatePins } from './ipp/client.ts';
import { deviceAddress } from './ipp/device-of-queue.ts';
import { findCupsQueues, findNetworkPrinters, type FoundPrinter } from './ipp/find-ipp-printers.ts';
import { IppPrinter } from './ipp/ipp-printer.ts';
import { printerFault, type PageRaster, type Printer, type PrinterFault } from './printer.ts';
import { createFolderPrinter } from './virtual/printer-folder.ts';

export interface OpenPrinterDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Files;
  readonly http: Http;
  readonly run: Run;
  readonly pins: CertificatePins;
  readonly raster: PageRaster;
  readonly browse: BrowseServices;
  /** The shell's own printing, used by `auto` when nothing better is found: Electron on Windows. */
  readonly systemPrinter?: SystemPrinter;
  /** Where a virtual printer without a configured folder writes its pages; emptied after each session. */
  readonly ownFolder: string;
  /** This PC's CUPS; `http://localhost:631/` on a real kiosk. */
  readonly cups: string;
}

export interface PrinterChoice {
  readonly kind: 'auto' | 'ipp' | 'cups-lp' | 'system' | 'virtual' | 'none';
  /** ipp: address; cups-lp: name of the queue; system: the system's name of the printer; virtual: folder. */
  readonly uri: string | null;
}

/**
 * undefined: configured without a printer. If the configured printer can't be opened, the result is a printer that
 * fails with `printer.none`.
 */
export const openPrinter = (deps: OpenPrinterDeps, choice: PrinterChoice): Printer | undefined => {
  if (choice.kind === 'none') return undefined;
  if (choice.kind === 'virtual') {
    return createFolderPrinter({
      clock: deps.clock,
      files: deps.files,
      folder: choice.uri ?? deps.ownFolder,
      keeps: choice.uri !== null,
    });
  }
  if (choice.kind === 'cups-lp') return createLpPrinter({ run: deps.run, clock: deps.clock, queue: choice.uri ?? '' });
  if (choice.kind === 'system') return found(() => handOver(deps, choice.uri));
  const fixed = choice.uri === null ? undefined : parseIppAddress(choice.uri);
  if (fixed !== undefined) return ippAt(deps, fixed);
  return found(async () => {
    if (choice.kind === 'ipp' && choice.uri !== null) return undefined; // not a valid address
    return find(deps);
  });
};

const ippAt = (deps: OpenPrinterDeps, address: IppAddress): Printer =>
  new IppPrinter({
    client: new IppClient({ http: deps.http, pins: deps.pins, logger: deps.logger }, address),
    clock: deps.clock,
    raster: deps.raster,
    browse: deps.browse,
  });

const find = async (deps: OpenPrinterDeps): Promise<Printer | undefined> => {
  const cups = parseIppAddress(deps.cups);
  const queues =
    cups === undefined
      ? []
      : await findCupsQueues(new IppClient({ http: deps.http, pins: deps.pins, logger: deps.logger }, cups));
  const candidates = queues.length > 0 ? queues : await findNetworkPrinters(deps.browse);
  for (const candidate of candidates) {
    for (const address of await addressesOf(deps, candidate)) {
      const printer = ippAt(deps, address);
      if ((await printer.describe()).ok) return printer;
    }
  }
  return handOver(deps, null);
};

/** Tries the device itself before the queue in front of it: only the device counts its pages. */
const addressesOf = async (deps: OpenPrinterDeps, candidate: FoundPrinter): Promise<readonly IppAddress[]> => {
  const behind = candidate.deviceUri === undefined ? undefined : await deviceAddress(candidate.deviceUri, deps.browse);
  const itself = parseIppAddress(candidate.uri);
  return [behind, itself].filter((address) => address !== undefined);
};

/** Undefined when the printer is gone: the next call searches for it again. */
const handOver = async (deps: OpenPrinterDeps, name: string | null): Promise<Printer | undefined> => {
  const { systemPrinter, raster, clock } = deps;
  if (systemPrinter === undefined || !(await systemPrinter.present(name))) return undefined;
  return createHandOverPrinter({ system: systemPrinter, name, raster, clock });
};

/** A printer that is searched for at the first call, and again each time it becomes unreachable. */
const found = (look: () => Promise<Printer | undefined>): Printer => {
  let known: Printer | undefined;
  /** The printer that accepted each job: its jobs are followed there, even after another printer was found. */
  const owners = new Map<string, Printer>();
  let looking: Promise<Printer | undefined> | undefined;
  const get = async (): Promise<Printer | undefined> => {
    known ??= await (looking ??= look().finally(() => (looking = undefined)));
    return known;
  };
  const ask = async <T>(
    question: (printer: Printer) => Promise<Result<T, PrinterFault>>,
  ): Promise<Result<T, PrinterFault>> => {
    const printer = await get();
    if (printer === undefined) return fail(printerFault('printer.none'));
    const answer = await question(printer);
    if (!answer.ok && (answer.error.code === 'printer.unreachable' || answer.error.code === 'printer.none'))
      known = undefined;
    return answer;
  };
  return {
    describe: (signal) => ask((printer) => printer.describe(signal)),
    status: (signal) => ask((printer) => printer.status(signal)),
    submit: (order, signal) =>
      ask(async (printer) => {
        const job = await printer.submit(order, signal);
        if (job.ok) owners.set(job.value.id, printer);
        return job;
      }),
    async *watch(job, signal) {
      const printer = owners.get(job.id) ?? (await get());
      if (printer !== undefined) {
        yield* printer.watch(job, signal);
        owners.delete(job.id);
      } else
        yield {
          stage: 'stopped',
          sidesOut: 0,
          reasons: [],
          end: { kind: 'failed', fault: printerFault('printer.unsure') },
        };
    },
    cancel: (job) => owners.get(job.id)?.cancel(job) ?? ask((printer) => printer.cancel(job)),
    unfinished: () => ask((printer) => printer.unfinished()),
    forget: async () => (await get())?.forget(),
  };
};
