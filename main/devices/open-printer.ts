/**
 * Chooses the printer adapter from the kiosk's configuration. With `auto`, searches again whenever the current printer
 * is gone, but only accepts the printer of the first contact: a neighbour of the network must not get people's papers.
 */
import type { Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../platform/clock.ts';
import type { BrowseServices } from '../platform/dns-sd.ts';
import type { Files } from '../platform/files.ts';
import type { Http } from '../platform/http.ts';
import type { Run } from '../platform/run.ts';
import { readChosen } from './chosen.ts';
import { createLpPrinter } from './cups-lp/lp-printer.ts';
import { createHandOverPrinter } from './handover/handover-printer.ts';
import type { SystemPrinter } from './handover/system-printer.ts';
import { overTls, parseIppAddress, type IppAddress } from './ipp/address.ts';
import { IppClient, type CertificatePins } from './ipp/client.ts';
import { deviceAddress } from './ipp/device-of-queue.ts';
import { findCupsQueues, findNetworkPrinters, type FoundPrinter } from './ipp/find-ipp-printers.ts';
import { IppPrinter } from './ipp/ipp-printer.ts';
import { foundPrinter, type FoundOne } from './found-printer.ts';
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
  if (choice.kind === 'system') return foundPrinter(() => handOver(deps, choice.uri));
  const fixed = choice.uri === null ? undefined : parseIppAddress(choice.uri);
  if (fixed !== undefined) return ippAt(deps, fixed);
  return foundPrinter(async () => {
    if (choice.kind === 'ipp' && choice.uri !== null) return fail(printerFault('printer.none')); // not a valid address
    return find(deps);
  });
};

const ippAt = (deps: OpenPrinterDeps, address: IppAddress, pinnedAs?: string): Printer =>
  new IppPrinter({
    client: new IppClient({ http: deps.http, pins: deps.pins, logger: deps.logger }, address, pinnedAs),
    clock: deps.clock,
    raster: deps.raster,
    browse: deps.browse,
  });

const QUEUES = 'queues of this PC';
const SYSTEM = 'system printer';

const find = async (deps: OpenPrinterDeps): Promise<Result<FoundOne, PrinterFault>> => {
  const chosen = await readChosen(deps.pins);
  const adopt = async (which: string, code: string, one: FoundOne): Promise<Result<FoundOne, PrinterFault>> => {
    if (!chosen.is(which)) {
      await chosen.keep(which);
      deps.logger.log('printer.adopted', { code });
    }
    return ok(one);
  };
  const cups = parseIppAddress(deps.cups);
  const queues =
    cups === undefined
      ? []
      : await findCupsQueues(new IppClient({ http: deps.http, pins: deps.pins, logger: deps.logger }, cups));
  // Whoever looks after this PC made them: that is a choice, and it replaces an earlier one.
  for (const queue of queues) {
    for (const { identity, address } of await addressesOf(deps, queue)) {
      const printer = ippAt(deps, address);
      if ((await printer.describe()).ok) return adopt(QUEUES, 'queue', { identity, printer });
    }
  }
  let fault = printerFault('printer.unreachable');
  for (const candidate of queues.length > 0 ? [] : await findNetworkPrinters(deps.browse)) {
    const address = parseIppAddress(candidate.uri);
    if (address === undefined) continue;
    const identity = candidate.uuid === undefined ? address.host : `uuid ${candidate.uuid}`;
    if (!chosen.none && !chosen.is(identity)) continue;
    // Only its certificate proves who it is: once that is known, a copy of its announcement without TLS gets nothing.
    const secured = (await deps.pins.read(identity)) === undefined ? address : overTls(address);
    const printer = ippAt(deps, secured, identity);
    const described = await printer.describe();
    if (described.ok) return adopt(identity, 'network', { identity, printer });
    fault = described.error;
  }
  if (!chosen.none && !chosen.is(SYSTEM)) return fail(fault);
  const shell = await handOver(deps, null);
  return shell.ok ? adopt(SYSTEM, 'system', shell.value) : shell;
};

/**
 * Tries the device itself before the queue in front of it: only the device counts its pages. Their URIs in CUPS stay
 * the same when an address changes.
 */
const addressesOf = async (
  deps: OpenPrinterDeps,
  { uri, deviceUri }: FoundPrinter,
): Promise<readonly { readonly identity: string; readonly address: IppAddress }[]> => {
  const behind = deviceUri === undefined ? undefined : await deviceAddress(deviceUri, deps.browse);
  const itself = parseIppAddress(uri);
  return [
    ...(deviceUri === undefined || behind === undefined ? [] : [{ identity: deviceUri, address: behind }]),
    ...(itself === undefined ? [] : [{ identity: uri, address: itself }]),
  ];
};

const handOver = async (deps: OpenPrinterDeps, name: string | null): Promise<Result<FoundOne, PrinterFault>> => {
  const { systemPrinter, raster, clock } = deps;
  if (systemPrinter === undefined || !(await systemPrinter.present(name))) return fail(printerFault('printer.none'));
  return ok({ identity: SYSTEM, printer: createHandOverPrinter({ system: systemPrinter, name, raster, clock }) });
};
