/**
 * Chooses the printer adapter from the kiosk's configuration. With `auto`, searches again whenever the current printer
 * is gone, but only accepts the printer of the first contact: a neighbour of the network must not get people's papers.
 */
import type { Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../platform/clock.ts';
import type { BrowseServices } from '../platform/network/dns-sd.ts';
import type { Files } from '../platform/files.ts';
import type { Http } from '../platform/network/http.ts';
import type { Run } from '../platform/run.ts';
import { readChosen, type ChosenDevice } from './chosen-device.ts';
import { createLpPrinter } from './cups-lp/lp-printer.ts';
import { createHandOverPrinter } from './handover/handover-printer.ts';
import type { SystemPrinter } from './handover/system-printer.ts';
import { firstAnswer } from './first-answer.ts';
import { parseIppAddress, type IppAddress } from './ipp/address.ts';
import { IppClient, type CertificatePins } from './ipp/client.ts';
import { deviceBehind } from './ipp/device-of-queue.ts';
import { findCupsQueues, findNetworkPrinters, pinOfUuid, type FoundPrinter } from './ipp/find-ipp-printers.ts';
import { IppPrinter, type RememberedPrinters } from './ipp/ipp-printer.ts';
import { foundPrinter, type FoundOne } from './found-printer.ts';
import type { JobOwner } from './job-owner.ts';
import { printerFault, type PageRaster, type Printer, type PrinterFault } from './printer.ts';
import { createFolderPrinter } from './virtual/printer-folder.ts';

export interface OpenPrinterDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Files;
  readonly http: Http;
  readonly run: Run;
  readonly pins: CertificatePins;
  readonly owner: JobOwner;
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
  readonly kind: 'auto' | 'ipp' | 'cups-lp' | 'system' | 'virtual';
  /** ipp: address; cups-lp: name of the queue; system: the system's name of the printer; virtual: folder. */
  readonly uri: string | null;
}

interface Deps extends OpenPrinterDeps {
  readonly remembered: RememberedPrinters;
}

/** If the configured printer can't be opened, the result is a printer that fails with `printer.none`. */
export const openPrinter = (given: OpenPrinterDeps, choice: PrinterChoice): Printer => {
  const deps: Deps = { ...given, remembered: new Map() };
  if (choice.kind === 'virtual') {
    return createFolderPrinter({
      clock: deps.clock,
      files: deps.files,
      folder: choice.uri ?? deps.ownFolder,
      keeps: choice.uri !== null,
    });
  }
  if (choice.kind === 'cups-lp') return createLpPrinter({ ...deps, queue: choice.uri ?? '' });
  if (choice.kind === 'system') return foundPrinter(() => handOver(deps, choice.uri));
  const fixed = choice.uri === null ? undefined : parseIppAddress(choice.uri);
  if (fixed !== undefined) return ippAt(deps, fixed);
  return foundPrinter(async () => {
    if (choice.kind === 'ipp' && choice.uri !== null) return fail(printerFault('printer.none')); // not a valid address
    return find(deps);
  });
};

const ippAt = (deps: Deps, address: IppAddress): Printer => printerOf(deps, new IppClient(deps, address));
const printerOf = ({ clock, raster, browse, remembered }: Deps, client: IppClient): Printer =>
  new IppPrinter({ client, clock, raster, browse, remembered });

const QUEUES = 'queues of this PC';
const SYSTEM = 'system printer';
/** A neighbour may announce a printer at addresses that swallow connections. */
const SEARCH_WITHIN_MS = 20_000;

