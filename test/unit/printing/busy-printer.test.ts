/** A printer that is only busy: with another job, waking up, or a print server in front of it that starts again. */
import { describe, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import { parseIppAddress } from '../../../main/devices/ipp/address.ts';
import { IppClient } from '../../../main/devices/ipp/client.ts';
import { IppPrinter } from '../../../main/devices/ipp/ipp-printer.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import type { Http } from '../../../main/platform/network/http.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { attribute, OP } from '../../harness/printing/bad-network.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const OPERATIONS = [OP.validateJob, OP.cancelJob, OP.getJob, OP.getJobs, OP.getPrinter, OP.createJob, OP.sendDocument];
/** `pages`: it takes no PDF, and a document for each page. */
const describing = (takes: 'pdf' | 'pages'): Buffer =>
  Buffer.concat([
    Buffer.from([0x04]),
    attribute(0x49, 'document-format-supported', takes === 'pdf' ? 'application/pdf' : 'image/jpeg'),
    attribute(0x22, 'multiple-document-jobs-supported', Buffer.from([takes === 'pdf' ? 0 : 1])),
    ...OPERATIONS.map((operation, at) => attribute(0x23, at === 0 ? 'operations-supported' : '', int(operation))),
  ]);
const job = Buffer.concat([Buffer.from([0x02]), attribute(0x21, 'job-id', int(7))]);

interface Refusal {
  readonly http?: number;
  readonly ipp?: number;
}

const startPrinter = (refusal: (operation: number) => Refusal | undefined, takes: 'pdf' | 'pages' = 'pdf') => {
  const described = describing(takes);
  const asked: number[] = [];
  const http: Http = async ({ body }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of body ?? []) pieces.push(piece);
    const sent = Buffer.from(pieces[0]!);
    const operation = sent.readUInt16BE(2);
    asked.push(operation);
    const refused = refusal(operation);
    if (refused?.http !== undefined) return ok({ status: refused.http, headers: {}, body: Buffer.from('later') });
    const head = Buffer.from(sent.subarray(0, 8));
    head.writeUInt16BE(refused?.ipp ?? 0, 2);
    return ok({ status: 200, headers: {}, body: Buffer.concat([head, described, job, Buffer.from([0x03])]) });
  };
  const address = parseIppAddress('ipp://10.0.0.7/ipp/print');
  if (address === undefined) throw new Error('no address');
  const printer = new IppPrinter({
    client: new IppClient({ http, pins: memoryPins(), logger: silentLogger, owner: OWNER }, address),
    clock: createManualClock(),
    raster: { rgb: async () => new Uint8Array(1), jpeg: async () => new Uint8Array(1) },
    browse: async () => [],
    remembered: new Map(),
  });
  const submit = (pages = 1) =>
    printer.submit({ pdf: new Uint8Array(1), pages, copies: 1, twoSided: false, colour: false });
  return { printer, submit, asked };
};

describe('a printer that answers', () => {
  it.each<readonly [string, Refusal]>([
    ['HTTP 503', { http: 503 }],
    ['HTTP 429', { http: 429 }],
    ['"service unavailable"', { ipp: 0x0502 }],
    ['"temporary error"', { ipp: 0x0505 }],
    ['"busy"', { ipp: 0x0507 }],
    ['"too many jobs"', { ipp: 0x050b }],
  ])('%s is busy: the job is sent again by itself', async (_, refusal) => {
    const busy = { ok: false, error: { code: 'printer.busy', retry: 'now' } };
    expect(await startPrinter(() => refusal).printer.status()).toMatchObject(busy);
    for (const refused of [OP.validateJob, OP.createJob]) {
      const { submit } = startPrinter((operation) => (operation === refused ? refusal : undefined));
      expect(await submit()).toMatchObject(busy);
    }
  });

  it('"deactivated" accepts no jobs', async () => {
    const { printer } = startPrinter(() => ({ ipp: 0x050a }));
    expect(await printer.status()).toMatchObject({ ok: false, error: { code: 'printer.not-accepting' } });
  });

  it('HTTP 500 has a problem', async () => {
    const { printer } = startPrinter(() => ({ http: 500 }));
    expect(await printer.status()).toMatchObject({ ok: false, error: { code: 'printer.server-error' } });
  });
});

it('a job whose document is refused is cancelled: sent again, each attempt would leave an empty one', async () => {
  const { submit, asked } = startPrinter((operation) => (operation === OP.sendDocument ? { ipp: 0x0507 } : undefined));
  expect(await submit()).toMatchObject({ ok: false, error: { code: 'printer.busy' } });
  expect(asked.slice(-2)).toEqual([OP.sendDocument, OP.cancelJob]);
});

it('a job whose second page is refused is not sent again by itself: the first is in the printer', async () => {
  let documents = 0;
  const { submit } = startPrinter(
    (operation) => (operation === OP.sendDocument && ++documents === 2 ? { ipp: 0x0507 } : undefined),
    'pages',
  );
  expect(await submit(2)).toMatchObject({ ok: true });
  expect(documents).toBe(2);
});
