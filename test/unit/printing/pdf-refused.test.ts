/** A printer that declares PDF and can’t read it (OpenPrinting/cups#384, #1703: Brother MFC-L6900DW, MFC-L5700DN). */
import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import { parseIppAddress } from '../../../main/devices/ipp/address.ts';
import { IppClient } from '../../../main/devices/ipp/client.ts';
import { IppPrinter, type RememberedPrinters } from '../../../main/devices/ipp/ipp-printer.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import type { Http } from '../../../main/platform/network/http.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { attribute, OP } from '../../harness/printing/bad-network.ts';
import { follow } from '../../harness/printing/kiosk-side.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const listed = (tag: number, name: string, values: readonly (string | Buffer)[]): readonly Buffer[] =>
  values.map((value, at) => attribute(tag, at === 0 ? name : '', value));
const OPERATIONS = [OP.validateJob, OP.cancelJob, OP.getJob, OP.getJobs, OP.getPrinter, OP.createJob, OP.sendDocument];
const ABORTED = 8;

let remembered: RememberedPrinters;
beforeEach(() => {
  remembered = new Map();
});

/** Aborts every PDF, after so many sides; `refusedBy`: or refuses it when asked this. Prints the rest. */
const printerOf = (formats: readonly string[], { sidesOut = 0, refusedBy = 0 } = {}) => {
  const sent: string[] = [];
  const http: Http = async ({ body }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of body ?? []) pieces.push(piece);
    const asked = Buffer.concat(pieces);
    const operation = asked.readUInt16BE(2);
    const format = formats.find((name) => asked.includes(name));
    if (operation === OP.sendDocument && format !== undefined) sent.push(format);
    const head = Buffer.from(asked.subarray(0, 8));
    head.writeUInt16BE(operation === refusedBy && format === 'application/pdf' ? 0x040a : 0, 2);
    const pdf = sent.at(-1) === 'application/pdf';
    const answer = [
      Buffer.from([0x04]),
      ...listed(0x49, 'document-format-supported', formats),
      ...listed(0x23, 'operations-supported', OPERATIONS.map(int)),
      attribute(0x44, 'multiple-document-handling-supported', 'separate-documents-collated-copies'),
      attribute(0x33, 'copies-supported', Buffer.concat([int(1), int(99)])),
      Buffer.from([0x02]),
      attribute(0x21, 'job-id', int(7)),
      attribute(0x23, 'job-state', int(pdf ? ABORTED : 9)),
      attribute(0x44, 'job-state-reasons', pdf ? 'document-format-error' : 'job-completed-successfully'),
      attribute(0x21, 'job-impressions-completed', int(pdf ? sidesOut : 2)),
      Buffer.from([0x03]),
    ];
    return ok({ status: 200, headers: {}, body: Buffer.concat([head, ...answer]) });
  };
  const address = parseIppAddress('ipp://10.0.0.7/ipp/print');
  if (address === undefined) throw new Error('no address');
  const printer = new IppPrinter({
    client: new IppClient({ http, pins: memoryPins(), logger: silentLogger, owner: OWNER }, address),
    clock: createManualClock(),
    raster: {
      rgb: async (_pdf, _page, { width, height }) => new Uint8Array(width * height * 3),
      jpeg: async () => new Uint8Array(1),
    },
    browse: async () => [],
    remembered,
  });
  const submit = () => printer.submit({ pdf: new Uint8Array(1), pages: 2, copies: 1, twoSided: false, colour: false });
  const print = async () => {
    const job = await submit();
    return job.ok ? (await follow(printer, job.value)).at(-1) : job.error;
  };
  return { printer, print, sent };
};

const BOTH = ['application/pdf', 'image/pwg-raster'];
const REFUSED = { code: 'printer.pdf-refused', retry: 'now' };

describe('a PDF that the printer can’t read', () => {
  it('is sent as raster at the next attempt, and from then on', async () => {
    const { printer, print, sent } = printerOf(BOTH);
    expect(await printer.describe()).toMatchObject({ value: { maxCopies: 99 } });
    expect(await print()).toMatchObject({ sidesOut: 0, end: { kind: 'failed', fault: REFUSED } });
    expect(await print()).toMatchObject({ sidesOut: 2, end: { kind: 'done' } });
    expect(sent).toEqual(['application/pdf', 'image/pwg-raster']);
    // Nobody makes the copies of a raster.
    expect(await printer.describe()).toMatchObject({ value: { maxCopies: 1 } });
    // Found again, perhaps at another address.
    const again = printerOf(BOTH);
    expect(await again.print()).toMatchObject({ end: { kind: 'done' } });
    expect(again.sent).toEqual(['image/pwg-raster']);
  });

  it.each([
    ['before anything is sent', OP.validateJob],
    ['with the document', OP.sendDocument],
  ])('may be refused %s', async (_, refusedBy) => {
    const { print } = printerOf(BOTH, { refusedBy });
    expect(await print()).toMatchObject(REFUSED);
    expect(await print()).toMatchObject({ end: { kind: 'done' } });
  });

  it.each<readonly [string, readonly string[], number]>([
    ['pages of it came out', BOTH, 1],
    ['the printer reads nothing else', ['application/pdf'], 0],
  ])('is given up when %s', async (_, formats, sidesOut) => {
    const { print, sent } = printerOf(formats, { sidesOut });
    const end = { kind: 'failed', fault: { code: 'printer.format-refused', retry: 'never' } };
    expect(await print()).toMatchObject({ sidesOut, end });
    await print();
    expect(sent).toEqual(['application/pdf', 'application/pdf']);
  });
});
