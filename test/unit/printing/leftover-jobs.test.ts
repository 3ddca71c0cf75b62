import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import { printerFault, type PrintJob } from '../../../main/devices/printer.ts';
import { createLeftoverJobs, type LeftoverJobs } from '../../../main/features/printing/leftover-jobs.ts';
import { sleep } from '../../../main/platform/clock.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryPrinter } from '../../fakes/memory-printer.ts';

/** A printer with a queue. Cancelling removes jobs, unless the test makes it keep them. */
class QueuedPrinter extends MemoryPrinter {
  way: 'answers' | 'silent' | 'unreachable' = 'answers';
  holdsOn = false;
  asked = 0;
  readonly #waiting: (() => void)[] = [];

  answerAgain(): void {
    this.way = 'answers';
    for (const wake of this.#waiting.splice(0)) wake();
  }
  override unfinished = async () => {
    this.asked += 1;
    if (this.way === 'unreachable') return fail(printerFault('printer.unreachable'));
    if (this.way === 'silent') await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return ok([...this.unfinishedJobs]);
  };
  override async cancel(job: PrintJob) {
    this.cancelled.push(job.id);
    if (!this.holdsOn) this.unfinishedJobs = this.unfinishedJobs.filter(({ id }) => id !== job.id);
    return ok(null);
  }
}

let clock: ManualClock;
let printer: QueuedPrinter;
let queue: LeftoverJobs;
let printing: boolean;
let logged: string[];
beforeEach(() => {
  clock = createManualClock();
  printer = new QueuedPrinter();
  printing = false;
  logged = [];
  queue = createLeftoverJobs({
    clock,
    logger: { log: (event) => void logged.push(event) },
    printer,
    printing: () => printing,
  });
});

const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false;
  void promise.then(() => (done = true));
  await clock.advance(0);
  return done;
};
const job = { id: 'of-an-earlier-run', sides: 1 };

describe('after an interrupted run', () => {
  it('its remaining jobs are cancelled before a session can begin', async () => {
    printer.unfinishedJobs = [job];
    queue.afterInterruption();
    expect(await settled(queue.endSession(false))).toBe(true);
    expect(printer.cancelled).toEqual([job.id]);
    expect(await queue.leftovers()).toBe(0);
  });

  it('a machine that does not respond delays the accueil by at most two seconds', async () => {
    printer.way = 'silent';
    queue.afterInterruption();
    const wiped = queue.endSession(false);
    await clock.advance(1_900);
    expect(await settled(wiped)).toBe(false);
    await clock.advance(100);
    expect(await settled(wiped)).toBe(true);
    expect(await queue.leftovers()).toBe(0);
    expect(printer.asked).toBe(1); // the audit does not wait a second time
    expect(logged).toContain('print.queue-in-doubt');
  });

  it('no job is sent before it has responded and its old jobs are cancelled', async () => {
    printer.way = 'silent';
    printer.unfinishedJobs = [job];
    queue.afterInterruption();
    const wiped = queue.endSession(false);
    await clock.advance(2_000);
    await wiped;
    const clear = queue.clear();
    expect(await settled(clear)).toBe(false);
    printer.answerAgain();
    expect(await clear).toBeUndefined();
    expect(printer.cancelled).toEqual([job.id]);
    printer.unfinishedJobs = [{ id: 'of-the-person-who-is-there', sides: 1 }];
    await clock.advance(60_000);
    expect(printer.cancelled).toEqual([job.id]);
  });

  it('a machine that is off is polled until it is back, and its jobs are cancelled then', async () => {
    printer.way = 'unreachable';
    printer.unfinishedJobs = [job];
    queue.afterInterruption();
    await queue.endSession(false);
    queue.start();
    await clock.advance(40_000);
    expect(await queue.clear()).toMatchObject({ code: 'printer.unreachable' });
    printer.way = 'answers';
    await clock.advance(15_000);
    expect(printer.cancelled).toEqual([job.id]);
    const { asked } = printer;
    await clock.advance(60_000);
    expect(printer.asked).toBe(asked); // the queue is known to be empty
    queue.stop();
  });

  it('no job of the current person is cancelled', async () => {
    queue.start();
    await clock.advance(0);
    printing = true;
    queue.afterInterruption();
    printer.way = 'unreachable';
    await queue.endSession(true);
    printer.way = 'answers';
    printer.unfinishedJobs = [{ id: 'theirs', sides: 1 }];
    await clock.advance(60_000);
    expect(printer.cancelled).toEqual([]);
    queue.stop();
  });
});

describe('a usual start', () => {
  it('does not wait for the machine, but checks it before the first print', async () => {
    printer.way = 'silent';
    expect(await settled(queue.endSession(false))).toBe(true);
    expect(printer.asked).toBe(0);
    printer.unfinishedJobs = [job];
    printer.way = 'answers';
    expect(await queue.clear()).toBeUndefined();
    expect(printer.cancelled).toEqual([job.id]);
  });

  it('without a printer nothing is delayed', async () => {
    const none = createLeftoverJobs({
      clock,
      logger: { log: () => undefined },
      printer: undefined,
      printing: () => false,
    });
    none.afterInterruption();
    expect(await settled(none.endSession(true))).toBe(true);
    expect(await none.leftovers()).toBe(0);
    expect(await none.clear()).toBeUndefined();
  });
});

describe('the end of a session that printed', () => {
  it('a job that the machine keeps fails every audit until it is gone', async () => {
    printer.unfinishedJobs = [job];
    printer.holdsOn = true;
    await queue.endSession(true);
    expect(await queue.leftovers()).toBe(1);
    expect(await queue.clear()).toMatchObject({ code: 'printer.not-accepting' });
    await queue.endSession(false);
    expect(await queue.leftovers()).toBe(1);
    printer.holdsOn = false;
    await queue.endSession(false);
    expect(await queue.leftovers()).toBe(0);
  });

  it('waits at most sixteen seconds for a machine that hangs, and does not keep the next person out', async () => {
    printer.way = 'silent';
    const wiped = queue.endSession(true);
    await clock.advance(15_000);
    expect(await settled(wiped)).toBe(false);
    await clock.advance(1_000);
    expect(await settled(wiped)).toBe(true);
    expect(await queue.leftovers()).toBe(0);
  });
});

describe('a machine that lists jobs without end', () => {
  beforeEach(() => {
    printer.unfinishedJobs = Array.from({ length: 200_000 }, (_, i) => ({ id: `job-${i}`, sides: 1 }));
    printer.holdsOn = true;
  });

  it('is asked to cancel a hundred of them, and gets no print', async () => {
    expect(await queue.clear()).toMatchObject({ code: 'printer.not-accepting' });
    expect(printer.cancelled).toHaveLength(100);
  });

  it('and answers each cancellation late holds up the person for a minute', async () => {
    const cancel = printer.cancel.bind(printer);
    printer.cancel = async (one) => {
      await sleep(clock, 29_000);
      return cancel(one);
    };
    const cleared = queue.clear();
    await clock.advance(87_000);
    expect(await cleared).toMatchObject({ code: 'printer.not-accepting' });
    expect(printer.cancelled).toHaveLength(3);
  });
});
