/** A page that cannot be drawn while the printer reads the document: for the printer, the document only breaks off. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import type { JobProgress } from '../../../main/devices/printer.ts';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { attribute, OP } from '../../harness/printing/bad-network.ts';
import { follow, ippPrinter } from '../../harness/printing/kiosk-side.ts';

const PENDING = 3;
const PROCESSING = 5;
const CANCELED = 7;
const COMPLETED = 9;
const PAGES = 4;
const BAD_PAGE = 3;

const int = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => bytes.writeInt32BE(value, 4 * at));
  return bytes;
};
const enums = (name: string, values: readonly number[]): Buffer =>
  Buffer.concat(values.map((value, at) => attribute(0x23, at === 0 ? name : '', int(value))));

interface Machine {
  /** What it does with the bytes of a document that is not whole yet. */
  readonly does: 'waits' | 'prints' | 'finishes';
  readonly format?: 'image/jpeg';
  readonly creates?: false;
  /** Undefined: it counts nothing. */
  readonly counts?: number;
}

/** A printer that reads no PDF, at five dots an inch. */
const startMachine = async ({ does, format, creates, counts }: Machine) => {
  const jobs: { state: number }[] = [];
  const operations: number[] = [OP.printJob, OP.validateJob, OP.cancelJob, OP.getJob, OP.getJobs, OP.getPrinter];
  if (creates !== false) operations.push(OP.createJob, OP.sendDocument);
  const described = Buffer.concat([
    Buffer.from([0x04]),
    attribute(0x49, 'document-format-supported', format ?? 'image/pwg-raster'),
    attribute(0x32, 'pwg-raster-document-resolution-supported', Buffer.concat([int(5, 5), Buffer.from([3])])),
    enums('operations-supported', operations),
    enums('printer-state', [3]),
  ]);
  const jobGroup = (id: number): Buffer =>
    Buffer.concat([
      Buffer.from([0x02]),
      attribute(0x21, 'job-id', int(id)),
      attribute(0x42, 'job-name', 'Document 1'),
      attribute(0x42, 'job-originating-user-name', owner),
      enums('job-state', [jobs[id - 1]?.state ?? PENDING]),
      ...(counts === undefined ? [] : [attribute(0x21, 'job-impressions-completed', int(counts))]),
    ]);
  let owner = '';
  const jobAsked = (body: Buffer): number => {
    const at = body.indexOf('job-id');
    return at < 0 ? jobs.length : body.readInt32BE(at + 'job-id'.length + 2);
  };
  const server: Server = createServer((asked, response) => {
    const pieces: Buffer[] = [];
    let job: (typeof jobs)[number] | undefined;
    asked.on('data', (piece: Buffer) => {
      pieces.push(piece);
      const operation = pieces[0]!.readUInt16BE(2);
      if (operation === OP.printJob && job === undefined) jobs.push((job = { state: PENDING }));
      if (operation === OP.sendDocument) job ??= jobs[jobAsked(pieces[0]!) - 1];
      if (job?.state === PENDING && does !== 'waits') job.state = PROCESSING;
    });
    asked.on('close', () => {
      if (!asked.complete && job !== undefined && does === 'finishes') job.state = COMPLETED;
    });
    asked.on('end', () => {
      const body = Buffer.concat(pieces);
      const user = body.indexOf('requesting-user-name') + 'requesting-user-name'.length;
      owner = body.toString('latin1', user + 2, user + 2 + body.readUInt16BE(user));
      const head = Buffer.from(body.subarray(0, 8));
      head.writeUInt16BE(0, 2);
      const operation = body.readUInt16BE(2);
      const id = jobAsked(body);
      if (operation === OP.createJob) jobs.push({ state: PENDING });
      if (job !== undefined) job.state = COMPLETED;
      const cancelled = jobs[id - 1];
      if (operation === OP.cancelJob && cancelled !== undefined && cancelled.state < CANCELED)
        cancelled.state = CANCELED;
      const groups =
        operation === OP.getPrinter
          ? described
          : operation === OP.getJobs
            ? Buffer.concat(jobs.map((_, at) => jobGroup(at + 1)))
            : jobGroup(operation === OP.createJob ? jobs.length : id);
      response.writeHead(200, { 'content-type': 'application/ipp' });
      response.end(Buffer.concat([head, groups, Buffer.from([0x03])]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { uri: `ipp://localhost:${port}/ipp/print`, jobs, server };
};

/** Draws every page but one, and takes `ms` to fail at that one. */
const decoderFailingAfter = (ms: number): PdfDecoder => ({
  async ask(operation, args) {
    if (operation !== 'rgb' && operation !== 'jpeg') return ok(null as never);
    const { page, size } = args as { page: number; size: { width: number; height: number } };
    if (page !== BAD_PAGE) return ok(new Uint8Array(size.width * size.height * 3) as never);
    await new Promise((resolve) => setTimeout(resolve, ms));
    return fail('slow');
  },
  warmUp: () => undefined,
  clear: async () => undefined,
  stop: async () => undefined,
});

/** Before and after the moment when `submit` leaves the rest to `watch`. */
describe.each([
  ['at once', 0],
  ['after a while', 700],
])('a page that cannot be drawn, %s,', (_when, afterMs) => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  /** What the person is told, and what the printer has. */
  const press = async (machine: Machine): Promise<{ told: Partial<JobProgress>; states: readonly number[] }> => {
    const started = await startMachine(machine);
    ({ server } = started);
    const printer = ippPrinter(started.uri, { pdfDecoder: decoderFailingAfter(afterMs) });
    const order = { pdf: new Uint8Array(9), pages: PAGES, copies: 1, twoSided: false, colour: false };
    const job = await printer.submit(order);
    const told = job.ok
      ? (await follow(printer, job.value)).at(-1)
      : { sidesOut: 0, end: { kind: 'failed', fault: job.error } as const };
    return { told: told ?? {}, states: started.jobs.map(({ state }) => state) };
  };
  const refused = { kind: 'failed', fault: { code: 'printer.format-refused', retry: 'never' } };

  it('is the fault of the document, not of the cable, and its job is taken back', async () => {
    const { told, states } = await press({ does: 'waits' });
    expect(told).toMatchObject({ sidesOut: 0, end: refused });
    expect(states).toEqual([CANCELED]);
  });

  it('is never printed for a printer that has begun and counts nothing: the person looks', async () => {
    const { told, states } = await press({ does: 'prints' });
    expect(told).toMatchObject({ sidesOut: 0, end: { kind: 'unconfirmed', fault: { code: 'printer.unsure' } } });
    expect(states).toEqual([CANCELED]);
  });

  it('leaves the pages before it, as the printer counted them', async () => {
    const { told, states } = await press({ does: 'prints', counts: 2 });
    expect(told).toMatchObject({ sidesOut: 2, end: refused });
    expect(states).toEqual([CANCELED]);
  });

  it('is not printed for a printer that takes what it has for the whole document', async () => {
    const { told } = await press({ does: 'finishes' });
    expect(told).toMatchObject({ sidesOut: 0, end: { kind: 'unconfirmed', fault: { code: 'printer.unsure' } } });
  });

  it('does not hide the pages that went before it in jobs of their own', async () => {
    const { told, states } = await press({ does: 'waits', format: 'image/jpeg' });
    expect(told).toMatchObject({ sidesOut: 2, end: refused });
    expect(states).toEqual([COMPLETED, COMPLETED, CANCELED]);
  });

  it('is found out on a printer that takes job and document together', async () => {
    const { told, states } = await press({ does: 'waits', creates: false });
    expect(told).toMatchObject({ sidesOut: 0, end: refused });
    expect(states).toEqual([CANCELED]);
  });

  it('is never printed on such a printer once it has begun', async () => {
    const { told, states } = await press({ does: 'prints', creates: false });
    expect(told).toMatchObject({ sidesOut: 0, end: { kind: 'unconfirmed', fault: { code: 'printer.unsure' } } });
    expect(states).toEqual([CANCELED]);
  });
});
