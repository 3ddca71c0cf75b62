import { describe, expect, it } from 'vitest';
import type { PrinterReason } from '../../../main/contract/printing.ts';
import { printerFault } from '../../../main/devices/printer.ts';
import { PrinterHealth } from '../../../main/features/printing/printer-health.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { MemoryPrinter } from '../../fakes/memory-printer.ts';

/** Lets pending promises settle, without advancing the clock. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

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

describe('printer health', () => {
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
