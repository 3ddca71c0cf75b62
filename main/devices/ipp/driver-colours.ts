/**
 * What the driver of a CUPS queue calls colour and black and white. CUPS declares `print-color-mode` for every colour
 * queue, but passes it on to few drivers (`ColorModel`, some of HP's): any other prints as its default says. So the
 * driver's own option is requested too. Pure.
 *
 * The names come from 2,585 public PPDs (escpr, foo2zjs, foomatic, openprinting, hplip, gutenprint, splix, brlaser),
 * and those of Canon, Xerox, Oki and Konica Minolta from the list that Chromium has for the same purpose.
 */

/** An option of the driver and its choice, requested as a job attribute of that name. */
export type DriverOption = readonly [name: string, choice: string];

export interface DriverColours {
  /** undefined: no option that is known to make grey. */
  readonly grey: DriverOption | undefined;
  readonly colour: DriverOption | undefined;
}

/** Options whose choices name what is printed. The first one that has a grey is used. */
const MODES = [
  'ColorModel',
  'ColorMode',
  'Ink', // Epson
  'BRMonoColor', // Brother
  'CNColorMode', // Canon
  'HPColorMode',
  'HPColorOptions',
  'HPColorOutput',
  'PageOutputColor',
  'SelectColor', // Konica Minolta
  'ARCMode', // Sharp
  'XROutputColor', // Xerox
  'XRXColor',
  'OKControl', // Oki
  'ProcessColorModel',
  'PrintoutMode', // foomatic
  'OutputMode', // hpcups
] as const;
/** Options that turn colour off. */
const GREY_SWITCHES = ['HPColorAsGray', 'HPPJLColorAsGray', 'CNIJGrayScale', 'BLW', 'Monochrome'] as const;

/** All names that may be requested. */
export const DRIVER_OPTIONS: readonly string[] = [...MODES, ...GREY_SWITCHES];

/** In lower case; the first that the option has is taken. `kgray` prints with black alone, `cmygray` without it. */
const GREYS = [
  'kgray',
  'gray',
  'grayscale',
  'greyscale',
  'blackonly',
  'mono',
  'monochrome',
  'black',
  'bw',
  'cmbw',
  'printasgrayscale',
  'grayscaleprint',
  'falsem', // Lexmark’s `ColorMode`
  'normal.gray',
  'normalgray',
  'normagrayl', // so written in one of HP’s
  'draftgray',
  'devicegray',
  'fastgray',
  'cmygray',
];
const COLOURS = [
  'color',
  'rgb',
  'cmyk',
  'kcmy',
  'fullcolor',
  'cmcolor',
  'printascolor',
  'colorprint',
  'truem',
  'normal',
];
/** `PrinterS` leaves it to the printer. */
const NO_COLOUR = /gr[ae]y|mono|black|bw|sepia|^printer/i;
const ON = ['blackinkonly', 'true', 'truem', 'yes', 'on', '1'];
const OFF = ['none', 'false', 'falsem', 'no', 'off', '0'];

const CHOICE = String.raw`[\w.+-]{1,40}`;

interface Choices {
  /** As the driver writes them. */
  readonly names: readonly string[];
  readonly usual: string | undefined;
}

/** undefined: the driver has no such option. */
const choicesOf = (ppd: string, option: string): Choices | undefined => {
  if (!new RegExp(String.raw`^\*(?:JCL)?OpenUI \*${option}[/:]`, 'm').test(ppd)) return undefined;
  const found = ppd.matchAll(new RegExp(String.raw`^\*${option} (${CHOICE})(?:/[^:\n]*)?:`, 'gm'));
  const usual = new RegExp(String.raw`^\*Default${option}: *(${CHOICE})\s*$`, 'm').exec(ppd)?.[1];
  return { names: [...found].flatMap(([, name]) => name ?? []), usual };
};

const firstOf = (wanted: readonly string[], { names }: Choices): string | undefined =>
  wanted.flatMap((each) => names.find((name) => name.toLowerCase() === each) ?? [])[0];

/** The usual choice when it is not grey (it may be one of several qualities), else a known one, else any other. */
const colourOf = (choices: Choices): string | undefined => {
  const { names, usual } = choices;
  const inColour = (name: string): boolean => !NO_COLOUR.test(name) && !GREYS.includes(name.toLowerCase());
  return usual !== undefined && inColour(usual) ? usual : (firstOf(COLOURS, choices) ?? names.find(inColour));
};

/** `ppd`: the driver's file, as CUPS serves it. */
export const coloursOfDriver = (ppd: string): DriverColours => {
  const kinds = [
    ...MODES.map((option) => ({ option, greys: GREYS, colourOf })),
    ...GREY_SWITCHES.map((option) => ({ option, greys: ON, colourOf: (each: Choices) => firstOf(OFF, each) })),
  ];
  for (const kind of kinds) {
    const choices = choicesOf(ppd, kind.option);
    if (choices === undefined) continue;
    const grey = firstOf(kind.greys, choices);
    if (grey === undefined) continue;
    const colour = kind.colourOf(choices);
    return { grey: [kind.option, grey], colour: colour === undefined ? undefined : [kind.option, colour] };
  }
  return { grey: undefined, colour: undefined };
};
