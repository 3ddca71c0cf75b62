/** What any neighbour may answer in a printer's name: long, deep, or made to be misread. None of it may throw. */
import { describe, expect, it } from 'vitest';
import { parseIppAddress } from '../../../main/devices/ipp/address.ts';
import { IppClient } from '../../../main/devices/ipp/client.ts';
import { decode } from '../../../main/devices/ipp/codec.ts';
import { IppPrinter } from '../../../main/devices/ipp/ipp-printer.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import type { Http } from '../../../main/platform/network/http.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { attribute } from '../../harness/printing/bad-network.ts';
import { OWNER } from '../../harness/printing/owner.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

const int = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => bytes.writeInt32BE(value, 4 * at));
  return bytes;
};
const many = (count: number, one: Buffer): Buffer => Buffer.alloc(count * one.length, one);
const GROUP = Buffer.from([0x04]);
const JOBS = Buffer.from([0x02]);
const END = Buffer.from([0x03]);
const collection = (...members: readonly Buffer[]): Buffer =>
  Buffer.concat([attribute(0x34, 'media-col-default', ''), ...members, attribute(0x37, '', '')]);
const member = Buffer.concat([attribute(0x4a, '', 'm'), attribute(0x44, '', 'v')]);
const pdf = attribute(0x49, 'document-format-supported', 'application/pdf');
const raster = Buffer.concat([
  attribute(0x49, 'document-format-supported', 'image/pwg-raster'),
  attribute(0x44, 'pwg-raster-document-type-supported', 'srgb_8'),
]);
const queueTo = (deviceUri: string): Buffer =>
  Buffer.concat([pdf, attribute(0x23, 'printer-type', int(4)), attribute(0x45, 'device-uri', deviceUri)]);
const resolution = (dpi: number): Buffer =>
  attribute(0x32, 'pwg-raster-document-resolution-supported', Buffer.concat([int(dpi, dpi), Buffer.from([3])]));
const EVERY_OBJECT = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

/** A printer that answers every question with these groups. */
const answering = (...groups: readonly Buffer[]): IppPrinter => {
  const address = parseIppAddress('ipp://10.0.0.66/ipp/print');
  if (address === undefined) throw new Error('no address');
  const http: Http = async ({ body }) => {
    const head = Buffer.from((body as readonly Uint8Array[])[0]!.subarray(0, 8));
    head.writeUInt16BE(0, 2);
    return { ok: true, value: { status: 200, headers: {}, body: Buffer.concat([head, ...groups]) } };
  };
  return new IppPrinter({
    client: new IppClient({ http, pins: memoryPins(), logger: silentLogger, owner: OWNER }, address),
    clock: createManualClock(),
    raster: { rgb: async () => new Uint8Array(), jpeg: async () => new Uint8Array() },
    browse: async () => [],
    remembered: new Map(),
  });
};
const ORDER = { pdf: new Uint8Array(), pages: 1, copies: 1, twoSided: true, colour: true };
const RESULT = { ok: expect.any(Boolean) as boolean };

