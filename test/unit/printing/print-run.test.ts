import { describe, expect, it } from 'vitest';
import { printerFault, type PrintOrder } from '../../../main/devices/printer.ts';
import { PrintRun, type RunState } from '../../../main/features/printing/print-run.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { MemoryPrinter } from '../../fakes/memory-printer.ts';

const order: PrintOrder = { pdf: new Uint8Array(), pages: 3, copies: 1, twoSided: false, colour: false };
/** Lets pending promises settle, without advancing the clock. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

const begin = (makeOrder: () => Promise<PrintOrder> = async () => order) => {
  const clock = createManualClock();
  const printer = new MemoryPrinter();
  const states: RunState[] = [];
  const start = () => new PrintRun({ clock, printer, onChange: (state) => states.push(state) }, 3, makeOrder);
  return { clock, printer, states, start };
};

describe('one press on "Imprimer"', () => {
  it('reports each page, then the end, once', async () => {
    const { printer, start } = begin();
    const run = start();
    await settle();
    printer.addProgress({ stage: 'printing', sidesOut: 1, reasons: [] });
    await settle();
    expect(run.state).toMatchObject({ stage: 'printing', sidesOut: 1, end: null });
    expect(run.started).toBe(true);
    printer.addProgress({ stage: 'stopped', sidesOut: 3, reasons: [], end: { kind: 'done' } });
    expect(await run.ended).toMatchObject({ stage: 'ended', sidesOut: 3, end: { kind: 'done' } });
  });

  it('says that it waits for a busy printer, and submits the job once', async () => {
    const { clock, printer, start } = begin();
    printer.refusals.push(printerFault('printer.busy'), printerFault('printer.busy'));
    const run = start();
    await settle();
    expect(run.state).toMatchObject({ stage: 'waiting', reasons: ['busy'] });
    await clock.advance(2000);
    await settle();
    expect(printer.orders).toHaveLength(0);
    await clock.advance(2000);
    await settle();
    expect(printer.orders).toHaveLength(1);
  });

  it('says that it takes time, also while the printer has answered nothing yet', async () => {
    const { clock, printer, start } = begin();
    printer.submit = () => new Promise(() => undefined);
    const run = start();
    await clock.advance(11_000);
    expect(run.state).toMatchObject({ stage: 'sending', slow: false });
    await clock.advance(2000);
    expect(run.state).toMatchObject({ stage: 'sending', slow: true });
  });

  it('stops waiting for a busy printer when asked, and sends nothing', async () => {
    const { clock, printer, start } = begin();
    printer.refusals.push(printerFault('printer.busy'));
    const run = start();
    await settle();
    await run.cancel();
    await clock.advance(2000);
    expect(await run.ended).toMatchObject({ end: { kind: 'cancelled' }, sidesOut: 0 });
    expect(printer.orders).toHaveLength(0);
  });

  it('stops a job that was being prepared when "Arrêter" was pressed', async () => {
    let ready: (order: PrintOrder) => void = () => undefined;
    const { printer, start } = begin(() => new Promise((resolve) => (ready = resolve)));
    const run = start();
    await run.cancel();
    ready(order);
    expect(await run.ended).toMatchObject({ end: { kind: 'cancelled' } });
    expect(printer.orders).toHaveLength(0);
  });

  it('stops a job under way once, and tells what had come out', async () => {
    const { printer, start } = begin();
    const run = start();
    await settle();
    await run.cancel();
    await run.cancel();
    expect(printer.cancelled).toEqual(['1']);
    printer.addProgress({ stage: 'stopped', sidesOut: 2, reasons: [], end: { kind: 'cancelled' } });
    expect(await run.ended).toMatchObject({ sidesOut: 2, end: { kind: 'cancelled' }, cancelling: false });
  });

  it.each<[string, readonly [boolean, number?], number, string]>([
    ['all of them', [true], 3, 'done'],
    ['none', [false], 1, 'failed'],
    ['two', [false, 2], 2, 'failed'],
    ['fewer than the printer counted', [false, 0], 1, 'failed'],
    ['more than were asked for', [false, 9], 3, 'failed'],
  ])('counts what the person saw where nobody else knows: %s', async (_, answer, sidesOut, kind) => {
    const { printer, start } = begin();
    const run = start();
    await settle();
    printer.addProgress({ stage: 'stopped', sidesOut: 1, reasons: [], end: { kind: 'unconfirmed' } });
    await run.ended;
    run.confirm(...answer);
    expect(run.state).toMatchObject({ sidesOut, end: { kind } });
  });

  it('says that it takes time after twelve seconds without news, and no longer once there is some', async () => {
    const { clock, printer, start } = begin();
    const run = start();
    await settle();
    printer.addProgress({ stage: 'waiting', sidesOut: 0, reasons: [] });
    await settle();
    await clock.advance(11_999);
    expect(run.state.slow).toBe(false);
    await clock.advance(1);
    expect(run.state.slow).toBe(true);
    printer.addProgress({ stage: 'printing', sidesOut: 1, reasons: [] });
    await settle();
    expect(run.state.slow).toBe(false);
  });
});
