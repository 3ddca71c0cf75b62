/** The pure parsers of the scanner adapters, with output of real machines and drivers. */
import { describe, expect, it } from 'vitest';
import { parseCapabilities } from '../../../main/devices/escl/capabilities.ts';
import { esclAddress } from '../../../main/devices/escl/find-escl-scanners.ts';
import { quirksOf } from '../../../main/devices/escl/quirks.ts';
import { scanSettingsXml } from '../../../main/devices/escl/scan-settings.ts';
import { faultOfStatus, parseStatus } from '../../../main/devices/escl/status.ts';
import { faultFromMessages } from '../../../main/devices/sane/faults.ts';
import { parsePnmHeader, pnmToImage } from '../../../main/devices/sane/pnm.ts';
import { nearestDpi } from '../../../main/devices/scanner.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const a4 = { source: 'flatbed', colour: 'colour', dpi: 300, widthMm: 210, heightMm: 297, maxPages: 50 } as const;

describe('the sentences of SANE', () => {
  it('the last sentence tells the fault', () => {
    expect(faultFromMessages('scanimage: rounded value\nscanimage: sane_start: Document feeder jammed')?.code).toBe(
      'jam',
    );
    expect(faultFromMessages('scanimage: all is well')).toBeUndefined();
  });
});

describe('a picture on the way', () => {
  it.each([
    ['P6\n3 2\n255\n', { kind: 'P6', width: 3, height: 2, dataBytes: 18 }],
    ['P5 # a note\n10 10\n65535\n', { kind: 'P5', dataBytes: 200 }],
    ['P4\n9 2\n', { kind: 'P4', dataBytes: 4 }],
  ])('%j', (text, header) => {
    expect(parsePnmHeader(bytes(`${text}xxxx`))).toMatchObject(header);
  });

  it('waits for the rest of a partial header, and refuses an invalid one', () => {
    const whole = 'P6\n# note\n120 90\n255\n';
    for (let cut = 0; cut < whole.length; cut += 1) expect(parsePnmHeader(bytes(whole.slice(0, cut)))).toBeUndefined();
    expect(parsePnmHeader(bytes('<html>'))).toBeNull();
    expect(parsePnmHeader(bytes('P6\n-1 5\n255\n'))).toBeNull();
    expect(parsePnmHeader(bytes('P6\n0 5\n255\n'))).toBeNull();
  });

  it('bits and 16-bit samples become 8 bits', () => {
    const bits = parsePnmHeader(bytes('P4\n9 1\nx'))!;
    expect([...pnmToImage(bits, Uint8Array.of(0b10000000, 0b10000000)).bytes]).toEqual([
      0, 255, 255, 255, 255, 255, 255, 255, 0,
    ]);
    const deep = parsePnmHeader(bytes('P5\n2 1\n65535\nx'))!;
    expect([...pnmToImage(deep, Uint8Array.of(0xff, 0x00, 0x12, 0x34)).bytes]).toEqual([0xff, 0x12]);
  });
});

describe('eSCL', () => {
  it('a machine that gives its resolutions as a range, and profiles once for all', () => {
    const caps = parseCapabilities(
      '<s:ScannerCapabilities xmlns:s="a" xmlns:p="b"><p:Version>2.6</p:Version><p:MakeAndModel>M</p:MakeAndModel><s:SettingProfiles><s:SettingProfile><s:ColorModes><s:ColorMode>RGB24</s:ColorMode></s:ColorModes><s:SupportedResolutions><s:ResolutionRange><s:XResolutionRange><s:Min>100</s:Min><s:Max>600</s:Max></s:XResolutionRange></s:ResolutionRange></s:SupportedResolutions></s:SettingProfile></s:SettingProfiles><s:Adf><s:AdfSimplexInputCaps><s:MaxWidth>2550</s:MaxWidth><s:MaxHeight>4200</s:MaxHeight></s:AdfSimplexInputCaps></s:Adf></s:ScannerCapabilities>',
    );
    expect(caps?.description).toMatchObject({ sources: ['feeder'], dpi: { min: 100, max: 600 }, colours: ['colour'] });
    expect(Math.round(caps!.description.widthMm)).toBe(216);
    expect(scanSettingsXml(a4, caps!, quirksOf(''))).toContain('<scan:ColorMode>RGB24</scan:ColorMode>');
  });

  it.each([
    '',
    'hello',
    '<html><body>404</body></html>',
    '<a><b></a>',
    '<!DOCTYPE x [<!ENTITY e "boo">]><ScannerCapabilities>&e;</ScannerCapabilities>',
  ])('refuses %j', (text) => {
    expect(parseCapabilities(text)).toBeUndefined();
  });

  it('an empty feeder is a fault only when scanning from the feeder', () => {
    const status = parseStatus(
      '<ScannerStatus><State>Idle</State><AdfState>ScannerAdfEmpty</AdfState></ScannerStatus>',
    )!;
    expect(faultOfStatus(status, true)).toBe('feeder-empty');
    expect(faultOfStatus(status, false)).toBeUndefined();
  });

  it('builds the address of an announced scanner', () => {
    expect(
      esclAddress({ host: 'p.local.', port: 443, addresses: ['fe80::1', '192.0.2.7'], txt: { rs: '/eSCL/' } }, true),
    ).toBe('https://192.0.2.7:443/eSCL');
    expect(esclAddress({ host: 'p.local.', port: 80, addresses: [], txt: {} }, false)).toBe('http://p.local:80/eSCL');
  });
});

it('the nearest resolution is never under what was asked, where there is one', () => {
  expect(nearestDpi(300, { min: 75, max: 600, only: [75, 150, 600] })).toBe(600);
  expect(nearestDpi(900, { min: 75, max: 600, only: [75, 150, 600] })).toBe(600);
  expect(nearestDpi(900, { min: 75, max: 600 })).toBe(600);
});
