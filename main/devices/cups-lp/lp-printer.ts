/**
 * Prints through `lp` to a CUPS queue that IPP can't reach. CUPS only knows that it handed the job over, not whether
 * paper came out, so the person is asked once the job has left the queue.
 */
import type { PrinterReason } from '../../contract/printing.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { inCLocale } from '../../platform/c-locale.ts';
import { pause, withTimeout, type Clock } from '../../platform/clock.ts';
import type { Run, RunOutput } from '../../platform/run.ts';
import type { JobOwner } from '../job-owner.ts';
import { printerFault, type Printer, type PrinterFault, type PrintJob } from '../printer.ts';
import { StandstillWatch } from '../standstill.ts';
import { jobsFromLpstat, printingJobFromLpstat, statusFromLpstat } from './lpstat.ts';

export interface LpPrinterDeps {
  readonly run: Run;
  readonly clock: Clock;
  readonly queue: string;
  readonly owner: JobOwner;
  /** `host:port` of a CUPS server other than this PC's own. */
  readonly server?: string;
}

/** What `lpstat` says of a user that CUPS does not disclose. */
const HIDDEN = 'unknown';
const ASK_MS = 8000;
const SUBMIT_MS = 60_000;
const POLL_MS = 1000;
/** `lpstat` reports no progress: all we see is whether the job is listed, and whether it is the one being printed. */
const UNCOUNTED = { delivered: true, sidesOut: 0, ended: 0 };
const QUEUE_NAME = /^[^\s/#"'<>|-][^\s/#"'<>|]{0,126}$/;

export const createLpPrinter = (deps: LpPrinterDeps): Printer => {
  const { run, clock, queue, server, owner } = deps;
  /** CUPS hides the users of jobs from anybody else, unless it is set up otherwise. */
  const as = [...(server === undefined ? [] : ['-h', server]), '-U', owner.user];
  const ask = async (program: string, args: readonly string[]): Promise<Result<RunOutput, PrinterFault>> => {
    if (!QUEUE_NAME.test(queue)) return fail(printerFault('printer.none', 'queue-name'));
    const said = await run(program, [...as, ...args], { timeoutMs: ASK_MS, env: { LC_ALL: 'C' } });
    if (said.ok) return said;
    if (said.error.kind === 'missing') return fail(printerFault('printer.none', said.error.program));
    if (said.error.kind === 'exit') {
      const unknown = /invalid destination|unknown|does not exist/i.test(said.error.output.stderr);
      return fail(printerFault(unknown ? 'printer.none' : 'printer.unreachable', said.error.output.stderr));
    }
    return fail(printerFault(said.error.kind === 'timeout' ? 'printer.slow' : 'printer.unreachable'));
  };
  const waiting = async (): Promise<Result<readonly { id: string; user: string }[], PrinterFault>> => {
    const said = await ask('lpstat', ['-W', 'not-completed', '-o', queue]);
    return said.ok ? ok(jobsFromLpstat(said.value.stdout.toString('utf8'), queue)) : said;
  };
  const printer: Printer = {
    async describe() {
      const there = await ask('lpstat', ['-p', queue]);
      if (!there.ok) return there;
      return ok({ model: queue, colour: false, twoSided: false, maxCopies: 99, countsPages: false });
    },
    async status() {
      const said = await ask('lpstat', ['-p', queue]);
      if (!said.ok) return said;
      const jobs = await waiting();
      return ok(statusFromLpstat(said.value.stdout.toString('utf8'), jobs.ok ? jobs.value.length : 0));
    },
    async submit(order, signal) {
      // A missing `lp` or queue would be an unhandled error inside the library, so check first.
      const there = await ask('lpstat', ['-p', queue]);
      if (!there.ok) return there;
      if (signal?.aborted) return fail(printerFault('printer.cancelled'));
      const job = await withTimeout(
        clock,
        SUBMIT_MS,
        'lp',
        submitBuffer(order.pdf, order.copies, order.pages * order.copies),
      ).catch((cause: unknown) => fail(printerFault('printer.unsure', cause)));
      if (job.ok) sent.add(job.value.id);
      return job;
    },
    async *watch(job, signal) {
      let silentMs = 0;
      const standstill = new StandstillWatch(clock);
      while (!signal.aborted) {
        const jobs = await waiting();
        if (jobs.ok && !jobs.value.some(({ id }) => id === job.id)) {
          const end = cancelled.has(job.id) ? ({ kind: 'cancelled' } as const) : ({ kind: 'unconfirmed' } as const);
          cancelled.delete(job.id);
          yield { stage: 'stopped', sidesOut: 0, reasons: [], end };
          return;
        }
        silentMs = jobs.ok ? 0 : silentMs + POLL_MS;
        if (silentMs > 10 * 60_000) {
          yield {
            stage: 'stopped',
            sidesOut: 0,
            reasons: ['offline'],
            end: { kind: 'failed', fault: printerFault('printer.unsure') },
          };
          return;
        }
        const said = await ask('lpstat', ['-p', queue]);
        const text = said.ok ? said.value.stdout.toString('utf8') : '';
        const printed = printingJobFromLpstat(text);
        const isPrinted = printed === job.id || printed === '0';
        const reasons: readonly PrinterReason[] = said.ok
          ? [...statusFromLpstat(text, 0).reasons, ...(isPrinted || printed === undefined ? [] : (['busy'] as const))]
          : ['offline'];
        const reading = { state: isPrinted ? 'processing' : 'pending', reasons: [], message: '', progress: 0 };
        const stands = standstill.update({ ...UNCOUNTED, readings: [reading], sides: job.sides, reasons });
        if (stands.hopeless && !cancelled.has(job.id)) {
          await printer.cancel(job);
          cancelled.delete(job.id);
          const end = { kind: 'failed', fault: printerFault('printer.unsure', 'standstill') } as const;
          yield { stage: 'stopped', sidesOut: 0, reasons: [], end };
          return;
        }
        const all = [...stands.reasons, ...reasons];
        const stopped = all.some((reason) => reason !== 'busy');
        yield { stage: stopped ? 'stopped' : isPrinted ? 'printing' : 'waiting', sidesOut: 0, reasons: all };
        await pause(clock, POLL_MS, signal);
      }
    },
    async cancel(job) {
      cancelled.add(job.id);
      const said = await ask('cancel', [`${queue}-${job.id}`]);
      // A job that has left the queue can't be cancelled; `watch` reports its outcome.
      return said.ok || said.error.code !== 'printer.slow' ? ok(null) : said;
    },
    async unfinished() {
      const jobs = await waiting();
      if (!jobs.ok) return jobs;
      const ours = jobs.value.filter(({ id, user }) => user === owner.user || (user === HIDDEN && sent.has(id)));
      return ok(ours.map(({ id }) => ({ id, sides: 1 })));
    },
    forget: async () => undefined,
  };
  const cancelled = new Set<string>();
  /** Unlike a printer, CUPS never gives an id again. */
  const sent = new Set<string>();

  const submitBuffer = async (
    pdf: Uint8Array,
    copies: number,
    sides: number,
  ): Promise<Result<PrintJob, PrinterFault>> => {
    const { default: NodePrinter } = await import('node-printer');
    return new Promise((resolve) => {
      // Not `new`: the constructor runs a program synchronously, then runs `lpq` in an endless loop.
      const library = Object.create(NodePrinter.prototype) as InstanceType<typeof NodePrinter>;
      library.name = queue;
      library.jobs = [];
      // The library parses "request id is …" and throws on any translation of it.
      const job = inCLocale(() =>
        library.printBuffer(pdf, {
          username: owner.user,
          title: owner.jobName,
          numCopies: copies,
          // Otherwise CUPS prints 1, 1, 2, 2, 3, 3.
          o: 'collate=true',
          media: 'iso_a4_210x297mm', // the name that CUPS of Debian 12 also passes on through a queue without a driver
          fitplot: true,
          ...(server === undefined ? {} : { hostname: server }),
        }),
      );
      job.on('sent', (id: number) =>
        resolve(Number.isInteger(id) ? ok({ id: String(id), sides }) : fail(printerFault('printer.unsure'))),
      );
      job.on('error', (cause: unknown) => resolve(fail(printerFault('printer.not-accepting', String(cause)))));
    });
  };
  return printer;
};