describe('an answer of a printer', () => {
  it.each<readonly [string, () => readonly Buffer[]]>([
    ['a collection of 200,000 member names', () => [GROUP, pdf, collection(many(200_000, member)), END]],
    [
      '200,000 ranges of copies',
      () => [
        GROUP,
        pdf,
        attribute(0x33, 'copies-supported', int(1, 2)),
        many(200_000, attribute(0x33, '', int(1, 99))),
        END,
      ],
    ],
    ['200,000 words', () => [GROUP, pdf, many(200_000, attribute(0x44, '', 'W8')), END]],
    ['200,000 jobs', () => [many(200_000, Buffer.concat([JOBS, attribute(0x21, 'job-id', int(7))])), GROUP, pdf, END]],
    ['a million groups', () => [many(1_000_000, GROUP), END]],
    ['collections in collections, 100,000 deep', () => [GROUP, many(100_000, attribute(0x34, 'c', '')), END]],
    ['collections that never end', () => [GROUP, pdf, attribute(0x34, 'c', ''), many(50_000, member), END]],
    ['a value longer than the answer', () => [GROUP, pdf, Buffer.from([0x44, 0, 1, 0x61, 0xff, 0xff]), END]],
    ['a name longer than the answer', () => [GROUP, pdf, Buffer.from([0x44, 0xff, 0xff]), END]],
    ['no end', () => [GROUP, pdf]],
    ['nothing at all', () => []],
    ['names that every object has', () => [GROUP, ...EVERY_OBJECT.map((name) => attribute(0x23, name, int(1))), END]],
    ['the address of a device that is no text', () => [GROUP, queueTo('dnssd://%E0%A4%A._ipp._tcp.local/'), END]],
    ['a resolution that no memory holds', () => [GROUP, raster, resolution(2_000_000), END]],
    [
      'a sheet that no memory holds',
      () => [GROUP, raster, attribute(0x44, 'media-ready', `custom_x_9${'0'.repeat(200)}x90000mm`), END],
    ],
  ])('%s', async (_what, groups) => {
    const printer = answering(...groups());
    expect(await printer.describe()).toMatchObject(RESULT);
    expect(await printer.status()).toMatchObject(RESULT);
    expect(await printer.submit(ORDER)).toMatchObject(RESULT);
    expect(await printer.unfinished()).toMatchObject(RESULT);
    await printer.forget();
  });

  it('with reasons named like what every object has, means nothing', async () => {
    const reasons = EVERY_OBJECT.flatMap((name) => [name, `${name}-error`]);
    const values = reasons.map((one, at) => attribute(0x44, at === 0 ? 'printer-state-reasons' : '', one));
    expect(await answering(GROUP, ...values, END).status()).toMatchObject({ ok: true, value: { reasons: [] } });
  });

  it('with a sheet that no memory holds, is not printed to', async () => {
    const printer = answering(
      GROUP,
      raster,
      resolution(1200),
      attribute(0x44, 'media-ready', 'iso_a0_841x1189mm'),
      END,
    );
    expect(await printer.submit(ORDER)).toMatchObject({ ok: false, error: { code: 'printer.cannot' } });
  });

  it('with a negative length for the library, is read once', () => {
    // The library goes back ten bytes after this name, to the end of the value before, and finds the name again.
    const loop = Buffer.from([0, 0, 0x37, 0, 0, 0, 0]);
    const endless = Buffer.concat([
      attribute(0x30, 'x', loop),
      attribute(0x34, 'n'.repeat(0xfff6), ''),
      member,
      attribute(0x37, '', ''),
    ]);
    const head = Buffer.from([2, 0, 0, 0, 0, 0, 0, 7]);
    expect(decode(Buffer.concat([head, GROUP, pdf, endless, END]), 7)).toMatchObject({
      ok: true,
      value: { opaque: 1, printers: [{ 'document-format-supported': ['application/pdf'] }] },
    });
  });

  it.each<readonly [string, readonly Buffer[]]>([
    // For the library, one more value of the set before.
    ['0', [pdf, Buffer.from([0x04, 0x00, 0x00, 0x01, 0x01])]],
    // For the library, an attribute whose name is the 324 bytes that follow; it then reads the end of the text as
    // another.
    [
      '15',
      [
        pdf,
        Buffer.from([0x0f, 0x01]),
        attribute(0x44, 'a', Buffer.concat([Buffer.alloc(319), int(0).subarray(2), attribute(0x44, 'b', 'c')])),
      ],
    ],
  ])('with the group %s, which is a value for the library, is refused', (_tag, values) => {
    const head = Buffer.from([2, 0, 0, 0, 0, 0, 0, 7]);
    expect(decode(Buffer.concat([head, GROUP, ...values, END]), 7)).toEqual({ ok: false, error: 'garbage' });
  });
});
