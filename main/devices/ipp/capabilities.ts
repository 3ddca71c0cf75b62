/**
 * Parses what a printer declares (Get-Printer-Attributes), once for the whole adapter, and derives the job attributes
 * that we request.
 */
import { printerFault, type PrinterFault, type PrintOrder } from '../printer.ts';
import type { DriverColours } from './driver-colours.ts';
import { chooseMedia, type MediaChoice } from './media.ts';
import { firstBoolean, firstString, ranges, strings, type IppAttributes, type IppGroup } from './message.ts';
import type { RasterColour, SheetBack } from './pwg-raster.ts';
import { urfAbilities } from './urf-raster.ts';

export interface RasterFormat {
  readonly kind: 'pwg' | 'urf';
  readonly mime: 'image/pwg-raster' | 'image/urf';
  readonly dpi: number;
  readonly greys: boolean;
  readonly rgb: boolean;
  /** undefined: this format only supports one side. */
  readonly back: SheetBack | undefined;
}

export type DocumentFormat =
  | { readonly kind: 'pdf'; readonly mime: 'application/pdf' }
  | RasterFormat
  | { readonly kind: 'jpeg'; readonly mime: 'image/jpeg' };

export interface Capabilities {
  readonly model: string;
  /** undefined: no format that we can produce. */
  readonly format: DocumentFormat | undefined;
  /** It gets PDF, and also reads another format that we can produce. */
  readonly canAvoidPdf: boolean;
  readonly media: MediaChoice;
  readonly sides: ReadonlySet<string>;
  readonly inColour: boolean;
  /** `output-mode` is the older name, which some printers know instead. */
  readonly colourAttribute: 'print-color-mode' | 'output-mode';
  readonly colourModes: ReadonlySet<string>;
  /** Of a queue with a driver: CUPS declares `colourModes`, and may pass on none of them. */
  readonly driver: DriverColours | undefined;
  readonly scalings: ReadonlySet<string>;
  readonly maxCopies: number;
  readonly operations: ReadonlySet<string>;
  readonly manyDocuments: boolean;
  /** A CUPS queue: it counts the pages that its filters passed on, not the printed ones. */
  readonly isQueue: boolean;
  /** The device behind that queue. */
  readonly deviceUri: string | undefined;
}

/** Attributes that only a CUPS queue has. */
export const QUEUE_ATTRIBUTES: readonly string[] = ['cups-version', 'printer-type', 'device-uri'];

/** The attributes that we request: the complete set of some printers is hundreds of kilobytes. */
export const CAPABILITY_ATTRIBUTES: readonly string[] = [
  'printer-make-and-model',
  'document-format-supported',
  'pwg-raster-document-resolution-supported',
  'pwg-raster-document-type-supported',
  'pwg-raster-document-sheet-back',
  'media-supported',
  'media-ready',
  'sides-supported',
  'color-supported',
  'print-color-mode-supported',
  'output-mode-supported',
  'print-scaling-supported',
  'copies-supported',
  'multiple-document-handling-supported',
  'operations-supported',
  'multiple-document-jobs-supported',
  'urf-supported',
  ...QUEUE_ATTRIBUTES,
];

const WANTED_DPI = 300;

/** The operations that RFC 8011 requires of every printer, assumed when the printer sends no list. */
const REQUIRED_OPERATIONS = ['Print-Job', 'Validate-Job', 'Cancel-Job', 'Get-Job-Attributes', 'Get-Jobs'];

const resolutionsOf = (group: IppGroup): readonly number[] =>
  (group['pwg-raster-document-resolution-supported'] ?? []).flatMap((value) => {
    if (!Array.isArray(value) || value[2] !== 'dpi' || typeof value[0] !== 'number') return [];
    return value[0] === value[1] ? [value[0]] : [];
  });

/** The resolution closest to 300 dpi: enough for the eye, and never so fine that a page takes 100 MB. */
const pickDpi = (declared: readonly number[]): number =>
  [...declared].sort((a, b) => Math.abs(a - WANTED_DPI) - Math.abs(b - WANTED_DPI))[0] ?? WANTED_DPI;

const pwgOf = (group: IppGroup): RasterFormat | undefined => {
  const types = new Set(strings(group, 'pwg-raster-document-type-supported'));
  const greys = types.has('sgray_8') || types.size === 0;
  const rgb = types.has('srgb_8');
  if (!greys && !rgb) return undefined;
  const back = firstString(group, 'pwg-raster-document-sheet-back');
  return {
    kind: 'pwg',
    mime: 'image/pwg-raster',
    dpi: pickDpi(resolutionsOf(group)),
    greys,
    rgb,
    back: back === 'flipped' || back === 'rotated' || back === 'manual-tumble' ? back : 'normal',
  };
};

const urfOf = (group: IppGroup): RasterFormat | undefined => {
  const { dpis, greys, rgb, back } = urfAbilities(strings(group, 'urf-supported'));
  return greys || rgb ? { kind: 'urf', mime: 'image/urf', dpi: pickDpi(dpis), greys, rgb, back } : undefined;
};

/** `refusesPdf`: it declares PDF and can't read it. */
const formatOf = (group: IppGroup, refusesPdf: boolean): Pick<Capabilities, 'format' | 'canAvoidPdf'> => {
  const formats = new Set(strings(group, 'document-format-supported').map((format) => format.toLowerCase()));
  const drawn =
    (formats.has('image/pwg-raster') ? pwgOf(group) : undefined) ??
    (formats.has('image/urf') ? urfOf(group) : undefined) ??
    (formats.has('image/jpeg') ? ({ kind: 'jpeg', mime: 'image/jpeg' } as const) : undefined);
  if (refusesPdf || !formats.has('application/pdf')) return { format: drawn, canAvoidPdf: false };
  return { format: { kind: 'pdf', mime: 'application/pdf' }, canAvoidPdf: drawn !== undefined };
};

