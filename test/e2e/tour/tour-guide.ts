/** What a step of the tour may use, and what a step is. */
import type { Page } from 'playwright-core';
import type { TestPrinter } from '../../harness/printing/printer-world.ts';
import type { RunningKiosk } from '../../harness/running-kiosk.ts';
import type { EsclSimulator } from '../../harness/scanning/escl-simulator.ts';
import type { Person } from '../pages/person.ts';

export interface TourGuide {
  readonly kiosk: RunningKiosk;
  readonly person: Person;
  /** A real IPP printer (`ippeveprinter`). */
  readonly printer: TestPrinter;
  readonly scanner: EsclSimulator;
  /** Sheets for the scanner, put down crooked. */
  readonly sheets: { readonly lease: readonly Uint8Array[]; readonly rib: Uint8Array };
  /** The page of the démarche's site; opened by an earlier step. */
  site(): Promise<Page>;
  /** The page of the mailbox beside it. */
  mailbox(): Promise<Page>;
}

export interface TourStep {
  /** One French sentence under the picture. */
  readonly caption: string;
  readonly act: (guide: TourGuide) => Promise<unknown>;
  readonly see: (guide: TourGuide) => Promise<unknown>;
}
