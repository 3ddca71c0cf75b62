/** A job that is followed on a printer whose every answer the test chooses. */
import { fail, ok } from '../../../main/contract/result.ts';
import type { IppClient } from '../../../main/devices/ipp/client.ts';
import { followJob } from '../../../main/devices/ipp/follow-job.ts';
import type { IppGroup } from '../../../main/devices/ipp/message.ts';
import { newDelivery, type Delivery } from '../../../main/devices/ipp/start-delivery.ts';
import {
  printerFault,
  type JobProgress,
  type PrinterFaultCode,
  type PrinterStatus,
} from '../../../main/devices/printer.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { OWNER } from './owner.ts';

export const PENDING: IppGroup = { 'job-id': [1], 'job-state': ['pending'] };
export const PRINTING: IppGroup = { 'job-id': [1], 'job-state': ['processing'], 'job-impressions-completed': [0] };

export interface Answers {
  /** A fault: it does not answer for itself. */
  status: Partial<PrinterStatus> | PrinterFaultCode;
  /** An IPP status: what it answers to every question about the job. */
  job: IppGroup | number;
}

export interface FollowedPrinter {
  readonly clock: ManualClock;
  readonly printer: Answers;
  readonly delivery: Delivery;
  readonly heard: readonly JobProgress[];
  end(): JobProgress['end'];
}

const READY: PrinterStatus = { state: 'ready', acceptsJobs: true, reasons: [], queuedJobs: 0 };

/** `sent`: the printer has received the whole document. */
export const followed = ({
  sides,
  sent = true,
  ...answers
}: Answers & { readonly sides: number; readonly sent?: boolean }): FollowedPrinter => {
  const clock = createManualClock();
  const printer = answers;
  const call = async () => {
    const { job } = printer;
    const answer = typeof job === 'number' ? { status: job, jobs: [] } : { status: 0, jobs: [job] };
    return ok({ operation: {}, printers: [], unsupported: {}, opaque: 0, ...answer });
  };
  const delivery = { ...newDelivery(false, OWNER.jobName), ids: [1], finished: sent };
  if (sent) delivery.whole.add(1);
  const heard: JobProgress[] = [];
  const deps = {
    clock,
    client: { owner: OWNER, call } as unknown as IppClient,
    printer: {
      status: async () => {
        const { status } = printer;
        return typeof status === 'string' ? fail(printerFault(status)) : ok({ ...READY, ...status });
      },
      cancel: async () => ok(null),
    },
    onEnd: () => undefined,
  };
  void (async () => {
    for await (const one of followJob(deps, { id: '1', sides }, delivery, new AbortController().signal))
      heard.push(one);
  })();
  return { clock, printer, delivery, heard, end: () => heard.at(-1)?.end };
};
