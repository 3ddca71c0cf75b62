import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { weekOfMoment } from '../../../main/features/usage/iso-week.ts';
import { catalogue, type EventId } from '../../../main/log/catalogue.ts';
import type { EventSpec, Field } from '../../../main/log/fields.ts';
import { createHeldLines, halfDayOf } from '../../../main/log/held-lines.ts';
import { createLogger } from '../../../main/log/logger.ts';
import { systemFiles } from '../../../main/platform/files.ts';

/**
 * Events whose exact time is logged: the machine or IT causes them, or they are faults that IT must find at once. Each
 * was looked at: in normal use, none of them is logged because a person does something.
 */
const EXACT: readonly EventId[] = [
  'agent.passphrase-set',
  'contract.refused',
  'decoder.sandbox-incomplete',
  'directory.damaged',
  'directory.read',
  'documents.no-converter',
  'guest.browser-silent',
  'guest.cache-elsewhere',
  'guest.crashed',
  'guest.opens-other-programs',
  'guest.past-the-kiosk',
  'guest.calls-past-the-kiosk',
  'kiosk.bug',
  'kiosk.died',
  'kiosk.folder-unwritable',
  'kiosk.hung',
  'kiosk.not-started',
  'kiosk.other-shell',
  'kiosk.started',
  'kiosk.stop-failed',
  'kiosk.stopped',
  'map.streets-unreadable',
  'map.unreadable',
  'print.failed',
  'print.left-behind',
  'print.queue-in-doubt',
  'printer.adopted',
  'printer.away',
  'printer.back',
  'printer.certificate-changed',
  'printer.certificate-remembered',
  'printer.not-understood',
  'printer.opaque-values',
  'printer.reason-began',
  'printer.reason-ended',
  'scanner.adopted',
  'scanner.certificate-changed',
  'scanner.certificate-remembered',
  'scanner.found',
  'scanner.none',
  'scanner.passed-over',
  'session.audit-failed',
  'session.clock-jumped',
  'session.leftover',
  'session.wipe-step-failed',
  'shell.browser-died',
  'shell.browser-replaced',
  'shell.browser-restarted',
  'shell.browser-started',
  'shell.no-key-grabs',
  'shell.no-ram-folder',
  'shell.no-window-manager',
  'shell.no-window-watch',
  'shell.shared-account',
  'shell.window-closed',
  'speech.not-spoken',
  'tutorials.read',
  'usage.bundle-failed',
  'usage.bundle-written',
  'usage.damaged',
  'usage.held-back',
  'usage.written-late',
  'usb.failed',
  'vault.memory-full',
  'vault.no-ram-folder',
  'vault.unwritable',
];
const specs: Readonly<Record<string, EventSpec>> = catalogue;
const all = Object.keys(catalogue) as EventId[];
const ofPeople = all.filter((id) => !EXACT.includes(id));

const MORNING = Date.UTC(2026, 10, 27, 9, 14, 3, 127);
const NEXT = Date.UTC(2026, 10, 27, 12, 15);

const sampleOf = (field: Field): string | number | boolean =>
  typeof field === 'string' ? { word: 'off-journey', ref: 'A1B2C3', fault: 'PN-X', signal: 'SIGKILL', number: 3, flag: true }[field] : (field[0] ?? ''); // prettier-ignore
const fieldsOf = (id: EventId) =>
  Object.fromEntries(Object.entries(specs[id]?.fields ?? {}).map(([name, field]) => [name, sampleOf(field)]));

const kiosk = (nowMs = MORNING) => {
  const clock = { nowMs };
  const lines: string[] = [];
  const deps = { now: () => clock.nowMs, sink: { write: (line: string) => void lines.push(line) } };
  const held = createHeldLines(deps);
  return { clock, lines, held, logger: createLogger({ ...deps, events: catalogue, held: () => held }) };
};

