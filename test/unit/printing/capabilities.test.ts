import { describe, expect, it } from 'vitest';
import {
  capabilitiesOf,
  hasColour,
  hasTwoSides,
  jobAttributesFor,
  cannotPrintFault,
} from '../../../main/devices/ipp/capabilities.ts';
import { documentsFor } from '../../../main/devices/ipp/documents.ts';
import type { IppGroup } from '../../../main/devices/ipp/message.ts';
import { urfAbilities } from '../../../main/devices/ipp/urf-raster.ts';
import type { PageRaster, PrintOrder } from '../../../main/devices/printer.ts';

const order: PrintOrder = { pdf: new Uint8Array(), pages: 3, copies: 1, twoSided: true, colour: true };
const printer = (change: IppGroup = {}): IppGroup => ({
  'document-format-supported': ['application/octet-stream', 'image/urf', 'image/jpeg'],
  'media-supported': ['iso_a4_210x297mm'],
  'sides-supported': ['one-sided', 'two-sided-long-edge'],
  'print-color-mode-supported': ['monochrome', 'color'],
  ...change,
});

/** `urf-supported` as machines of several makers give it. */
const URF = {
  'an Epson inkjet without duplex': [
    'CP1',
    'MT1-3-8-10-11-12',
    'PQ4',
    'OB9',
    'OFU0',
    'RS360',
    'SRGB24',
    'W8',
    'IS1',
    'V1.4',
  ],
  'an HP inkjet': [
    'CP1',
    'MT1-2-8-9-10-11',
    'PQ3-4-5',
    'RS300',
    'SRGB24',
    'OB9',
    'OFU0',
    'W8-16',
    'DEVW8-16',
    'DM3',
    'IS1',
  ],
  'a colour laser': ['CP1', 'PQ4-5', 'RS600', 'SRGB24', 'W8', 'DM3', 'OB9', 'OFU0'],
  'a grey laser': ['V1.4', 'CP99', 'W8', 'RS300-600', 'DM1', 'PQ4'],
} as const;

describe('a printer of Apple raster', () => {
  it.each([
    ['an Epson inkjet without duplex', { dpis: [360], greys: true, rgb: true, back: undefined }],
    ['an HP inkjet', { dpis: [300], greys: true, rgb: true, back: 'rotated' }],
    ['a colour laser', { dpis: [600], greys: true, rgb: true, back: 'rotated' }],
    ['a grey laser', { dpis: [300, 600], greys: true, rgb: false, back: 'normal' }],
  ] as const)('says what it can: %s', (name, expected) => {
    expect(urfAbilities(URF[name])).toEqual(expected);
  });

  it('gets two sides only where the format can say so', () => {
    const plain = capabilitiesOf(printer({ 'urf-supported': URF['an Epson inkjet without duplex'] }));
    expect(plain.format).toMatchObject({ kind: 'urf', dpi: 360 });
    expect(hasTwoSides(plain)).toBe(false);
    expect(jobAttributesFor(order, plain)).toMatchObject({ sides: 'one-sided', media: 'iso_a4_210x297mm' });
    const duplex = capabilitiesOf(printer({ 'urf-supported': URF['a colour laser'] }));
    expect(hasTwoSides(duplex)).toBe(true);
    expect(jobAttributesFor(order, duplex)).toMatchObject({ sides: 'two-sided-long-edge' });
  });

  it('has no colour where the format has none', () => {
    expect(hasColour(capabilitiesOf(printer({ 'urf-supported': URF['a grey laser'] })))).toBe(false);
  });

  it('gets JPEG, on one side, when its raster is one that we don’t make', () => {
    const jpeg = capabilitiesOf(printer({ 'urf-supported': ['W16', 'CMYK32', 'RS600'] }));
    expect(jpeg.format?.kind).toBe('jpeg');
    expect(hasTwoSides(jpeg)).toBe(false);
    expect(jobAttributesFor(order, jpeg)).toMatchObject({ sides: 'one-sided' });
  });

  it('gets the fronts as they are and the backs turned, behind a count of the pages', async () => {
    const sizes: { width: number; height: number }[] = [];
    const raster: PageRaster = {
      rgb: async (_pdf, page, size) => {
        sizes.push(size);
        const dots = new Uint8Array(size.width * size.height * 3).fill(255);
        dots[0] = page; // the first dot of each page tells which way it lies
        return dots;
      },
      jpeg: () => Promise.reject(new Error('not asked')),
    };
    const small = capabilitiesOf(printer({ 'urf-supported': ['W8', 'SRGB24', 'RS20', 'DM3'] }));
    const made = await documentsFor(order, small, raster);
    if (!made.ok || made.value[0] === undefined || made.value[0].body instanceof Uint8Array)
      throw new Error('no raster');
    const pieces: Buffer[] = [];
    for await (const piece of made.value[0].body()) pieces.push(Buffer.from(piece));
    const [start, front, back] = pieces;
    expect(start?.toString('hex')).toBe('554e4952415354000000' + '0003');
    expect(sizes[0]).toEqual({ width: 165, height: 234 });
    // 24 bits, sRGB, long edge, normal quality; width, height, dots an inch.
    expect(front?.subarray(0, 4).toString('hex')).toBe('18010304');
    expect([12, 16, 20].map((at) => front?.readUInt32BE(at))).toEqual([165, 234, 20]);
    // The front begins with its own first dot; the back begins with a white run of its last line.
    expect(front?.subarray(32, 37).toString('hex')).toBe('00' + '00' + '01ffff');
    expect(back?.subarray(33, 37).toString('hex')).toBe('7f' + 'ffffff');
  });
});

