/** Types for a step of the tour and for what a step can use. */
import type { Page } from 'playwright-core';
import type { TestPrinter } from '../../harness/printing/printer-fixture.ts';
import type { RunningKiosk } from '../../harness/running-kiosk.ts';
import type { EsclSimulator } from '../../harness/scanning/escl-simulator.ts';
import type { Person } from '../pages/person.ts';

export interface TourGuide {
  readonly kiosk: RunningKiosk;
  readonly person: Person;
  /** A real IPP printer (`ippeveprinter`). */
  readonly printer: TestPrinter;
  readonly scanner: EsclSimulator;
  /** Sheets for the scanner, skewed. */
  readonly sheets: { readonly lease: readonly Uint8Array[]; readonly rib: Uint8Array };
  /** The page of the démarche's site, which an earlier step opened. */
  site(): Promise<Page>;
  /** The page of the mailbox. */
  mailbox(): Promise<Page>;
}

export interface TourStep {
  /** One French sentence, shown under the picture. */
  readonly caption: string;
  readonly act: (guide: TourGuide) => Promise<unknown>;
  readonly see: (guide: TourGuide) => Promise<unknown>;
}