/** One copy after another. Otherwise three pages come out as 1, 1, 2, 2, 3, 3. */
const COLLATED = 'separate-documents-collated-copies';

/** `copies-supported` is that of the format with most. A raster stream is printed once (michaelrsweet/pappl#117). */
const maxCopiesOf = (group: IppGroup, format: DocumentFormat | undefined): number => {
  const collates = strings(group, 'multiple-document-handling-supported').includes(COLLATED);
  if (format?.kind !== 'pdf' || !collates) return 1;
  return ranges(group, 'copies-supported').reduce((most, [, to]) => Math.max(most, to), 1);
};

export const capabilitiesOf = (group: IppGroup, refusesPdf = false): Capabilities => {
  const operations = strings(group, 'operations-supported');
  const isQueue = 'cups-version' in group || 'printer-type' in group;
  const { format, canAvoidPdf } = formatOf(group, refusesPdf);
  const modes = strings(group, 'print-color-mode-supported');
  const colourModes = new Set(modes.length > 0 ? modes : strings(group, 'output-mode-supported'));
  return {
    model: firstString(group, 'printer-make-and-model') ?? '',
    format,
    canAvoidPdf,
    // CUPS derives `media-ready` of a queue from its PPD: four sizes, whatever is in the tray. Ignore it.
    media: chooseMedia(isQueue ? [] : strings(group, 'media-ready'), strings(group, 'media-supported')),
    sides: new Set(strings(group, 'sides-supported')),
    inColour: colourModes.has('color') || (colourModes.size === 0 && firstBoolean(group, 'color-supported') === true),
    colourAttribute: modes.length > 0 ? 'print-color-mode' : 'output-mode',
    colourModes,
    driver: undefined,
    scalings: new Set(strings(group, 'print-scaling-supported')),
    maxCopies: maxCopiesOf(group, format),
    operations: new Set(operations.length > 0 ? operations : REQUIRED_OPERATIONS),
    manyDocuments: firstBoolean(group, 'multiple-document-jobs-supported') === true,
    isQueue,
    deviceUri: isQueue ? firstString(group, 'device-uri') : undefined,
  };
};

export const isRaster = (format: DocumentFormat | undefined): format is RasterFormat =>
  format?.kind === 'pwg' || format?.kind === 'urf';

const GREY_MODES = ['monochrome', 'process-monochrome', 'auto-monochrome'];

/** It prints in colour, and in black and white when the person prefers it: otherwise there is no choice to offer. */
export const hasColour = ({ inColour, colourModes, format, driver }: Capabilities): boolean => {
  if (driver !== undefined && !isRaster(format)) return driver.grey !== undefined && driver.colour !== undefined;
  const makesGrey = GREY_MODES.some((mode) => colourModes.has(mode));
  return inColour && (isRaster(format) ? format.rgb && (format.greys || makesGrey) : makesGrey);
};

/** One JPEG is one side, so duplex is impossible in that format. */
export const hasTwoSides = ({ sides, format }: Capabilities): boolean =>
  sides.has('two-sided-long-edge') && format?.kind !== 'jpeg' && (!isRaster(format) || format.back !== undefined);

/** Why this printer can print no document at all; undefined when it can. */
export const cannotPrintFault = ({ format, media }: Capabilities): PrinterFault | undefined => {
  if (format === undefined) return printerFault('printer.cannot', 'no-format-we-make');
  return media.kind === 'too-small' ? printerFault('printer.no-page-paper') : undefined;
};

/** Job attributes for this order, limited to what the printer declares; the rest is left out. */
export const jobAttributesFor = (order: PrintOrder, capabilities: Capabilities): IppAttributes => {
  const { media, sides, colourAttribute, colourModes, driver, scalings } = capabilities;
  const side = order.twoSided && hasTwoSides(capabilities) ? 'two-sided-long-edge' : 'one-sided';
  // Where its driver is not known to make grey, the person had no choice, and gets what the driver usually does.
  const hasChoice = driver === undefined || driver.grey !== undefined;
  const modes = hasChoice ? (order.colour ? ['color', 'auto'] : GREY_MODES) : [];
  const colour = modes.find((mode) => colourModes.has(mode));
  const driverOption = order.colour ? driver?.colour : driver?.grey;
  // Our pages are A4 already: scale them down only if the printer can't print to the edge.
  const scaling = ['auto', 'auto-fit', 'fit'].find((name) => scalings.has(name));
  return {
    ...(order.copies > 1 ? { copies: order.copies, 'multiple-document-handling': COLLATED } : {}),
    ...(media.kind === 'ask' && media.name !== undefined ? { media: media.name } : {}),
    ...(sides.has(side) ? { sides: side } : {}),
    ...(colour === undefined ? {} : { [colourAttribute]: colour }),
    ...(driverOption === undefined ? {} : { [driverOption[0]]: driverOption[1] }),
    ...(scaling === undefined ? {} : { 'print-scaling': scaling }),
  };
};

export const rasterColour = (format: RasterFormat, wantsColour: boolean): RasterColour =>
  (wantsColour && format.rgb) || !format.greys ? 'srgb_8' : 'sgray_8';