describe('« Noir et blanc »', () => {
  const COLOUR = { 'print-color-mode-supported': undefined, 'color-supported': [true] } as unknown as IppGroup;
  const PDF = { ...COLOUR, 'document-format-supported': ['application/pdf'] };
  const grey = { ...order, colour: false };

  it('is asked with the older attribute where the printer knows no other', () => {
    const older = capabilitiesOf(printer({ ...PDF, 'output-mode-supported': ['auto', 'color', 'monochrome'] }));
    expect(hasColour(older)).toBe(true);
    expect(jobAttributesFor(grey, older)).toMatchObject({ 'output-mode': 'monochrome' });
    expect(jobAttributesFor(order, older)).toMatchObject({ 'output-mode': 'color' });
    expect(jobAttributesFor(grey, older)).not.toHaveProperty('print-color-mode');
    const both = capabilitiesOf(printer({ 'output-mode-supported': ['color', 'monochrome'] }));
    expect(jobAttributesFor(grey, both)).toMatchObject({ 'print-color-mode': 'monochrome' });
    expect(jobAttributesFor(grey, both)).not.toHaveProperty('output-mode');
  });

  it('is no choice where nothing would make the pages grey', () => {
    expect(hasColour(capabilitiesOf(printer(PDF)))).toBe(false);
    const colourOnly = { 'document-format-supported': ['image/jpeg'], 'print-color-mode-supported': ['auto', 'color'] };
    expect(hasColour(capabilitiesOf(printer(colourOnly)))).toBe(false);
  });

  it('is a choice where we draw the pages, and can draw them grey', () => {
    const drawn = (type: string) =>
      capabilitiesOf(
        printer({
          ...COLOUR,
          'document-format-supported': ['image/pwg-raster'],
          'pwg-raster-document-type-supported': ['srgb_8', type],
        }),
      );
    expect(hasColour(drawn('sgray_8'))).toBe(true);
    expect(hasColour(drawn('srgb_16'))).toBe(false);
  });
});

const COLLATED = 'separate-documents-collated-copies';

describe('the copies that a printer makes by itself', () => {
  const most = (format: string): number =>
    capabilitiesOf(
      printer({
        'document-format-supported': [format],
        'urf-supported': URF['a colour laser'],
        'copies-supported': [[1, 99]],
        'multiple-document-handling-supported': [COLLATED],
      }),
    ).maxCopies;

  it('are of a PDF: it reads a raster stream once, whatever it declares for other formats', () => {
    expect(most('application/pdf')).toBe(99);
    for (const format of ['image/pwg-raster', 'image/urf', 'image/jpeg']) expect(most(format)).toBe(1);
  });

  it('come out one after another: page by page (1, 1, 2, 2) is the default of many', () => {
    const pdf = { 'document-format-supported': ['application/pdf'], 'copies-supported': [[1, 99]] };
    expect(capabilitiesOf(printer(pdf)).maxCopies).toBe(1);
    const collates = capabilitiesOf(printer({ ...pdf, 'multiple-document-handling-supported': [COLLATED] }));
    expect(jobAttributesFor({ ...order, copies: 2 }, collates)).toMatchObject({
      copies: 2,
      'multiple-document-handling': COLLATED,
    });
    expect(jobAttributesFor(order, collates)).not.toHaveProperty('multiple-document-handling');
  });
});

describe('a printer that can’t print a page', () => {
  it('is told from a document that can’t be printed', () => {
    const pcl = capabilitiesOf(printer({ 'document-format-supported': ['application/vnd.hp-pcl'] }));
    expect(cannotPrintFault(pcl)).toMatchObject({ code: 'printer.cannot', retry: 'after-help' });
    const labels = capabilitiesOf(
      printer({ 'document-format-supported': ['application/pdf'], 'media-ready': ['oe_shipping-label_4x6in'] }),
    );
    expect(cannotPrintFault(labels)).toMatchObject({ code: 'printer.no-page-paper', retry: 'after-help' });
  });

  it('is not judged by the papers that CUPS makes up from a PPD', () => {
    const queue = capabilitiesOf(
      printer({
        'document-format-supported': ['application/pdf'],
        'media-ready': ['iso_a6_105x148mm', 'iso_dl_110x220mm'],
        'printer-type': [4],
        'device-uri': ['usb://HP/LaserJet'],
      }),
    );
    expect(cannotPrintFault(queue)).toBeUndefined();
    expect(queue).toMatchObject({ isQueue: true, deviceUri: 'usb://HP/LaserJet', media: { name: 'iso_a4_210x297mm' } });
  });
});
