/** What every printer adapter must do, whatever its protocol: real programs, the folder and the fake alike. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printerFaultRetry, type Printer, type PrintJob, type PrintOrder } from '../../../main/devices/printer.ts';
import { follow } from '../../harness/printing/kiosk-side.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { until } from '../../harness/until.ts';
import { declared, type Cannot } from '../declared.ts';

export interface Subject {
  readonly printer: Printer;
  /** The same adapter, for a device that is not there. */
  absent(): Promise<Printer>;
  /** Slows pages down, so that a test can act in the middle of a job. */
  slow(): void;
  /** Resolves once the job in the middle of which `slow` was called holds up no other. */
  quick(): Promise<void>;
  /** The printed documents, one file per job, oldest first; undefined when that cannot be known. */
  papers(): readonly string[] | undefined;
  stop(): Promise<void>;
}

/**
 * `unfinished`: a job can be caught before it has ended. `queue`: a second job is accepted before the first has ended.
 * `absence`: an absent device is noticed before the first job.
 */
export type PrinterPromise = 'unfinished' | 'queue' | 'absence';

export const printerSuite = (
  name: string,
  skip: string | false,
  make: () => Promise<Subject>,
  cannot: Cannot<PrinterPromise> = {},
): void => {
  if (skip !== false) console.warn(`SKIPPED: ${name}: ${skip}`);
  describe.skipIf(skip !== false)(name, () => {
    const itUnless = declared(cannot);
    let subject: Subject;
    let quickened: Promise<void> | undefined;
    const ids = new Set<string>();
    const order = async (pages: number): Promise<PrintOrder> => ({
      pdf: await samplePdf(pages),
      pages,
      copies: 1,
      twoSided: false,
      colour: false,
    });
    const submit = async (pages: number): Promise<PrintJob> => {
      await quickened;
      const job = await subject.printer.submit(await order(pages));
      if (!job.ok) throw new Error(job.error.code);
      expect(ids).not.toContain(job.value.id);
      ids.add(job.value.id);
      return job.value;
    };
    const unfinishedIds = async (): Promise<readonly string[]> => {
      const listed = await subject.printer.unfinished();
      if (!listed.ok) throw new Error(listed.error.code);
      return listed.value.map(({ id }) => id);
    };
    /** A queue may list a job for a moment after the machine behind it has ended it. */
    const emptyQueue = (): Promise<true> => until('an empty queue', async () => (await unfinishedIds()).length === 0);
    beforeAll(async () => {
      subject = await make();
    }, 60_000);
    afterAll(() => subject?.stop());

    it('describes itself', async () => {
      expect(await subject.printer.describe()).toMatchObject({ ok: true, value: { model: expect.any(String) } });
    });

    it('is ready when nothing is wrong', async () => {
      await until('a ready printer', async () => {
        const status = await subject.printer.status();
        return status.ok && status.value.state === 'ready';
      });
    });

    it('reports a job from its acceptance to exactly one end, and never counts backwards', async () => {
      const { printer } = subject;
      const described = await printer.describe();
      const job = await submit(3);
      if (!described.ok) throw new Error(described.error.code);
      expect(job.sides).toBe(3);
      const heard = await follow(printer, job, undefined, 50_000);
      const last = heard.at(-1);
      expect(heard.filter((progress) => progress.end !== undefined)).toEqual([last]);
      if (described.value.countsPages) expect(last).toMatchObject({ sidesOut: 3, end: { kind: 'done' } });
      else expect(['sent', 'unconfirmed']).toContain(last?.end?.kind);
      const counts = heard.map((progress) => progress.sidesOut);
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
      const papers = subject.papers();
      if (papers !== undefined) expect(papers.length).toBeGreaterThanOrEqual(1);
    });

    it('ends again when an ended job is watched again, and cancels it without an error', async () => {
      const { printer } = subject;
      const job = await submit(1);
      await follow(printer, job, undefined, 50_000);
      const again = await follow(printer, job, undefined, 50_000);
      expect(again.filter((progress) => progress.end !== undefined)).toEqual([again.at(-1)]);
      expect(['done', 'sent', 'unconfirmed']).toContain(again.at(-1)?.end?.kind);
      expect(await printer.cancel(job)).toEqual({ ok: true, value: null });
      await emptyQueue();
    });

    itUnless('unfinished', 'keeps a job whose watcher leaves, then cancels it', async () => {
      const { printer } = subject;
      subject.slow();
      const job = await submit(40);
      expect(await unfinishedIds()).toContain(job.id);
      const status = await printer.status();
      expect(status.ok && status.value.queuedJobs).toBeGreaterThan(0);
      const leaving = new AbortController();
      const seen = Promise.withResolvers<void>();
      const watched = (async () => {
        for await (const { end } of printer.watch(job, leaving.signal)) {
          expect(end).toBeUndefined();
          seen.resolve();
        }
      })();
      await seen.promise;
      leaving.abort();
      await watched;
      expect(await unfinishedIds()).toContain(job.id);

      expect(await printer.cancel(job)).toEqual({ ok: true, value: null });
      quickened = subject.quick();
      const heard = await follow(printer, job, undefined, 50_000);
      expect(heard.at(-1)?.end?.kind).toBe('cancelled');
      await emptyQueue();
      // Cancelling a job that has ended is not an error.
      expect(await printer.cancel(job)).toEqual({ ok: true, value: null });
    });

    itUnless('queue', 'reports each of two jobs by itself', async () => {
      const { printer } = subject;
      const jobs = [await submit(1), await submit(2)];
      const heard = await Promise.all(jobs.map((job) => follow(printer, job, undefined, 50_000)));
      for (const [n, one] of heard.entries()) {
        const last = one.at(-1);
        expect(one.filter(({ end }) => end !== undefined)).toEqual([last]);
        // Behind a queue, the pages of the first job may be lost from sight while the second is printed.
        expect(['done', 'sent', 'unconfirmed']).toContain(last?.end?.kind);
        if (last?.end?.kind === 'done') expect(last.sidesOut).toBe(jobs[n]?.sides);
      }
    });

    it('stops watching a job without an error when the watcher is aborted', async () => {
      const { printer } = subject;
      const job = await submit(1);
      const stop = new AbortController();
      for await (const progress of printer.watch(job, stop.signal)) {
        expect(progress.sidesOut).toBeGreaterThanOrEqual(0);
        stop.abort();
      }
      await follow(printer, job, undefined, 50_000);
    });

    it('prints nothing of an order that was aborted before it was sent', async () => {
      await emptyQueue();
      const before = subject.papers()?.length;
      const job = await subject.printer.submit(await order(1), AbortSignal.abort());
      expect(job).toMatchObject({ ok: false, error: { code: 'printer.cancelled', retry: 'now' } });
      expect(await unfinishedIds()).toEqual([]);
      expect(subject.papers()?.length).toBe(before);
    });

    itUnless('absence', 'describes no device that is absent', async () => {
      const described = await (await subject.absent()).describe();
      expect(described.ok || printerFaultRetry[described.error.code]).toBe('after-help');
    });

    it('accepts no job for a device that is absent', async () => {
      const job = await (await subject.absent()).submit(await order(1));
      expect(job.ok || printerFaultRetry[job.error.code]).toBe('after-help');
    });

    it('forgets its ended jobs without an error', async () => {
      await follow(subject.printer, await submit(1), undefined, 50_000);
      await emptyQueue();
      await subject.printer.forget();
      expect(await unfinishedIds()).toEqual([]);
    });
  });
};
