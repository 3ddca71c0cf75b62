/** What every printer adapter must do, whatever its protocol. Each adapter runs it against a real program. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Printer } from '../../../main/devices/printer.ts';
import { follow } from '../../harness/printing/kiosk-side.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { until } from '../../harness/until.ts';

export interface Subject {
  readonly printer: Printer;
  /** Slows pages down, so that a test can act in the middle of a job. */
  slow(): void;
  quick(): void;
  /** The printed documents, one file per job, oldest first; undefined when that cannot be known. */
  papers(): readonly string[] | undefined;
  stop(): Promise<void>;
}

export const printerSuite = (name: string, skip: string | false, make: () => Promise<Subject>): void => {
  if (skip !== false) console.warn(`SKIPPED: ${name}: ${skip}`);
  describe.skipIf(skip !== false)(name, () => {
    let subject: Subject;
    const order = async (pages: number) => ({
      pdf: await samplePdf(pages),
      pages,
      copies: 1,
      twoSided: false,
      colour: false,
    });
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
      const job = await printer.submit(await order(3));
      if (!job.ok || !described.ok) throw new Error('not accepted');
      expect(job.value.sides).toBe(3);
      const heard = await follow(printer, job.value, undefined, 50_000);
      const last = heard.at(-1);
      expect(heard.filter((progress) => progress.end !== undefined)).toHaveLength(1);
      if (described.value.countsPages) expect(last).toMatchObject({ sidesOut: 3, end: { kind: 'done' } });
      else expect(['sent', 'unconfirmed']).toContain(last?.end?.kind);
      const counts = heard.map((progress) => progress.sidesOut);
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
      const papers = subject.papers();
      if (papers !== undefined) expect(papers.length).toBeGreaterThanOrEqual(1);
    });

    it('cancels a job, and leaves none of our jobs in the queue', async () => {
      const { printer } = subject;
      subject.slow();
      const job = await printer.submit(await order(40));
      if (!job.ok) throw new Error(job.error.code);
      const [mine] = [await printer.unfinished()];
      expect(mine.ok && mine.value.length).toBeGreaterThan(0);
      expect(await printer.cancel(job.value)).toEqual({ ok: true, value: null });
      subject.quick();
      const heard = await follow(printer, job.value, undefined, 50_000);
      expect(heard.at(-1)?.end?.kind).toBe('cancelled');
      await until('an empty queue', async () => {
        const left = await printer.unfinished();
        return left.ok && left.value.length === 0;
      });
      // Cancelling a job that has ended is not an error.
      expect(await printer.cancel(job.value)).toEqual({ ok: true, value: null });
    });

    it('stops watching a job without an error when the watcher is aborted', async () => {
      const { printer } = subject;
      const job = await printer.submit(await order(1));
      if (!job.ok) throw new Error(job.error.code);
      const stop = new AbortController();
      for await (const progress of printer.watch(job.value, stop.signal)) {
        expect(progress.sidesOut).toBeGreaterThanOrEqual(0);
        stop.abort();
      }
      await follow(printer, job.value, undefined, 50_000);
    });
  });
};
