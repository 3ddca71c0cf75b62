import { describe, expect, it } from 'vitest';
import type { PrinterReason } from '../../../main/contract/printing.ts';
import { printerFault, type PrintOrder } from '../../../main/devices/printer.ts';
import { PrintRun, type RunState } from '../../../main/features/printing/print-run.ts';
import { PrinterHealth } from '../../../main/features/printing/printer-health.ts';
import { silentLogger } from '../../../main/log/logger.ts';
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

describe('the eye on the printer', () => {
  const watched = (printer: MemoryPrinter | undefined) => {
    const clock = createManualClock();
    const troubles: boolean[] = [];
    const found: PrinterReason[] = [];
    let quarters = 0;
    const health = new PrinterHealth({
      clock,
      logger: silentLogger,
      printer,
      found: () => found,
      onChange: () => undefined,
      onTrouble: (trouble) => troubles.push(trouble),
      onQuarterOut: () => (quarters += 1),
    });
    const pass = async (ms: number): Promise<void> => {
      for (let at = 0; at < ms; at += 15_000) {
        await clock.advance(15_000);
        await settle();
      }
    };
    return { health, troubles, found, pass, quarters: () => quarters };
  };

  it('says "none" on a kiosk without a printer', () => {
    expect(watched(undefined).health.state).toMatchObject({ state: 'none', code: 'printer.none' });
  });

  it('tells the agent of what lasts a minute, once, and that it is over', async () => {
    const printer = new MemoryPrinter();
    const { health, troubles, pass } = watched(printer);
    health.start();
    await settle();
    printer.now = { ok: true, value: { state: 'stopped', acceptsJobs: true, reasons: ['paper-out'], queuedJobs: 0 } };
    await pass(60_000);
    expect(troubles).toEqual([]);
    await pass(60_000);
    expect(troubles).toEqual([true]);
    printer.now = { ok: true, value: { state: 'ready', acceptsJobs: true, reasons: ['toner-low'], queuedJobs: 0 } };
    await pass(15_000);
    expect(troubles).toEqual([true, false]);
  });

  it('only notes what an idle printer says of one tray, one cartridge or its memory', async () => {
    const printer = new MemoryPrinter();
    const { health, troubles, pass, quarters } = watched(printer);
    const reasons = ['paper-out', 'toner-empty', 'memory-full', 'waste-full'] as const;
    printer.now = { ok: true, value: { state: 'ready', acceptsJobs: true, reasons, queuedJobs: 0 } };
    health.start();
    await pass(50 * 60_000);
    expect(health.state).toMatchObject({ state: 'ready', reasons: ['paper-low', 'toner-low'] });
    expect([troubles, quarters()]).toEqual([[], 0]);
    printer.now = { ok: true, value: { state: 'stopped', acceptsJobs: true, reasons, queuedJobs: 0 } };
    await pass(120_000);
    expect(health.state).toMatchObject({ state: 'stopped', reasons });
    expect(troubles).toEqual([true]);
  });

  it('believes an idle printer that somebody must see to', async () => {
    const printer = new MemoryPrinter();
    const { health, troubles, pass } = watched(printer);
    printer.now = { ok: true, value: { state: 'ready', acceptsJobs: true, reasons: ['cover-open'], queuedJobs: 0 } };
    health.start();
    await pass(120_000);
    expect(health.state).toMatchObject({ state: 'stopped', reasons: ['cover-open'] });
    expect(troubles).toEqual([true]);
  });

  it('takes a printer that answers "busy" for busy, not for away', async () => {
    const printer = new MemoryPrinter();
    const { health, troubles, pass, quarters } = watched(printer);
    health.start();
    await settle();
    printer.now = { ok: false, error: printerFault('printer.busy') };
    await pass(9 * 60_000);
    expect(health.state).toMatchObject({ state: 'busy', reasons: [], code: null, colour: true });
    expect([troubles, quarters()]).toEqual([[], 0]);
  });

  it('gives up a printer that answers nothing but "busy" for ten minutes', async () => {
    const printer = new MemoryPrinter();
    const { health, troubles, pass, quarters } = watched(printer);
    health.start();
    await settle();
    printer.now = { ok: false, error: printerFault('printer.busy') };
    printer.description = { ok: false, error: printerFault('printer.busy') };
    await pass(30 * 60_000);
    expect(health.state).toMatchObject({ state: 'away', code: 'printer.busy' });
    expect([troubles, quarters()]).toEqual([[true], 1]);
  });

  it('keeps the trouble of a printer that answers "busy" after it', async () => {
    const printer = new MemoryPrinter();
    const { health, troubles, pass } = watched(printer);
    health.start();
    printer.now = { ok: true, value: { state: 'stopped', acceptsJobs: true, reasons: ['jam'], queuedJobs: 0 } };
    await pass(120_000);
    printer.now = { ok: false, error: printerFault('printer.busy') };
    await pass(15_000);
    expect(health.state).toMatchObject({ state: 'stopped', reasons: ['jam'] });
    expect(troubles).toEqual([true]);
  });

  it('believes a job that has found why nothing moves, though the printer says that it prints', async () => {
    const printer = new MemoryPrinter();
    const { health, troubles, pass, found } = watched(printer);
    printer.now = { ok: true, value: { state: 'busy', acceptsJobs: true, reasons: ['paper-out'], queuedJobs: 0 } };
    health.start();
    found.push('busy');
    await pass(120_000);
    expect(health.state).toMatchObject({ state: 'busy', reasons: ['paper-low'] });
    found.splice(0, 1, 'paper-out');
    await pass(120_000);
    expect(health.state).toMatchObject({ state: 'stopped', reasons: ['paper-out'] });
    found.splice(0);
    await pass(15_000);
    expect(health.state).toMatchObject({ state: 'busy' });
    expect(troubles).toEqual([true, false]);
  });

  it('counts the quarters of an hour out of order', async () => {
    const printer = new MemoryPrinter();
    const { health, pass, quarters } = watched(printer);
    health.start();
    await settle();
    printer.now = { ok: false, error: printerFault('printer.unreachable') };
    printer.description = { ok: false, error: printerFault('printer.unreachable') };
    await pass(50 * 60_000);
    expect(health.state).toMatchObject({ state: 'away', code: 'printer.unreachable' });
    expect(quarters()).toBe(3);
  });

  it('outlives an answer that breaks our reading, and asks again', async () => {
    const printer = new MemoryPrinter();
    const { health, pass } = watched(printer);
    const { status } = printer;
    printer.status = async () => {
      throw new RangeError('too many arguments');
    };
    health.start();
    await settle();
    expect(health.state).toMatchObject({ state: 'away', code: 'printer.garbage' });
    printer.status = status;
    await pass(15_000);
    expect(health.state).toMatchObject({ state: 'ready', code: null });
  });

  it('describes the printer afresh when it comes back: it may be another one', async () => {
    const printer = new MemoryPrinter();
    const { health, pass } = watched(printer);
    health.start();
    await settle();
    expect(health.state).toMatchObject({ state: 'ready', colour: true });
    printer.now = { ok: false, error: printerFault('printer.unreachable') };
    await pass(15_000);
    printer.now = { ok: true, value: { state: 'ready', acceptsJobs: true, reasons: [], queuedJobs: 0 } };
    printer.description = {
      ok: true,
      value: { model: 'Autre', colour: false, twoSided: false, maxCopies: 1, countsPages: true },
    };
    await pass(15_000);
    expect(health.state).toMatchObject({ state: 'ready', colour: false, twoSided: false });
  });
});
