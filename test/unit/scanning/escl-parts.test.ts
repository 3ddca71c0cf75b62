/** The pure parts of the eSCL adapter, with replies of real machines. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { parseCapabilities } from '../../../main/devices/escl/capabilities.ts';
import { openEsclConnection } from '../../../main/devices/escl/connection.ts';
import { finalJobEnd, checkJobEnd } from '../../../main/devices/escl/job-end.ts';
import { readPicture } from '../../../main/devices/escl/picture.ts';
import { QUIRKS, quirksOf } from '../../../main/devices/escl/quirks.ts';
import { jobDpi, scanSettingsXml } from '../../../main/devices/escl/scan-settings.ts';
import { parseStatus } from '../../../main/devices/escl/status.ts';
import { capabilitiesXml, statusXml } from '../../harness/scanning/escl-capabilities.ts';

const a4 = { source: 'flatbed', colour: 'colour', dpi: 300, widthMm: 210, heightMm: 297, maxPages: 50 } as const;
const noise = Buffer.from(Array.from({ length: 160 * 120 * 3 }, (_, i) => (i * 2654435761) & 255));
const raw = { raw: { width: 160, height: 120, channels: 3 } } as const;

describe('a picture from a scanner', () => {
  it.each([
    ['plain', { progressive: false }],
    ['progressive', { progressive: true }],
  ])('%s: is read to its end mark, and what is behind it is dropped', async (_, { progressive }) => {
    const jpeg = await sharp(noise, raw).jpeg({ progressive }).toBuffer();
    for (const behind of [0, 1, 3, 70_000])
      for (const byte of [0, 0xff, 0xd9]) {
        const read = readPicture(Buffer.concat([jpeg, Buffer.alloc(behind, byte)]));
        expect(read).toMatchObject({ format: 'jpeg' });
        if ('bytes' in read) expect(Buffer.from(read.bytes).equals(jpeg)).toBe(true);
      }
  });

  it('cut anywhere is cut, padded or not', async () => {
    const jpeg = await sharp(noise, raw).jpeg().toBuffer();
    for (let length = 2; length < jpeg.length; length += 1) {
      expect(readPicture(jpeg.subarray(0, length)).format).toBe('cut');
      expect(readPicture(Buffer.concat([jpeg.subarray(0, length), Buffer.alloc(64)])).format).toBe('cut');
    }
    const png = await sharp(noise, raw).png().toBuffer();
    for (const length of [8, 100, png.length - 1]) expect(readPicture(png.subarray(0, length)).format).toBe('cut');
    expect(readPicture(png)).toMatchObject({ format: 'png' });
    expect(readPicture(Buffer.from('%PDF-1.7')).format).toBe('none');
    expect(readPicture(new Uint8Array()).format).toBe('none');
  });

  it('with its height at the end gets it in the frame header', async () => {
    const jpeg = await sharp(noise, raw).jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(0, frame + 5);
    const late = Buffer.concat([jpeg.subarray(0, -2), Buffer.from([0xff, 0xdc, 0, 4, 0, 120]), jpeg.subarray(-2)]);
    const read = readPicture(late);
    if (!('bytes' in read)) throw new Error('not read');
    expect(await sharp(read.bytes).metadata()).toMatchObject({ width: 160, height: 120 });
    expect((await sharp(read.bytes).raw().toBuffer()).length).toBe(noise.length);
  });
});

describe('the end of a job', () => {
  const ask = (state: string, adf: string, job?: Parameters<typeof statusXml>[2][number], over = {}) => ({
    status: parseStatus(statusXml(state, adf, job ? [job] : [])),
    job: '/eSCL/ScanJobs/7',
    pages: 2,
    fromFeeder: true,
    quirks: quirksOf(''),
    ...over,
  });
  const job = (state: string, completed: number, toTransfer = 0) => ({ id: '7', state, completed, toTransfer });

  it.each([
    ['counted and completed', ask('Idle', 'ScannerAdfEmpty', job('Completed', 2)), 'over'],
    ['completed, one more to transfer for ever', ask('Idle', 'ScannerAdfEmpty', job('Completed', 2, 1)), 'over'],
    ['completed with more than came', ask('Idle', 'ScannerAdfEmpty', job('Completed', 5)), 'settle'],
    ['completed while sheets move', ask('Idle', 'ScannerAdfProcessing', job('Completed', 2)), 'settle'],
    [
      'completed, by a machine that always says so',
      ask('Idle', 'ScannerAdfProcessing', job('Completed', 2), { quirks: quirksOf('Kyocera ECOSYS M5526cdw') }),
      'over',
    ],
    ['without a word of the job', ask('Idle', 'ScannerAdfEmpty'), 'settle'],
    ['processing, nothing more to come', ask('Processing', 'ScannerAdfEmpty', job('Processing', 2)), 'settle'],
    ['processing, a page to come', ask('Processing', 'ScannerAdfEmpty', job('Processing', 3)), 'page'],
    ['processing, sheets left', ask('Processing', 'ScannerAdfLoaded', job('Processing', 2)), 'page'],
    ['without a status', { ...ask('Idle', ''), status: undefined }, 'status'],
    ['another one’s job', ask('Idle', 'ScannerAdfEmpty', { ...job('Completed', 9), id: '6' }), 'settle'],
    ['given up by the machine', ask('Idle', 'ScannerAdfEmpty', job('Aborted', 2)), 'no-answer'],
    ['a jam', ask('Idle', 'ScannerAdfJam', job('Completed', 2)), 'jam'],
    ['an open door', ask('Idle', 'ScannerAdfDoorOpen'), 'cover-open'],
  ])('%s', (_, question, expected) => {
    const end = checkJobEnd(question);
    expect(end.kind === 'fault' ? end.fault.code : end.kind === 'wait' ? end.patience : end.kind).toBe(expected);
  });

  it.each([
    ['nothing contradicts it', ask('Idle', 'ScannerAdfEmpty'), 'over'],
    ['the machine made more', ask('Idle', 'ScannerAdfEmpty', job('Completed', 5)), 'no-answer'],
    ['sheets are left and nobody counted', ask('Idle', 'ScannerAdfLoaded'), 'no-answer'],
    ['the job counts as done and the sensor is stuck', ask('Idle', 'ScannerAdfLoaded', job('Completed', 2)), 'over'],
    ['no page at all from the feeder', ask('Idle', 'ScannerAdfEmpty', undefined, { pages: 0 }), 'feeder-empty'],
    ['no page at all from the glass', ask('Idle', '', undefined, { pages: 0, fromFeeder: false }), 'no-answer'],
    ['the status can’t be read', { ...ask('Idle', ''), status: undefined }, 'no-answer'],
    ['the status can’t be read, and no page came', { ...ask('Idle', ''), pages: 0, status: undefined }, 'no-answer'],
  ])('after the patience: %s', (_, question, expected) => {
    const end = finalJobEnd(question);
    expect(end.kind === 'fault' ? end.fault.code : end.kind).toBe(expected);
  });
});

describe('what is asked of a machine', () => {
  it('follows the source: a feeder is longer and coarser than the glass', () => {
    const source = (most: number, height: number, extra = '') =>
      `<MaxWidth>2550</MaxWidth><MaxHeight>${height}</MaxHeight>${extra}<SettingProfiles><SettingProfile><ColorModes><ColorMode>Grayscale8</ColorMode></ColorModes><DocumentFormats><DocumentFormat>image/png</DocumentFormat></DocumentFormats><SupportedResolutions><DiscreteResolutions>${[
        100, 300, 600,
      ]
        .filter((dpi) => dpi <= most)
        .map(
          (dpi) =>
            `<DiscreteResolution><XResolution>${dpi}</XResolution><YResolution>${dpi}</YResolution></DiscreteResolution>`,
        )
        .join(
          '',
        )}<DiscreteResolution><XResolution>1200</XResolution><YResolution>600</YResolution></DiscreteResolution></DiscreteResolutions></SupportedResolutions></SettingProfile></SettingProfiles>`;
    const caps = parseCapabilities(
      `<ScannerCapabilities><MakeAndModel>M</MakeAndModel><Platen><PlatenInputCaps>${source(600, 3508)}</PlatenInputCaps></Platen><Adf><AdfSimplexInputCaps>${source(300, 4200, '<SupportedIntents><Intent>Document</Intent></SupportedIntents>')}</AdfSimplexInputCaps></Adf></ScannerCapabilities>`,
    )!;
    const quirks = quirksOf('M');
    expect(jobDpi({ ...a4, dpi: 600 }, caps, quirks)).toBe(600);
    expect(jobDpi({ ...a4, dpi: 600, source: 'feeder' }, caps, quirks)).toBe(300);
    const feeder = scanSettingsXml({ ...a4, heightMm: 350, source: 'feeder-duplex' }, caps, quirks);
    expect(feeder).toContain('<pwg:Height>4133</pwg:Height>');
    expect(feeder).toContain('<pwg:DocumentFormat>image/png</pwg:DocumentFormat>');
    expect(feeder).toContain('<scan:ColorMode>Grayscale8</scan:ColorMode>');
    expect(feeder).toContain('<scan:Intent>Document</scan:Intent>');
    expect(scanSettingsXml(a4, caps, quirks)).not.toContain('Intent');
  });

  it.each([
    ['Left', 0],
    ['Center', 34],
    ['Right', 69],
    [undefined, 0],
  ] as const)('from a feeder that holds the sheet at its %s: the sheet is not cut', (justification, offset) => {
    const maker = { name: 'M', ...(justification && { justification }) };
    const caps = parseCapabilities(capabilitiesXml(maker))!;
    for (const source of ['feeder', 'feeder-duplex'] as const) {
      const asked = scanSettingsXml({ ...a4, source }, caps, quirksOf('M'));
      expect(asked).toContain(`<pwg:XOffset>${offset}</pwg:XOffset>`);
      expect(asked).toContain('<pwg:Width>2480</pwg:Width>');
    }
    expect(scanSettingsXml(a4, caps, quirksOf('M'))).toContain('<pwg:XOffset>0</pwg:XOffset>');
    const wide = scanSettingsXml({ ...a4, source: 'feeder', widthMm: 300 }, caps, quirksOf('M'));
    expect(wide).toContain('<pwg:XOffset>0</pwg:XOffset>');
  });

  it.each([
    ['range', 310, 325],
    ['range-x', 310, 325],
    ['range', 20, 50],
    ['range', 9_000, 600],
    ['none', 310, 300],
    ['discrete', 310, 600],
  ] as const)('resolutions as %s: %d dpi becomes %d', (resolutions, wanted, expected) => {
    const caps = parseCapabilities(capabilitiesXml({ name: 'M', resolutions }))!;
    expect(jobDpi({ ...a4, dpi: wanted }, caps, quirksOf('M'))).toBe(expected);
  });

  it.each([
    ['http://host:80/eSCL/ScanJobs/1', '/eSCL/ScanJobs/1'],
    ['/eSCL/ScanJobs/2/', '/eSCL/ScanJobs/2'],
    ['ScanJobs/urn:uuid:4509a320', '/eSCL/ScanJobs/urn:uuid:4509a320'],
    ['http://[fe80::1%3]:80/eSCL/ScanJobs/3', '/eSCL/ScanJobs/3'],
    ['https:///eSCL/ScanJobs/4', '/eSCL/ScanJobs/4'],
    ['http://:8080/other/5', '/other/5'],
    ['', undefined],
    [undefined, undefined],
  ])('the job at %j is %j on the machine that we know', (location, expected) => {
    const http = () => Promise.reject(new Error('nothing is asked'));
    expect(openEsclConnection({ http, baseUrl: 'http://192.0.2.7/eSCL/' }).jobPath(location)).toBe(expected);
  });

  it('every quirk has its reason and where it was seen', () => {
    for (const { reason, source } of QUIRKS) {
      expect(reason.length).toBeGreaterThan(20);
      expect(source.length).toBeGreaterThan(10);
    }
    expect(quirksOf('Brother MFC-L2710DW series').settleMs).toBeGreaterThan(quirksOf('Nobody’s').settleMs);
  });
});
