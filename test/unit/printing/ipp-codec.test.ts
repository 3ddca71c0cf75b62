import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIppAddress, overTls } from '../../../main/devices/ipp/address.ts';
import { decode, encode } from '../../../main/devices/ipp/codec.ts';
import { firstNumber, firstString, ranges, strings } from '../../../main/devices/ipp/message.ts';
import { attribute } from '../../harness/printing/bad-network.ts';

const ID = 7;
/** Version 2.0, the status, request 7. */
const head = (status = 0): Buffer => Buffer.from([2, 0, status >> 8, status & 0xff, 0, 0, 0, ID]);
const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const reply = (...attributes: Buffer[]): Buffer =>
  Buffer.concat([head(), Buffer.from([0x04]), ...attributes, Buffer.from([0x03])]);
const printer = (...attributes: Buffer[]) => {
  const decoded = decode(reply(...attributes), ID);
  if (!decoded.ok) throw new Error(decoded.error);
  return { group: decoded.value.printers[0] ?? {}, opaque: decoded.value.opaque };
};

describe('IPP replies', () => {
  it('reads what it knows', () => {
    const { group } = printer(
      attribute(0x44, 'sides-supported', 'one-sided'),
      attribute(0x44, '', 'two-sided-long-edge'),
      attribute(0x33, 'copies-supported', Buffer.concat([int(1), int(99)])),
      attribute(0x23, 'printer-state', int(5)),
      attribute(0x21, 'queued-job-count', int(2)),
    );
    expect(strings(group, 'sides-supported')).toEqual(['one-sided', 'two-sided-long-edge']);
    expect(ranges(group, 'copies-supported')).toEqual([[1, 99]]);
    expect(firstString(group, 'printer-state')).toBe('stopped');
    expect(firstNumber(group, 'queued-job-count')).toBe(2);
  });

  it('reads a state that a printer sends as a plain integer', () => {
    const { group } = printer(
      attribute(0x21, 'printer-state', int(4)),
      attribute(0x21, 'job-state', int(9)),
      attribute(0x21, 'job-id', int(5)),
    );
    expect(firstString(group, 'printer-state')).toBe('processing');
    expect(firstString(group, 'job-state')).toBe('completed');
    expect(firstNumber(group, 'job-id')).toBe(5);
  });

  it.each([
    ['a value tag nobody registered', attribute(0x5a, 'vendor-thing', 'xyz')],
    ['an integer of two bytes', attribute(0x21, 'vendor-count', Buffer.from([0, 1]))],
    ['a resolution of three bytes', attribute(0x32, 'vendor-resolution', Buffer.from([1, 2, 3]))],
    ['a text whose language lies about its length', attribute(0x35, 'vendor-text', Buffer.from([0, 99, 102, 114]))],
    ['an empty boolean', attribute(0x22, 'vendor-flag', '')],
    [
      'a collection with a member of an unknown tag',
      Buffer.concat([
        attribute(0x34, 'vendor-col', ''),
        attribute(0x4a, '', 'x'),
        attribute(0x5b, '', 'y'),
        attribute(0x37, '', ''),
      ]),
    ],
    ['an empty collection', Buffer.concat([attribute(0x34, 'vendor-col', ''), attribute(0x37, '', '')])],
  ])('leaves out %s, and keeps what stands around it', (_, odd) => {
    const { group, opaque } = printer(
      attribute(0x44, 'sides-default', 'one-sided'),
      odd,
      attribute(0x21, 'queued-job-count', int(3)),
    );
    expect(firstString(group, 'sides-default')).toBe('one-sided');
    expect(firstNumber(group, 'queued-job-count')).toBe(3);
    expect(opaque).toBe(1);
  });

  it('keeps the rest of a set whose first value is odd', () => {
    const { group } = printer(attribute(0x5a, 'media-supported', 'zz'), attribute(0x44, '', 'iso_a4_210x297mm'));
    expect(strings(group, 'media-supported')).toEqual(['iso_a4_210x297mm']);
  });

  it('takes "unknown" and "no value" for nothing', () => {
    const { group } = printer(
      attribute(0x12, 'printer-geo-location', ''),
      attribute(0x13, 'job-impressions-completed', 'rubbish'),
      attribute(0x44, 'sides-default', 'one-sided'),
    );
    expect(firstNumber(group, 'job-impressions-completed')).toBeUndefined();
    expect(firstString(group, 'sides-default')).toBe('one-sided');
  });

  it('keeps the words of a text with its language', () => {
    const text = Buffer.concat([Buffer.from([0, 2]), Buffer.from('fr'), Buffer.from([0, 3]), Buffer.from('Bon')]);
    const { group } = printer(attribute(0x35, 'printer-state-message', text));
    expect(firstString(group, 'printer-state-message')).toBe('Bon');
  });

  it('rejects a reply to another request', () => {
    expect(decode(reply(), ID + 1)).toEqual({ ok: false, error: 'garbage' });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decode(Buffer.concat([head(), Buffer.from(bytes)]), ID)).not.toThrow();
        expect(() => decode(Buffer.from(bytes), ID)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws on a good reply with one byte changed or cut anywhere', () => {
    const good = reply(
      attribute(0x44, 'sides-supported', 'one-sided'),
      attribute(0x34, 'media-col-default', ''),
      attribute(0x4a, '', 'media-type'),
      attribute(0x44, '', 'stationery'),
      attribute(0x37, '', ''),
      attribute(0x31, 'printer-current-time', Buffer.from([7, 0xea, 11, 25, 10, 0, 0, 0, 43, 0, 0])),
    );
    expect(decode(good, ID).ok).toBe(true);
    for (let at = 8; at < good.length; at += 1) {
      expect(() => decode(good.subarray(0, at), ID)).not.toThrow();
      for (const value of [0, 0x34, 0x37, 0x4a, 0x7f, 0xff]) {
        const changed = Buffer.from(good);
        changed[at] = value;
        expect(() => decode(changed, ID)).not.toThrow();
      }
    }
  });
});

