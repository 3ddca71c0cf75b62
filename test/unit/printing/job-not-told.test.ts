/** A printer that answers for itself, and tells nothing of the job: it must not keep the session open for ever. */
import { describe, expect, it } from 'vitest';
import { followed, PENDING, PRINTING } from '../../harness/printing/followed-printer.ts';

const NOT_AUTHORIZED = 0x0403;
const BUSY = 0x0507;
const BAD_REQUEST = 0x0400;
const NOT_POSSIBLE = 0x0404;
const UNSURE = { kind: 'failed', fault: { code: 'printer.unsure' } };
const follow = () => followed({ status: {}, job: NOT_AUTHORIZED, sides: 1 });

describe('a job of which the printer tells nothing', () => {
  it('ends as unknown: the person looks at the printer', async () => {
    const { clock, end } = follow();
    await clock.advance(60_000);
    expect(end()).toBeUndefined();
    await clock.advance(60_000);
    expect(end()).toMatchObject(UNSURE);
  });

  it('ends sooner after « Arrêter »', async () => {
    const { clock, delivery, end } = follow();
    await clock.advance(1_000);
    delivery.stopped = true;
    await clock.advance(35_000);
    expect(end()).toMatchObject(UNSURE);
  });

  it.each([
    ['bad request', BAD_REQUEST],
    ['not possible', NOT_POSSIBLE],
  ])('has ended once “%s” is the answer to three questions in a row', async (_, status) => {
    const { clock, printer, end } = followed({ status: {}, job: PRINTING, sides: 2 });
    await clock.advance(1_000);
    printer.job = status;
    await clock.advance(1_000);
    printer.job = { ...PRINTING, 'job-impressions-completed': [2] };
    await clock.advance(1_000);
    printer.job = status;
    await clock.advance(1_000);
    expect(end()).toBeUndefined();
    await clock.advance(500);
    expect(end()).toEqual({ kind: 'done' });
  });

  it.each([
    ['its document', 1],
    ['the next part of the document', 2],
  ])('is not given up while %s is sent: that would cut it', async (_, parts) => {
    const { clock, printer, delivery, end } = followed({ status: {}, job: PRINTING, sides: 2, sent: false });
    delivery.parts = parts;
    if (parts > 1) delivery.whole.add(1);
    await clock.advance(1_000);
    printer.job = NOT_POSSIBLE;
    await clock.advance(30_000);
    expect([delivery.abort.signal.aborted, end()]).toEqual([false, undefined]);
    delivery.finished = true;
    delivery.whole.add(1);
    await clock.advance(2_000);
    expect(end()).toMatchObject({ kind: 'unconfirmed' });
  });

  it('may be one that it has not understood yet, when it never told of it', async () => {
    const { clock, end } = followed({ status: {}, job: NOT_POSSIBLE, sides: 1 });
    await clock.advance(60_000);
    expect(end()).toBeUndefined();
  });

  it('is followed on once the printer tells of it, and while the printer is away', async () => {
    const { clock, printer, end } = follow();
    await clock.advance(60_000);
    printer.job = PENDING;
    await clock.advance(1_000);
    printer.job = NOT_AUTHORIZED;
    await clock.advance(60_000);
    printer.status = 'printer.unreachable';
    await clock.advance(60_000);
    expect(end()).toBeUndefined();
  });
});

describe('a printer that does not answer while it prints', () => {
  const WAITING = { stage: 'waiting', sidesOut: 0, reasons: ['connecting'] };

  it('is looked for, and said to be off after fifteen seconds', async () => {
    const { clock, printer, heard } = followed({ status: {}, job: PRINTING, sides: 2 });
    await clock.advance(1_000);
    Object.assign(printer, { status: 'printer.slow', job: NOT_AUTHORIZED });
    await clock.advance(13_000);
    expect(heard.at(-1)).toEqual(WAITING);
    await clock.advance(3_000);
    expect(heard.at(-1)).toEqual({ stage: 'stopped', sidesOut: 0, reasons: ['offline'] });
  });

  it('is not off when it answers that it is busy, and is not waited for without end', async () => {
    const { clock, printer, heard, end } = followed({ status: { state: 'busy' }, job: PRINTING, sides: 2 });
    await clock.advance(1_000);
    Object.assign(printer, { status: 'printer.busy', job: BUSY });
    await clock.advance(60_000);
    expect(heard.at(-1)).toEqual({ stage: 'printing', sidesOut: 0, reasons: [] });
    await clock.advance(10 * 60_000);
    expect(end()).toMatchObject(UNSURE);
  });
});
