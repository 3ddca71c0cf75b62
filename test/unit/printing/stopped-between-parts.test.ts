/** « Arrêter » while the next part of a document is on its way: a printer of pictures only gets a job a page. */
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import { parseIppAddress } from '../../../main/devices/ipp/address.ts';
import { IppClient } from '../../../main/devices/ipp/client.ts';
import { IppPrinter } from '../../../main/devices/ipp/ipp-printer.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import type { Http } from '../../../main/platform/network/http.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { attribute, OP } from '../../harness/printing/bad-network.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { until } from '../../harness/until.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const PENDING = 3;
const CANCELED = 7;
const COMPLETED = 9;
const BUSY = 0x0507;

interface Part {
  state: number;
}

/** A printer that takes one picture a job. `second`: what it does with the job of the second page. */
const startPrinter = (creates: boolean, second: (make: () => void) => Promise<'busy' | undefined>) => {
  const jobs: Part[] = [];
  let asked = 0;
  const operations: number[] = [OP.printJob, OP.validateJob, OP.cancelJob, OP.getJob, OP.getJobs, OP.getPrinter];
  if (creates) operations.push(OP.createJob, OP.sendDocument);
  const described = Buffer.concat([
    Buffer.from([0x04]),
    attribute(0x49, 'document-format-supported', 'image/jpeg'),
    ...operations.map((operation, at) => attribute(0x23, at === 0 ? 'operations-supported' : '', int(operation))),
  ]);
  const groupOf = (id: number): Buffer =>
    Buffer.concat([
      Buffer.from([0x02]),
      attribute(0x21, 'job-id', int(id)),
      attribute(0x42, 'job-name', OWNER.jobName),
      attribute(0x42, 'job-originating-user-name', OWNER.user),
      attribute(0x23, 'job-state', int(jobs[id - 1]?.state ?? PENDING)),
    ]);
  const http: Http = async ({ body, signal }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of body ?? []) pieces.push(piece);
    if (signal?.aborted) return fail({ kind: 'aborted' });
    const sent = Buffer.from(pieces[0]!);
    const operation = sent.readUInt16BE(2);
    const at = sent.indexOf('job-id');
    let id = at < 0 ? 0 : sent.readInt32BE(at + 'job-id'.length + 2);
    let status = 0;
    if (operation === OP.createJob || operation === OP.printJob) {
      asked += 1;
      const make = (): void => void jobs.push({ state: operation === OP.printJob ? COMPLETED : PENDING });
      if (asked === 1) make();
      else {
        const broken = new Promise<'broken'>((resolve) => signal?.addEventListener('abort', () => resolve('broken')));
        const said = await Promise.race([second(make), broken]);
        if (said === 'broken') return fail({ kind: 'aborted' });
        if (said === 'busy') status = BUSY;
      }
      id = jobs.length;
    }
    const job = jobs[id - 1];
    if (operation === OP.sendDocument && job) job.state = COMPLETED;
    if (operation === OP.cancelJob && job) job.state = CANCELED;
    const head = Buffer.from(sent.subarray(0, 8));
    head.writeUInt16BE(status, 2);
    const groups = operation === OP.getJobs ? jobs.map((_, n) => groupOf(n + 1)) : [groupOf(id)];
    const answer = operation === OP.getPrinter ? [described] : groups;
    const reply = Buffer.concat([head, ...answer, Buffer.from([0x03])]);
    return ok({ status: 200, headers: {}, body: reply });
  };
  const address = parseIppAddress('ipp://10.0.0.7/ipp/print');
  if (address === undefined) throw new Error('no address');
  const clock = createManualClock();
  const printer = new IppPrinter({
    client: new IppClient({ http, pins: memoryPins(), logger: silentLogger, owner: OWNER }, address),
    clock,
    raster: { rgb: async () => new Uint8Array(1), jpeg: async () => new Uint8Array(1) },
    browse: async () => [],
    remembered: new Map(),
  });
  const submit = async () => {
    const order = { pdf: new Uint8Array(1), pages: 2, copies: 1, twoSided: false, colour: false };
    const submitted = printer.submit(order);
    await until('the second page to be on its way', () => asked === 2);
    await clock.advance(3_000); // `submit` leaves the rest to `watch`
    const job = await submitted;
    if (!job.ok) throw new Error(job.error.code);
    return job.value;
  };
  return { printer, jobs, submit, states: () => jobs.map(({ state }) => state), asked: () => asked, clock };
};

describe('« Arrêter » while the job of the second page', () => {
  it('is being created leaves no job in the printer', async () => {
    const created = Promise.withResolvers<void>();
    const { printer, submit, states } = startPrinter(true, async (make) => {
      await created.promise;
      make();
      return undefined;
    });
    await printer.cancel(await submit());
    created.resolve();
    await until('its job to be cancelled', () => states()[1] === CANCELED);
  });

  it('is refused by a busy printer creates no further one', async () => {
    const { printer, submit, asked, clock, states } = startPrinter(true, async (make) => {
      if (states()[0] !== CANCELED) return 'busy';
      make();
      return undefined;
    });
    const job = await submit();
    const before = asked();
    await printer.cancel(job);
    await clock.advance(2_000);
    expect(asked()).toBe(before);
    expect(states()).toEqual([CANCELED]);
  });

  it('is taken with its document, and its answer is lost, cancels it all the same', async () => {
    const { printer, submit, states } = startPrinter(false, (make) => {
      make();
      return new Promise(() => undefined);
    });
    await printer.cancel(await submit());
    await until('its job to be cancelled', () => states()[1] === CANCELED);
  });
});