describe('IPP requests', () => {
  it('begins with charset, language and printer, as RFC 8011 wants', () => {
    const bytes = encode({
      operation: 'Get-Printer-Attributes',
      version: '1.1',
      id: 3,
      attributes: {
        'printer-uri': 'ipp://localhost/ipp/print',
        'requested-attributes': ['printer-state', 'printer-state-reasons'],
      },
    });
    // Version 1.1, operation 0x000b, request 3, operation attributes.
    expect(bytes.subarray(0, 9).toString('hex')).toBe('0101000b0000000301');
    const text = bytes.toString('latin1');
    const order = ['attributes-charset', 'attributes-natural-language', 'printer-uri', 'requested-attributes'].map(
      (name) => text.indexOf(name),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(bytes.at(-1)).toBe(0x03);
  });
});

it.each(['print-color-mode', 'output-mode'])('a request says %s', (name) => {
  const bytes = encode({
    operation: 'Validate-Job',
    version: '2.0',
    id: 3,
    attributes: { 'printer-uri': 'ipp://localhost/ipp/print' },
    jobAttributes: { [name]: 'monochrome' },
  });
  expect(bytes.toString('latin1')).toContain(`${name}\0\nmonochrome`);
});

describe('addresses of printers', () => {
  it.each([
    ['ipp://imprimante.local', 'http://imprimante.local:631/ipp/print', 'ipp://imprimante.local:631/ipp/print'],
    ['ipps://10.0.0.9/ipp/print', 'https://10.0.0.9:631/ipp/print', 'ipps://10.0.0.9:631/ipp/print'],
    [
      'http://localhost:631/printers/bureau',
      'http://localhost:631/printers/bureau',
      'ipp://localhost:631/printers/bureau',
    ],
    ['ipp://[fe80::1]:8631/ipp', 'http://[fe80::1]:8631/ipp', 'ipp://[fe80::1]:8631/ipp'],
  ])('reads %s', (uri, httpUrl, printerUri) => {
    expect(parseIppAddress(uri)).toMatchObject({ httpUrl, printerUri });
  });

  it.each(['lpd://x', 'imprimante', 'ipp://', 'ipp://user:secret@host/', 'file:///etc/passwd'])('refuses %s', (uri) => {
    expect(parseIppAddress(uri)).toBeUndefined();
  });

  it('moves to TLS on the same port', () => {
    const plain = parseIppAddress('ipp://localhost:8631/ipp/print');
    expect(plain && overTls(plain)).toMatchObject({ httpUrl: 'https://localhost:8631/ipp/print', secure: true });
  });
});