const find = async (deps: Deps): Promise<Result<FoundOne, PrinterFault>> => {
  const chosen = await readChosen(deps.pins);
  const adopt = async (which: string, code: string, one: FoundOne): Promise<Result<FoundOne, PrinterFault>> => {
    if (!chosen.is(which)) {
      await chosen.keep(which);
      deps.logger.log('printer.adopted', { code });
    }
    return ok(one);
  };
  const cups = parseIppAddress(deps.cups);
  const queues = cups === undefined ? [] : await findCupsQueues(new IppClient(deps, cups));
  let fault = printerFault('printer.unreachable');
  // Someone created these queues on purpose, so they come first and replace the printer that was chosen before.
  for (const queue of queues) {
    const found = await findThrough(deps, chosen, queue);
    if (found.ok) return adopt(QUEUES, 'queue', found.value);
    fault = found.error;
  }
  if (queues.length === 0) {
    const candidates = (await findNetworkPrinters(deps.browse)).flatMap(({ uri, uuid }): readonly Candidate[] => {
      const address = parseIppAddress(uri);
      if (address === undefined) return [];
      const identity = uuid === undefined ? address.host : pinOfUuid(uuid);
      return chosen.none || chosen.is(identity) ? [{ identity, pinnedAs: identity, address }] : [];
    });
    const found = await firstPrinter(deps, chosen, candidates);
    if (found.ok) return adopt(found.value.identity, 'network', found.value);
    fault = found.error;
  }
  if (!chosen.none && !chosen.is(SYSTEM)) return fail(fault);
  const shell = await handOver(deps, null);
  return shell.ok ? adopt(SYSTEM, 'system', shell.value) : shell;
};

/**
 * Tries the device itself before the queue in front of it: only the device counts its pages. Their URIs in CUPS stay
 * the same when an address changes.
 */
const findThrough = async (
  deps: Deps,
  chosen: ChosenDevice,
  { uri, deviceUri }: FoundPrinter,
): Promise<Result<FoundOne, PrinterFault>> => {
  const behind = deviceUri === undefined ? undefined : await deviceBehind(deviceUri, deps.browse);
  if (deviceUri !== undefined && behind !== undefined) {
    const { pinnedAs, addresses } = behind;
    const candidates = addresses.map((address) => ({ identity: deviceUri, pinnedAs, address }));
    const device = await firstPrinter(deps, chosen, candidates);
    // CUPS itself sends to whoever announces the printer at that moment.
    if (device.ok || (behind.announced && (await deps.pins.read(pinnedAs)) !== undefined)) return device;
  }
  const address = parseIppAddress(uri);
  if (address === undefined) return fail(printerFault('printer.unreachable'));
  const printer = ippAt(deps, address);
  const described = await printer.describe();
  return described.ok ? ok({ identity: uri, printer }) : described;
};

interface Candidate {
  readonly identity: string;
  /** Key of its certificate. */
  readonly pinnedAs: string;
  readonly address: IppAddress;
}

/** The first that can print, beginning where the printer was last found. Only its certificate is remembered. */
const firstPrinter = async (
  deps: Deps,
  chosen: ChosenDevice,
  candidates: readonly Candidate[],
): Promise<Result<FoundOne, PrinterFault>> => {
  const wasAt = ({ address }: Candidate): number => Number(chosen.wasAt(address.host));
  const lastKnownFirst = [...candidates].sort((a, b) => wasAt(b) - wasAt(a));
  let fault = printerFault('printer.unreachable');
  const found = await firstAnswer(deps.clock, SEARCH_WITHIN_MS, lastKnownFirst, async (candidate, signal) => {
    const client = IppClient.onTrial(deps, candidate.address, candidate.pinnedAs);
    const printer = printerOf(deps, client);
    const described = await printer.describe(signal);
    if (described.ok) return { candidate, client, printer };
    if (!signal.aborted) fault = described.error;
    return undefined;
  });
  if (found === undefined) return fail(fault);
  const { candidate, client, printer } = found;
  await client.keep();
  if (wasAt(candidate) === 0) await chosen.keepAddress(candidate.address.host);
  return ok({ identity: candidate.identity, printer });
};

const handOver = async (deps: Deps, name: string | null): Promise<Result<FoundOne, PrinterFault>> => {
  const { systemPrinter, raster, clock } = deps;
  if (systemPrinter === undefined || !(await systemPrinter.exists(name))) return fail(printerFault('printer.none'));
  return ok({ identity: SYSTEM, printer: createHandOverPrinter({ system: systemPrinter, name, raster, clock }) });
};