describe('an event of the catalogue', () => {
  it.each(ofPeople)('that a person may cause is logged by the half-day: %s', (id) => {
    const { clock, lines, held, logger } = kiosk();
    logger.log(id, fieldsOf(id) as never);
    held.writeFinished();
    expect(lines).toEqual([]);
    clock.nowMs = NEXT;
    held.writeFinished();
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { at: '2026-11-27T00:00', event: id, ...fieldsOf(id), times: 1 },
    ]);
  });
  it.each(EXACT)('that the machine causes keeps its time and is written at once: %s', (id) => {
    const { lines, logger } = kiosk();
    logger.log(id, fieldsOf(id) as never);
    expect(JSON.parse(lines.join(''))).toEqual({ at: '2026-11-27T09:14:03.127Z', event: id, ...fieldsOf(id) });
  });
});

describe('the lines about people', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'held-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const waiting = (): string => join(folder, 'waiting.jsonl');
  const did: readonly EventId[] = ['documents.refused', 'guest.navigation-blocked', 'scan.failed', 'documents.refused'];
  const logOf = (order: readonly EventId[], stepMs: number): string => {
    const { clock, lines, held, logger } = kiosk();
    logger.log('kiosk.started');
    for (const id of order) {
      clock.nowMs += stepMs;
      logger.log(id, fieldsOf(id) as never);
    }
    clock.nowMs = NEXT;
    logger.log('kiosk.stopped');
    held.writeFinished();
    return lines.join('');
  };
  it('are the same whatever the order and the times in which people came', () => {
    expect(logOf([...did].reverse(), 60_000)).toBe(logOf(did, 7_000));
    expect(logOf(did, 7_000)).toContain('"event":"documents.refused","reason":"off-journey","times":2');
  });
  it('are not written because another person does something, nor twice', () => {
    const { clock, lines, held, logger } = kiosk();
    logger.log('guest.unresponsive');
    clock.nowMs = NEXT;
    logger.log('guest.unresponsive');
    expect(lines).toEqual([]);
    held.writeFinished();
    held.writeFinished();
    expect(lines).toHaveLength(1);
  });
  it('wait for the end of their half-day across restarts of the kiosk', async () => {
    const first = kiosk();
    first.logger.log('guest.unresponsive');
    await first.held.save(systemFiles, waiting());
    expect(first.lines).toEqual([]);
    const second = kiosk(MORNING + 60_000);
    await second.held.resume(systemFiles, waiting());
    second.logger.log('guest.unresponsive');
    expect([second.lines, existsSync(waiting())]).toEqual([[], false]);
    await second.held.save(systemFiles, waiting());
    const third = kiosk(NEXT);
    await third.held.resume(systemFiles, waiting());
    expect(third.lines).toEqual(['{"at":"2026-11-27T00:00","event":"guest.unresponsive","times":2}\n']);
  });
  it('leave no file when there are none, and survive a damaged one', async () => {
    const { held, lines } = kiosk();
    await held.save(systemFiles, waiting());
    expect(existsSync(waiting())).toBe(false);
    writeFileSync(waiting(), '{"at":"2026-11-26T00:00","event":"guest.unresponsive","times":2}\n{"at":');
    await held.resume(systemFiles, waiting());
    expect(lines).toHaveLength(1);
  });
  it('are bounded, whatever a site makes the kiosk log', () => {
    const { clock, lines, held, logger } = kiosk();
    for (let sizeBytes = 0; sizeBytes < 5_000; sizeBytes += 1) logger.log('documents.not-fitted', { sizeBytes });
    clock.nowMs = NEXT;
    held.writeFinished();
    expect(lines).toHaveLength(1_001);
    expect(lines).toContain('{"at":"2026-11-27T00:00","event":"documents.not-fitted","times":4000}\n');
  });
});

it('the half-days of the log are those of the figures', () => {
  const first = Date.UTC(2026, 9, 24, 22);
  for (let hour = 1; hour < 14 * 24; hour += 1) {
    const [before, now] = [first + (hour - 1) * 3_600_000, first + hour * 3_600_000];
    const isOther = JSON.stringify(weekOfMoment(before)) !== JSON.stringify(weekOfMoment(now));
    expect([new Date(now), halfDayOf(before) !== halfDayOf(now)]).toEqual([new Date(now), isOther]);
  }
  expect(halfDayOf(Date.UTC(2026, 6, 1, 10, 59))).toBe('2026-07-01T00:00');
  expect(halfDayOf(Date.UTC(2026, 6, 1, 11))).toBe('2026-07-01T13:00');
});
