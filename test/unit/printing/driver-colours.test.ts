import { describe, expect, it } from 'vitest';
import { coloursOfDriver, DRIVER_OPTIONS, type DriverOption } from '../../../main/devices/ipp/driver-colours.ts';
import { encode } from '../../../main/devices/ipp/codec.ts';

/** The file of a driver with these options; the first choice of each is the usual one. */
const driver = (options: Readonly<Record<string, readonly string[]>>, opens = '*OpenUI'): string =>
  [
    '*PPD-Adobe: "4.3"',
    '*ColorDevice: True',
    ...Object.entries(options).flatMap(([name, choices]) => [
      `${opens} *${name}/Ce que lit une personne: PickOne`,
      `*Default${name}: ${choices[0] ?? ''}`,
      ...choices.map((choice) => `*${name} ${choice}/Choix (${choice}): "<</Sans rapport /Gray>>setpagedevice"`),
      `*fr.${name} ${choices[0] ?? ''}/Autre langue: ""`,
      `*CloseUI: *${name}`,
    ]),
  ].join('\n');

const grey = (option: string, choice: string): { grey: DriverOption } => ({ grey: [option, choice] });

describe('colour and black and white, as drivers call them', () => {
  it.each<[maker: string, options: Record<string, string[]>, grey: DriverOption, colour: DriverOption]>([
    ['Gutenprint', { ColorModel: ['RGB', 'CMYK', 'Gray', 'Black'] }, ['ColorModel', 'Gray'], ['ColorModel', 'RGB']],
    ['HP, with two greys', { ColorModel: ['RGB', 'CMYGray', 'KGray'] }, ['ColorModel', 'KGray'], ['ColorModel', 'RGB']],
    ['Samsung, usually grey', { ColorModel: ['Gray', 'CMYK'] }, ['ColorModel', 'Gray'], ['ColorModel', 'CMYK']],
    ['Epson', { Quality: ['NORMAL', 'DRAFT'], Ink: ['COLOR', 'MONO'] }, ['Ink', 'MONO'], ['Ink', 'COLOR']],
    ['foo2zjs', { ColorMode: ['Monochrome', 'ICM'] }, ['ColorMode', 'Monochrome'], ['ColorMode', 'ICM']],
    ['Lexmark', { ColorMode: ['PrinterS', 'TrueM', 'FalseM'] }, ['ColorMode', 'FalseM'], ['ColorMode', 'TrueM']],
    [
      'foomatic, kept at its usual quality',
      { PrintoutMode: ['High', 'Normal', 'Normal.Gray', 'High.Gray'] },
      ['PrintoutMode', 'Normal.Gray'],
      ['PrintoutMode', 'High'],
    ],
    [
      'an HP that turns colour off',
      { HPColorAsGray: ['None', 'HighQuality', 'BlackInkOnly'] },
      ['HPColorAsGray', 'BlackInkOnly'],
      ['HPColorAsGray', 'None'],
    ],
    ['Canon', { CNIJGrayScale: ['0', '1'] }, ['CNIJGrayScale', '1'], ['CNIJGrayScale', '0']],
    [
      'two of them: the one that CUPS knows too',
      { PrintoutMode: ['Normal', 'Normal.Gray'], ColorModel: ['Color', 'Grayscale'] },
      ['ColorModel', 'Grayscale'],
      ['ColorModel', 'Color'],
    ],
  ])('%s', (_maker, options, asGrey, asColour) => {
    expect(coloursOfDriver(driver(options))).toEqual({ grey: asGrey, colour: asColour });
    expect(coloursOfDriver(driver(options, '*JCLOpenUI').replaceAll('\n', '\r\n'))).toMatchObject(grey(...asGrey));
  });

  it('knows no grey of a driver that has none, or that names it in a way of its own', () => {
    const none = { grey: undefined, colour: undefined };
    expect(coloursOfDriver(driver({ Resolution: ['600dpi'] }))).toEqual(none);
    expect(coloursOfDriver(driver({ ColorModel: ['RGB', 'CMYK'] }))).toEqual(none);
    expect(coloursOfDriver(driver({ EnergieCouleur: ['Gray', 'Color'] }))).toEqual(none);
    expect(coloursOfDriver('*ColorModel Gray/Gris: ""\n*DefaultColorModel: Gray')).toEqual(none);
    expect(coloursOfDriver('')).toEqual(none);
  });

  it('takes no choice that could be anything else than a word', () => {
    const odd = driver({ Ink: ['COLOR', 'MONO'] }).replaceAll('MONO', 'MONO job-hold-until=indefinite');
    expect(coloursOfDriver(odd).grey).toBeUndefined();
    expect(coloursOfDriver(driver({ Ink: ['COLOR', 'x'.repeat(41), 'mono"'] })).grey).toBeUndefined();
  });

  it('can request each of these options', () => {
    const request = { version: '2.0', operation: 'Validate-Job', id: 1, attributes: {} } as const;
    for (const name of DRIVER_OPTIONS)
      expect(encode({ ...request, jobAttributes: { [name]: 'Choix' } }).toString('latin1')).toContain(name);
  });
});
