/**
 * What is left of a session while its last pages come out: the count of pages, and nothing that leads to them. And what
 * is left of a page of the agent.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import type { Phase } from '../../../main/contract/session.ts';
import type { StateOf } from '../../../main/contract/define.ts';
import type { PrintingContract } from '../../../main/contract/printing.ts';
import { rasterOf } from '../../../main/features/printing/pdf/raster.ts';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { printerFault } from '../../../main/devices/printer.ts';
import { createPrinting, type Printing } from '../../../main/features/printing/printing.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryPrinter } from '../../fakes/memory-printer.ts';

const prepared = { pdf: new Uint8Array(), pages: 3, landscape: [], cleaned: false };
const pdfDecoder = {
  ask: async (operation: string) =>
    ok(operation === 'prepare' ? prepared : operation !== 'blank' && new Uint8Array([1])),
  warmUp: () => undefined,
  clear: async () => undefined,
  stop: async () => undefined,
} as unknown as PdfDecoder;

let clock: ManualClock;
let printer: MemoryPrinter;
let printing: Printing;
let state: StateOf<PrintingContract> | undefined;

beforeEach(() => {
  clock = createManualClock();
  printer = new MemoryPrinter();
  state = undefined;
  printing = createPrinting({
    clock,
    logger: silentLogger,
    publish: (next) => (state = next),
    emitWanted: () => undefined,
    counts: { add: () => undefined },
    idleLocks: { acquire: () => () => undefined },
    printer,
    pdfDecoder,
    rasterised: rasterOf(pdfDecoder),
    sources: {
      guestPage: async () => undefined,
      guestAsked: async () => undefined,
      document: async () => new Uint8Array([1]),
      sheet: async () => undefined,
    },
    fonts: async () => undefined,
    pagesPerSession: 20,
    free: true,
    onPrinted: () => undefined,
    newId: () => 'document-1',
  });
});
afterEach(() => printing.stop());

it('the screens have only the count of the pages that come out, from the moment the wipe begins', async () => {
  printing.begin();
  const mine = printing.own?.();
  mine?.prepare({ kind: 'document', id: 'x' });
  await clock.advance(0);
  const wish = { pages: [], copies: 1, twoSided: false, colour: false, longAgreed: false };
  mine?.print({ request: 'request-1', document: 'document-1', ...wish });
  await clock.advance(0);
  printer.addProgress({ stage: 'printing', sidesOut: 1, reasons: [] });
  await clock.advance(0);
  const picture = 'document-1/1/240.png';
  expect(await printing.bytes?.(picture)).toBeDefined();

  printing.phaseChanged?.({ name: 'leaving', items: [] } satisfies Phase);
  expect(state).toMatchObject({ document: { id: 'document-1' }, allowance: { left: 17 } });
  printing.phaseChanged?.({ name: 'wiping' } satisfies Phase);
  expect(state).toMatchObject({ document: null, allowance: { left: 20 }, job: { sides: 3, sidesOut: 1, end: null } });
  expect(printing.own?.()).toBeUndefined();
  expect(await printing.bytes?.(picture)).toBeUndefined();

  const wiped = printing.lastWipe.wipe();
  printer.addProgress({ stage: 'printing', sidesOut: 3, reasons: [], end: { kind: 'done' } });
  await clock.advance(1_000);
  await wiped;
  expect(state).toMatchObject({ job: null });
  expect(await printing.lastWipe.leftovers()).toEqual([]);
});

it('cancels an agent’s page that the printer still holds, so that it does not come out among those of a person', async () => {
  printing.start();
  const printed = printing.printForAgent(new Uint8Array([1]));
  await clock.advance(60_000);
  expect(await printed).toBe('failed');
  expect(printer.cancelled).toEqual(['1']);
  await clock.advance(15_000);
  expect(printer.cancelled).toEqual(['1', '1']);
});

it.each([
  [{ kind: 'done' }, 'out'],
  [{ kind: 'sent' }, 'given'],
  [{ kind: 'unconfirmed' }, 'given'],
  [{ kind: 'unconfirmed', fault: printerFault('printer.unsure') }, 'failed'],
] as const)('a page of the agent that ends as %o is told as %s', async (end, told) => {
  printing.start();
  const printed = printing.printForAgent(new Uint8Array([1]));
  await clock.advance(0);
  printer.addProgress({ stage: 'printing', sidesOut: 1, reasons: [], end });
  await clock.advance(1_000);
  expect(await printed).toBe(told);
});
