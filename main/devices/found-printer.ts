/** A printer that is searched for at the first call, and again each time it is gone. */
import { ok, type Result } from '../contract/result.ts';
import { printerFault, type Printer, type PrinterFault, type PrinterFaultCode, type PrintJob } from './printer.ts';

export interface FoundOne {
  /** The same for one device, wherever and whenever it is found. */
  readonly identity: string;
  readonly printer: Printer;
}

const GONE: ReadonlySet<PrinterFaultCode> = new Set([
  'printer.unreachable',
  'printer.none',
  // Another device may have its address now.
  'printer.certificate-changed',
]);

export const foundPrinter = (look: () => Promise<Result<FoundOne, PrinterFault>>): Printer => {
  let known: FoundOne | undefined;
  let looking: Promise<Result<FoundOne, PrinterFault>> | undefined;
  /** Where each job is: it is followed and cancelled there, even after another printer was found. */
  const owners = new WeakMap<PrintJob, FoundOne>();
  /** The printers that may hold one of our jobs. Nobody else can tell that they hold none. */
  const holders = new Map<string, Printer>();

  const get = async (): Promise<Result<FoundOne, PrinterFault>> => {
    if (known !== undefined) return ok(known);
    const answer = await (looking ??= look().finally(() => (looking = undefined)));
    if (answer.ok) known = answer.value;
    return answer;
  };
  /** The current printer replaces an earlier find of the same device: its address may have changed. */
  const mayHold = (current: Result<FoundOne, PrinterFault>): ReadonlyMap<string, Printer> =>
    new Map([...holders, ...(current.ok ? [[current.value.identity, current.value.printer] as const] : [])]);
  const heard = <T>(answer: Result<T, PrinterFault>): Result<T, PrinterFault> => {
    if (!answer.ok && GONE.has(answer.error.code)) known = undefined;
    return answer;
  };
  const ask = async <T>(
    question: (one: FoundOne) => Promise<Result<T, PrinterFault>>,
  ): Promise<Result<T, PrinterFault>> => {
    const one = await get();
    return one.ok ? heard(await question(one.value)) : one;
  };

  return {
    describe: (signal) => ask(({ printer }) => printer.describe(signal)),
    status: (signal) => ask(({ printer }) => printer.status(signal)),
    submit: (order, signal) =>
      ask(async (one) => {
        // Before the answer, which may be lost.
        holders.set(one.identity, one.printer);
        const job = await one.printer.submit(order, signal);
        if (job.ok) owners.set(job.value, one);
        return job;
      }),
    async *watch(job, signal) {
      const found = owners.has(job) ? undefined : await get();
      const owner = owners.get(job) ?? (found?.ok === true ? found.value : undefined);
      if (owner === undefined) {
        const end = { kind: 'failed', fault: printerFault('printer.unsure') } as const;
        yield { stage: 'stopped', sidesOut: 0, reasons: [], end };
        return;
      }
      for await (const progress of owner.printer.watch(job, signal)) {
        if (progress.end?.kind === 'done') holders.delete(owner.identity);
        yield progress;
      }
    },
    cancel: (job) => owners.get(job)?.printer.cancel(job) ?? ask(({ printer }) => printer.cancel(job)),
    async unfinished() {
      const current = await get();
      if (!current.ok && holders.size === 0) return current;
      let all: readonly PrintJob[] = [];
      for (const [identity, printer] of mayHold(current)) {
        const jobs = heard(await printer.unfinished());
        if (!jobs.ok) return jobs;
        if (jobs.value.length === 0) holders.delete(identity);
        for (const job of jobs.value) owners.set(job, { identity, printer });
        all = [...all, ...jobs.value];
      }
      return ok(all);
    },
    async forget() {
      for (const printer of mayHold(await get()).values()) await printer.forget();
    },
  };
};
