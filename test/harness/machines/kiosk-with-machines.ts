/** Runs the real kiosk with a real IPP printer and a simulated network scanner, both controlled by the test. */
import { startBadNetwork, type BadNetwork } from '../printing/bad-network.ts';
import { startCups, type TestCups } from '../printing/cups.ts';
import {
  startPrinterFixture,
  type PrinterOptions,
  type PrinterFixture,
  type TestPrinter,
} from '../printing/printer-fixture.ts';
import { runKiosk, type RunningKiosk, type RunOptions } from '../running-kiosk.ts';
import { startEsclSimulator, type EsclSimulator } from '../scanning/escl-simulator.ts';
import { deriveConfig } from './derive-config.ts';

export interface KioskWithMachines {
  readonly kiosk: RunningKiosk;
  readonly printer: TestPrinter;
  readonly printerFixture: PrinterFixture;
  /** The proxy between the kiosk and its printer. It passes everything through until a test sets a fault. */
  readonly network: BadNetwork;
  /** The CUPS server between kiosk and printer, when `queued` is set. */
  readonly cups: TestCups | undefined;
  readonly scanner: EsclSimulator;
  stop(): Promise<void>;
}

export interface MachineOptions extends Omit<RunOptions, 'configDir'> {
  readonly printer?: PrinterOptions;
  /** The kiosk prints through `QUEUE`, a CUPS queue of this PC, instead of straight over the network. */
  readonly queued?: boolean;
  /** The printer is off when the kiosk starts. */
  readonly unplugged?: boolean;
  /** Pages that a session may print. */
  readonly pages?: number;
  /** More fields of `site.yaml`. */
  readonly site?: Readonly<Record<string, unknown>>;
  /** More fields of démarches, by their id. */
  readonly demarches?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Makes further changes in the configuration folder. */
  readonly change?: (dir: string) => void;
  /** The sheets on the glass and in the feeder. */
  readonly sheets?: readonly Uint8Array[];
}

export const QUEUE = 'accueil';

export const runKioskWithMachines = async (options: MachineOptions = {}): Promise<KioskWithMachines> => {
  const {
    printer: printerOptions,
    queued = false,
    unplugged = false,
    pages,
    site,
    demarches,
    sheets,
    change,
    ...run
  } = options;
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of undo.splice(0).reverse()) await one();
  };
  try {
    const fixture = await startPrinterFixture();
    undo.push(() => fixture.stop());
    const printer = await fixture.printer(printerOptions);
    const network = await startBadNetwork(printer.port);
    undo.push(() => network.stop());
    if (unplugged) await network.unplug();
    const cups = queued ? await startCups(fixture.env) : undefined;
    if (cups !== undefined) {
      undo.push(() => cups.stop());
      await cups.addQueue(QUEUE, printer.uri);
    }
    const scanner = await startEsclSimulator(sheets ?? []);
    undo.push(() => scanner.stop());
    const machines = {
      printer: { kind: 'ipp', uri: cups ? `${cups.uri}/printers/${QUEUE}` : network.uri, pagesPerSession: pages ?? 20 },
      scanner: { kind: 'escl', address: scanner.baseUrl },
    };
    const config = deriveConfig({ ...machines, ...site }, demarches);
    undo.push(() => config.remove());
    change?.(config.dir);
    const kiosk = await runKiosk({ ...run, configDir: config.dir });
    undo.push(() => kiosk.stop());
    return { kiosk, printer, printerFixture: fixture, network, cups, scanner, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
