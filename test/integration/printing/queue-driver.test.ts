/**
 * A queue with a maker's driver, through the filters of this system. The drivers are drawn here and differ only in what
 * they call black and white; the device is a file, where the raster for the printer arrives.
 */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingForCups, startCups, type TestCups } from '../../harness/printing/cups.ts';
import { ippPrinter } from '../../harness/printing/kiosk-side.ts';
import { has } from '../../harness/printing/process.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { until } from '../../harness/until.ts';

const missing = [...missingForCups(), ...['gs', 'pdftops'].filter((program) => !has(program))];
if (missing.length > 0) console.warn(`SKIPPED: a queue with a driver, without ${missing.join(', ')}`);

/** CUPS' raster, https://www.cups.org/doc/spec-raster.html: where the colour space stands, and its values. */
const COLOUR_SPACE_AT = 4 + 400;
const [WHITE, RGB] = [0, 1];

const page = (space: number): string =>
  `<</cupsColorSpace ${space}/cupsBitsPerColor 8/cupsColorOrder 0/HWResolution[75 75]>>setpagedevice`;

const option = (name: string, choices: Readonly<Record<string, string>>): string =>
  [
    `*OpenUI *${name}/${name}: PickOne`,
    `*OrderDependency: 10 AnySetup *${name}`,
    `*Default${name}: ${Object.keys(choices)[0] ?? ''}`,
    ...Object.entries(choices).map(([choice, code]) => `*${name} ${choice}/${choice}: "${code}"`),
    `*CloseUI: *${name}`,
  ].join('\n');

/** `colours`: the driver's option, its usual choice first. */
const driverFile = (colours: string): string =>
  [
    '*PPD-Adobe: "4.3"',
    '*FormatVersion: "4.3"',
    '*FileVersion: "1.0"',
    '*LanguageVersion: English',
    '*LanguageEncoding: ISOLatin1',
    '*PCFileName: "DESSIN.PPD"',
    '*Manufacturer: "Dessin"',
    '*Product: "(Dessin)"',
    '*ModelName: "Dessin"',
    '*ShortNickName: "Dessin"',
    '*NickName: "Dessin"',
    '*PSVersion: "(3010.000) 0"',
    '*LanguageLevel: "3"',
    '*ColorDevice: True',
    '*DefaultColorSpace: RGB',
    '*FileSystem: False',
    '*cupsVersion: 2.2',
    '*cupsFilter: "application/vnd.cups-raster 0 -"',
    option('PageSize', { A4: '<</PageSize[595 842]/ImagingBBox null>>setpagedevice' }),
    option('PageRegion', { A4: '<</PageSize[595 842]/ImagingBBox null>>setpagedevice' }),
    '*DefaultImageableArea: A4',
    '*ImageableArea A4/A4: "12 12 583 830"',
    '*DefaultPaperDimension: A4',
    '*PaperDimension A4/A4: "595 842"',
    option('Resolution', { '75dpi': '' }),
    colours,
    '',
  ].join('\n');

describe.skipIf(missing.length > 0)('a queue with a maker’s driver', () => {
  let cups: TestCups;
  let pdf: Uint8Array;
  beforeAll(async () => {
    cups = await startCups();
    pdf = await samplePdf(1);
  }, 60_000);
  afterAll(() => cups?.stop());

  const queueOf = async (name: string, colours: string) => {
    const device = join(cups.folder, `${name}.prn`);
    const driver = join(cups.folder, `${name}.ppd`);
    writeFileSync(driver, driverFile(colours));
    writeFileSync(device, '');
    chmodSync(device, 0o666);
    await cups.addQueue(name, `file://${device}`, driver);
    const printer = ippPrinter(`${cups.uri}/printers/${name}`, { times: 5 });
    const described = await printer.describe();
    const printed = async (colour: boolean): Promise<number> => {
      const job = await printer.submit({ pdf, pages: 1, copies: 1, twoSided: false, colour });
      if (!job.ok) throw new Error(job.error.code);
      const signal = AbortSignal.timeout(60_000);
      for await (const { end } of printer.watch(job.value, signal)) if (end) expect(end.kind).toBe('unconfirmed');
      await until(`a page in ${device}: ${cups.log().slice(-3000)}`, () => readFileSync(device).length > 2000);
      return readFileSync(device).readUInt32LE(COLOUR_SPACE_AT);
    };
    return { offered: described.ok && described.value.colour, printed };
  };

  it.each([
    ['an Epson that CUPS does not tell of the choice', option('Ink', { COLOR: page(RGB), MONO: page(WHITE) })],
    ['a driver that is usually grey', option('ColorMode', { Monochrome: page(WHITE), Color: page(RGB) })],
    ['a driver that CUPS knows', option('ColorModel', { RGB: page(RGB), Gray: page(WHITE) })],
    ['a switch that turns colour off', option('HPColorAsGray', { False: page(RGB), True: page(WHITE) })],
  ])('prints in black and white or in colour as the person chose: %s', async (name, colours) => {
    const { offered, printed } = await queueOf(`pilote${name.length}`, colours);
    expect(offered).toBe(true);
    expect(await printed(false)).toBe(WHITE);
    expect(await printed(true)).toBe(RGB);
    expect(await printed(false)).toBe(WHITE);
  });

  it('offers no choice that the driver would not follow, and prints', async () => {
    const { offered, printed } = await queueOf('sans-choix', option('EnergieCouleur', { Vive: page(RGB) }));
    expect(offered).toBe(false);
    expect(await printed(false)).toBe(RGB);
  });
});
