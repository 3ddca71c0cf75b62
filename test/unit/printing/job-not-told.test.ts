/** A printer that answers for itself, and tells nothing of the job: it must not keep the session open for ever. */
import { describe, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import type { IppClient } from '../../../main/devices/ipp/client.ts';
import { followJob } from '../../../main/devices/ipp/follow-job.ts';
import { newDelivery } from '../../../main/devices/ipp/start-delivery.ts';
import { printerFault, type JobProgress, type PrinterStatus } from '../../../main/devices/printer.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { OWNER } from '../../harness/printing/owner.ts';

const READY: PrinterStatus = { state: 'ready', acceptsJobs: true, reasons: [], queuedJobs: 0 };
const NOT_AUTHORIZED = 0x0403;
const PENDING = 'pending';

const follow = () => {
  const clock = createManualClock();
  const printer = { away: false, tells: false };
  const call = async () => {
    const job = { 'job-id': [1], 'job-state': [PENDING] };
    const answer = printer.tells ? { status: 0, jobs: [job] } : { status: NOT_AUTHORIZED, jobs: [] };
    return ok({ operation: {}, printers: [], unsupported: {}, opaque: 0, ...answer });
  };
  const delivery = { ...newDelivery(false, OWNER.jobName), ids: [1], finished: true };
  const heard: JobProgress[] = [];
  const deps = {
    clock,
    client: { owner: OWNER, call } as unknown as IppClient,
    printer: {
      status: async () =>
        (printer.away ? { ok: false, error: printerFault('printer.unreachable') } : ok(READY)) as never,
      cancel: async () => ok(null),
    },
    onEnd: () => undefined,
  };
  void (async () => {
    for await (const one of followJob(deps, { id: '1', sides: 1 }, delivery, new AbortController().signal))
      heard.push(one);
  })();
  return { clock, printer, delivery, end: () => heard.at(-1)?.end };
};
const UNSURE = { kind: 'failed', fault: { code: 'printer.unsure' } };

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

  it('is followed on once the printer tells of it, and while the printer is away', async () => {
    const { clock, printer, end } = follow();
    await clock.advance(60_000);
    printer.tells = true;
    await clock.advance(1_000);
    printer.tells = false;
    await clock.advance(60_000);
    printer.away = true;
    await clock.advance(60_000);
    expect(end()).toBeUndefined();
  });
});
